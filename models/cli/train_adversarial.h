#pragma once

namespace CLI {
class App;
}

namespace poselift {

/// `train adversarial`.
void addTrainAdversarialCommand(CLI::App &trainCommand, int &exitCode);

} // namespace poselift
