#pragma once

namespace CLI {
class App;
}

namespace poselift {

/// `evaluate errors`: measures a detector's errors for the noise models of resources/noise/.
void addEvaluateErrorsCommand(CLI::App &evaluateCommand, int &exitCode);

} // namespace poselift
