#include "models/cli/commands.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/synth/synthesize.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>
#include <string>

namespace poselift {

namespace {

struct SynthArguments
{
    SynthOptions options;
    std::string video;
    bool json = false;
    bool quiet = false;
};

int runSynth(SynthArguments arguments)
{
    arguments.options.video = arguments.video;
    const StopOnSignals signals;
    ConsoleProgress progress(arguments.quiet);
    const Result<SynthResult> result = synthesize(arguments.options, {signals.token(), progress.callback()});
    progress.finish();
    if (!result)
        return reportFailure(result.error(), arguments.json);
    if (arguments.json) {
        std::cout << nlohmann::json{{"video", result->video.string()},
                                    {"project", result->project.string()},
                                    {"frames", result->frames}}
                         .dump()
                  << '\n';
    } else if (!arguments.quiet) {
        std::cout << result->video.string() << '\n' << result->project.string() << '\n';
    }
    return kExitOk;
}

} // namespace

void addSynthCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("synth", "Make a clip of walking figures with exact 2D and 3D truth");
    const auto arguments = std::make_shared<SynthArguments>();
    command->add_option("-o,--output", arguments->video, "Video to write (.mp4); NAME.poselift is written beside it")->required();
    command->add_option("--seconds", arguments->options.seconds, "Length")->capture_default_str();
    command->add_option("--fps", arguments->options.framesPerSecond, "Frame rate")->capture_default_str();
    command->add_option("--people", arguments->options.people, "1 or 2; the second is there for the middle part")->capture_default_str();
    command->add_option("--width", arguments->options.width, "Pixels")->capture_default_str();
    command->add_option("--height", arguments->options.height, "Pixels")->capture_default_str();
    command->add_option("--seed", arguments->options.seed, "The same seed gives the same clip")->capture_default_str();
    command->add_option("--look", arguments->options.look, "Seed of other clothes and another room; 0: the usual ones")->capture_default_str();
    command->add_option("--quality", arguments->options.quality, "Constant rate factor of x264: smaller is better")->capture_default_str();
    command->add_flag("--json", arguments->json, "Print one JSON object");
    command->add_flag("--quiet", arguments->quiet, "Print nothing but errors");
    command->callback([arguments, &exitCode] { exitCode = runSynth(*arguments); });
}

} // namespace poselift
