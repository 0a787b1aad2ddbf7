#include "models/cli/commands.h"
#include "models/cli/configfile.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

int main(int argc, char **argv)
{
    CLI::App app("Poselift: 3D human pose from video, headless");
    app.set_version_flag("--version", "poselift " POSELIFT_VERSION);
    app.require_subcommand(1);
    app.footer(poselift::exitCodeHelp());
    int exitCode = poselift::kExitOk;

    poselift::addBenchCommand(app, exitCode);
    poselift::addConvertCommand(app, exitCode);
#ifdef POSELIFT_WITH_VIDEO
    poselift::addDetectCommand(app, exitCode);
#endif
    poselift::addDoctorCommand(app, exitCode);
    poselift::addInfoCommand(app, exitCode);
#ifdef POSELIFT_WITH_VIDEO
    poselift::addLiftCommand(app, exitCode);
    poselift::addPackCommand(app, exitCode);
    poselift::addRunCommand(app, exitCode);
    poselift::addServeCommand(app, exitCode);
#endif
    poselift::addModelsCommand(app, exitCode);
#ifdef POSELIFT_WITH_VIDEO
    poselift::addSynthCommand(app, exitCode);
#endif
    poselift::addEvaluateCommand(app, exitCode);
    poselift::addTrainCommand(app, exitCode);

    const auto arguments = poselift::withConfigFile(app, {argv, argv + argc});
    if (!arguments)
        return poselift::reportFailure(arguments.error());
    std::vector<const char *> words;
    for (const std::string &argument : *arguments)
        words.push_back(argument.c_str());
    try {
        app.parse(static_cast<int>(words.size()), words.data());
    } catch (const CLI::ParseError &error) {
        return app.exit(error) == 0 ? poselift::kExitOk : poselift::kExitUsage;
    }
    return exitCode;
}
