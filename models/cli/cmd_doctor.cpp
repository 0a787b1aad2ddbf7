#include "models/cli/commands.h"
#include "models/cli/exitcodes.h"

#include <CLI/CLI.hpp>

#include <iostream>

namespace poselift {

void addDoctorCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("doctor", "Say what this machine and build can do");
    command->callback([&exitCode] {
        std::cout << "poselift " POSELIFT_VERSION "\n";
        exitCode = kExitOk;
    });
}

} // namespace poselift
