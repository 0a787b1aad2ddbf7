#pragma once

namespace CLI {
class App;
}

namespace poselift {

/// `train baseline`.
void addTrainBaselineCommand(CLI::App &trainCommand, int &exitCode);

} // namespace poselift
