#include "models/cli/commands.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/lift/checkpointimport.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <iostream>
#include <memory>

namespace poselift {

namespace {

struct ConvertOptions
{
    std::string input;
    std::string output;
    std::string architecture = "videopose3d";
    bool half = false;
    TemporalImportOptions temporal;
};

int runConvert(const ConvertOptions &options)
{
    const bool isOwnFormat = std::filesystem::path(options.input).extension() == ".h5";
    Result<WeightsFile> weights = isOwnFormat ? readWeights(options.input) : importTorchWeights(options.input);
    if (!weights)
        return reportFailure(weights.error());
    if (!isOwnFormat && options.architecture == "videopose3d") {
        if (const Result<void> described = describeTemporalModel(*weights, options.temporal, options.input); !described)
            return reportFailure(described.error());
    }
    if (const Result<void> written = writeWeights(*weights, options.output, options.half); !written)
        return reportFailure(written.error());
    std::size_t numbers = 0;
    for (const auto &[name, array] : weights->arrays)
        numbers += array.values.size();
    std::cout << options.output << ": " << weights->arrays.size() << " arrays, " << numbers << " numbers";
    if (weights->attributes.is_object() && weights->attributes.contains("filter_widths"))
        std::cout << ", filter widths " << weights->attributes["filter_widths"].dump() << ", " << weights->attributes["channels"] << " channels";
    std::cout << '\n';
    return kExitOk;
}

} // namespace

void addConvertCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("convert", "Import PyTorch weights: a plain dictionary, torch.save(dict(state_dict), 'NAME.pt'); or store a weights file again (--half)");
    const auto options = std::make_shared<ConvertOptions>();
    TemporalImportOptions &temporal = options->temporal;
    command->add_option("IN", options->input, "PyTorch file, or a weights file NAME.h5, whose description stays as it is")->required();
    command->add_option("OUT.h5", options->output, "Weights file to write")->required();
    command->add_option("--architecture", options->architecture, "videopose3d checks names and shapes; none copies as it is")
        ->check(CLI::IsMember({"videopose3d", "none"}))->capture_default_str();
    command->add_flag("--half", options->half, "Store 16-bit numbers");
    command->add_flag("--causal", temporal.causal, "The network looks only at the past");
    command->add_option("--in-features", temporal.inFeatures, "Numbers per input joint: 2, or 3 with confidence")->check(CLI::Range(2, 3))->capture_default_str();
    command->add_option("--input-skeleton", temporal.inputSkeleton, "Order of the input joints")->capture_default_str();
    command->add_option("--output-skeleton", temporal.outputSkeleton, "Order of the output joints")->capture_default_str();
    command->add_option("--normalisation", temporal.normalisation, "screen-v1 (as VideoPose3D) or camera-rays-v1")
        ->check(CLI::IsMember({"screen-v1", "camera-rays-v1"}))->capture_default_str();
    command->add_option("--fps", temporal.framesPerSecond, "Frame rate that the network was trained at; 0: any")->check(CLI::NonNegativeNumber)->capture_default_str();
    command->callback([options, &exitCode] { exitCode = runConvert(*options); });
}

} // namespace poselift
