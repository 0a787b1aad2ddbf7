#include "models/cli/commands.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/cli/finetunemodel.h"

#include <CLI/CLI.hpp>

#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>

namespace poselift {

namespace {

using nlohmann::json;
using Ranges = std::vector<std::pair<std::int64_t, std::int64_t>>;

struct FinetuneArguments
{
    json options = json::object();
    std::string frames = "corrected";
    bool trial = false;
    bool resume = false;
    bool isJson = false;
    bool quiet = false;
    bool fast = false;
};

Error badFrames(const std::string &found)
{
    return Error(ErrorCode::BadArgument,
                 {{"name", "--frames"},
                  {"expected", "corrected, BEGIN:END,… with BEGIN < END, or a file with one frame a line"},
                  {"found", "'" + found + "'"}});
}

std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

/// "100:160,300:420".
std::optional<Ranges> rangesOf(const std::string &text)
{
    Ranges ranges;
    std::stringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) {
        const std::size_t colon = part.find(':');
        if (colon == std::string::npos)
            return std::nullopt;
        const auto begin = wholeNumber(std::string_view(part).substr(0, colon));
        const auto end = wholeNumber(std::string_view(part).substr(colon + 1));
        if (!begin || !end || *begin >= *end)
            return std::nullopt;
        ranges.emplace_back(*begin, *end);
    }
    return ranges;
}

/// A file with the number of a frame on each line.
Result<Ranges> rangesInFile(const std::string &path)
{
    std::ifstream file(path);
    if (!file)
        return badFrames(path);
    Ranges ranges;
    for (std::string line; std::getline(file, line);) {
        if (line.empty())
            continue;
        const auto frame = wholeNumber(line);
        if (!frame)
            return badFrames(line);
        ranges.emplace_back(*frame, *frame + 1);
    }
    return ranges;
}

Result<Ranges> framesOf(const std::string &text)
{
    if (text == "corrected" || text.empty())
        return Ranges();
    if (std::optional<Ranges> ranges = rangesOf(text))
        return *std::move(ranges);
    return rangesInFile(text);
}

void printRehearsal(const json &rehearsal)
{
    if (!rehearsal.is_object())
        return;
    if (rehearsal.contains("before_pck"))
        std::printf("old ability (PCK@0.2 of the torso) %.3f -> %.3f\n", rehearsal["before_pck"].get<double>(),
                    rehearsal["after_pck"].get<double>());
    else
        std::printf("old ability (P-MPJPE, mm) %.1f -> %.1f\n", rehearsal.at("before_p_mpjpe_mm").get<double>(),
                    rehearsal.at("after_p_mpjpe_mm").get<double>());
}

void printReport(const json &report)
{
    const bool is3d = report.at("truth") == "3d";
    const bool hasDepth = report.value("kind", "lifter") == "lifter";
    std::printf("%lld held-out frames%s\n", report.at("held_out").at("frames").get<long long>(),
                is3d || !hasDepth ? "" : " (2D only, depth unverified)");
    const auto line = [](const std::string &name, const json &value) {
        std::printf("%-18s %8.1f -> %8.1f   %+7.1f", name.c_str(), value.at("before").get<double>(),
                    value.at("after").get<double>(), value.at("difference").get<double>());
        if (value.at("low").is_number())
            std::printf(" [%+.1f, %+.1f]", value.at("low").get<double>(), value.at("high").get<double>());
        std::printf("\n");
    };
    for (const auto &[metric, value] : report.at("overall").items())
        line(metric, value);
    const std::string metric = is3d ? "p_mpjpe_mm" : "pixels";
    for (const json &joint : report.at("joints"))
        line("  " + joint.at("name").get<std::string>(), joint.at(metric));
    printRehearsal(report.at("rehearsal"));
}

void printOutcome(const FinetuneArguments &arguments, const json &outcome)
{
    if (arguments.isJson) {
        std::cout << outcome.dump() << std::endl;
        return;
    }
    if (arguments.quiet)
        return;
    if (arguments.trial) {
        std::printf("%.3f s a step, %d steps: about %.0f s\n", outcome.at("seconds_per_step").get<double>(),
                    outcome.at("steps").get<int>(), outcome.at("estimated_s").get<double>());
        return;
    }
    std::ifstream file(outcome.at("report").get<std::string>());
    printReport(json::parse(file));
    std::printf("%s: install it with poselift-cli models install\n", outcome.at("model").get<std::string>().c_str());
}

int finetune(FinetuneArguments arguments)
{
    const Result<Ranges> frames = framesOf(arguments.frames);
    if (!frames)
        return reportFailure(frames.error(), arguments.isJson);
    arguments.options["frames"] = *frames;
    arguments.options["trial"] = arguments.trial;
    arguments.options["resume"] = arguments.resume;
    const Result<FinetuneOptions> options = finetuneOptionsFrom(arguments.options);
    if (!options)
        return reportFailure(options.error(), arguments.isJson);
    const StopOnSignals signals;
    if (!arguments.fast && ::nice(19) == -1)
        printWarning("the priority could not be lowered");
    ConsoleProgress progress(arguments.quiet || arguments.isJson);
    const JobContext job{signals.token(), progress.callback()};
    const Result<json> outcome = finetuneModel(*options, job);
    progress.finish();
    if (!outcome)
        return reportFailure(outcome.error(), arguments.isJson);
    printOutcome(arguments, *outcome);
    return kExitOk;
}

/// An option whose value goes to finetuneOptionsFrom() under @p name.
template <typename T>
CLI::Option *addTo(CLI::App &command, FinetuneArguments &arguments, const std::string &flag, const std::string &name,
                   const std::string &description)
{
    return command.add_option_function<T>(
        flag, [&arguments, name](const T &value) { arguments.options[name] = value; }, description);
}

} // namespace

void addFinetuneCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command =
        app.add_subcommand("finetune", "Teach a copy of a lifter, or of our 2D detector, the corrections of a project");
    const auto arguments = std::make_shared<FinetuneArguments>();
    FinetuneArguments &to = *arguments;
    addTo<std::string>(*command, to, "PROJECT", "project", "NAME.poselift; it is only read")->required();
    addTo<std::string>(*command, to, "--run", "run", "Folder for the checkpoint, the new model and report.json");
    addTo<std::string>(*command, to, "--model", "model",
                       "Lifting model or 2D detector of ours (person19); default: the bundled lifter");
    addTo<std::string>(*command, to, "--objective", "objective",
                       "auto, supervised (3D truth), semi, adversarial or reprojection (2D corrections alone)");
    command->add_option("--frames", to.frames, "corrected, BEGIN:END,… or a file with one frame a line")
        ->capture_default_str();
    addTo<std::vector<std::int64_t>>(*command, to, "--track", "tracks", "Only these people");
    addTo<std::string>(*command, to, "--preset", "preset", "quick or thorough");
    addTo<std::string>(
        *command, to, "--rehearsal", "rehearsal",
        "What keeps the old ability alive: motion capture (HDF5) for a lifter, a training pack for a detector");
    addTo<double>(*command, to, "--rehearsal-share", "rehearsal_share", "Of each batch; default 0.5");
    addTo<double>(*command, to, "--held-out", "held_out_share",
                  "Share of the frames for before and after; default 0.25");
    addTo<int>(*command, to, "--steps", "steps", "0: the preset's");
    addTo<int>(*command, to, "--batch", "batch", "0: chosen from the data");
    addTo<double>(*command, to, "--lr", "learning_rate", "0: the preset's");
    addTo<int>(*command, to, "--frozen-blocks", "frozen_blocks", "Blocks from the input that stay as they are");
    addTo<std::uint64_t>(*command, to, "--seed", "seed", "Default 1234");
    addTo<std::string>(*command, to, "--device", "device", "auto, cpu or cuda");
    addTo<int>(*command, to, "--threads", "threads", "0: all cores of the CPU affinity");
    command->add_flag("--resume", to.resume, "Go on from the checkpoint in --run");
    command->add_flag("--trial", to.trial, "Measure for 3 seconds and estimate only");
    command->add_flag("--json", to.isJson, "The outcome as one JSON object");
    command->add_flag("--quiet", to.quiet, "No progress and no summary");
    command->add_flag("--full-priority", to.fast, "Do not give way to other programs");
    command->callback([arguments, &exitCode] { exitCode = finetune(*arguments); });
}

} // namespace poselift
