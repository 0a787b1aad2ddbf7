#pragma once

namespace CLI {
class App;
}

namespace poselift {

/// Every subcommand is one file, models/cli/cmd_<name>.cpp, that defines its add… function. The
/// function adds options to @p app and a callback that stores the exit code (exitcodes.h) in
/// @p exitCode. Add the declaration here and the call in main.cpp.
void addBenchCommand(CLI::App &app, int &exitCode);
void addConvertCommand(CLI::App &app, int &exitCode);
void addDetectCommand(CLI::App &app, int &exitCode); ///< builds with video only
void addDoctorCommand(CLI::App &app, int &exitCode);
void addFinetuneCommand(CLI::App &app, int &exitCode);
void addInfoCommand(CLI::App &app, int &exitCode);
void addLiftCommand(CLI::App &app, int &exitCode);
void addRunCommand(CLI::App &app, int &exitCode);
void addPackCommand(CLI::App &app, int &exitCode);  ///< builds with video only
void addServeCommand(CLI::App &app, int &exitCode);
void addModelsCommand(CLI::App &app, int &exitCode);
/// With video only.
void addSynthCommand(CLI::App &app, int &exitCode);
void addEvaluateCommand(CLI::App &app, int &exitCode);
void addTrainCommand(CLI::App &app, int &exitCode);

} // namespace poselift
