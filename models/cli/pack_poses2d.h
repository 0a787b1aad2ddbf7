#pragma once

namespace CLI {
class App;
}

namespace poselift {

/// `pack poses2d`.
void addPackPoses2DCommand(CLI::App &packCommand, int &exitCode);

} // namespace poselift
