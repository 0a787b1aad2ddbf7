#pragma once

namespace CLI {
class App;
}

namespace poselift {

/// `evaluate detector`: builds with video only.
void addEvaluateDetectorCommand(CLI::App &evaluate, int &exitCode);

} // namespace poselift
