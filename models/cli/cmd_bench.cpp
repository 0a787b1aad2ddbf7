#include "models/cli/bench.h"
#include "models/cli/commands.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"

#include <CLI/CLI.hpp>

#include <array>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string_view>

namespace poselift {

namespace {

struct Bench
{
    std::string_view name;
    std::string_view description;
    int (*run)(const BenchOptions &);
};

/// Every bench, sorted by name.
constexpr std::array kBenches{
#ifdef POSELIFT_WITH_VIDEO
    Bench{"detect", "Decoding, person boxes and keypoints of 1080p frames, one after the other and overlapped", benchDetect},
#endif
    Bench{"finetune", "P-MPJPE of five new people before and after fine-tuning on 2D corrections; needs --data", benchFinetune},
#ifdef POSELIFT_WITH_VIDEO
    Bench{"finetune-detector", "Our own detector on a made clip in new clothes and a new room, before and after 30 corrected frames", benchFinetuneDetector},
#endif
    Bench{"lift", "Temporal model, receptive field 243, 1024 channels, 10,000 frames, beside the BLAS peak", benchLift},
    Bench{"matmul", "Single-precision matrix product of the BLAS in use, one thread and all", benchMatmul},
    Bench{"queue", "Error removed by correcting 1, 5, 10 % of the frames in the order of the review queue", benchQueue},
#ifdef POSELIFT_WITH_VIDEO
    Bench{"seek", "Exact random seeks in a 1080p H.264 clip with a key frame every 250 frames", benchSeek},
#endif
    Bench{"train", "Training steps of the lifters at their published sizes, beside the BLAS peak", benchTrain},
};

std::string benchNames()
{
    std::string names;
    for (const Bench &bench : kBenches)
        names += (names.empty() ? "" : ", ") + std::string(bench.name);
    return names;
}

void listBenches()
{
    for (const Bench &bench : kBenches)
        std::printf("%-18.*s %.*s\n", static_cast<int>(bench.name.size()), bench.name.data(),
                    static_cast<int>(bench.description.size()), bench.description.data());
}

int runBench(const std::string &name, const BenchOptions &options)
{
    if (name.empty()) {
        listBenches();
        return kExitOk;
    }
    for (const Bench &bench : kBenches) {
        if (bench.name == name)
            return bench.run(options);
    }
    return reportFailure(Error(ErrorCode::BadArgument, {{"name", "NAME"}, {"expected", "one of " + benchNames()}, {"found", "'" + name + "'"}}));
}

} // namespace

void addBenchCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("bench", "Measure speed; without NAME, list the benches");
    struct Options : BenchOptions { std::string name; };
    const auto options = std::make_shared<Options>();
    command->add_option("NAME", options->name, "Which bench");
    command->add_flag("--json", options->json, "One JSON object a line");
    command->add_flag("--quick", options->quick, "Less work, noisier figures");
    command->add_option("--input", options->input, "Video or folder to measure on, lifter, or training step, where the bench takes one");
    command->add_option("--data", options->data, "Motion capture (HDF5) for the benches finetune and queue; queue: else procedural figures");
    command->add_option("--group", options->group, "Group of the motion capture")->capture_default_str();
    command->add_flag("--fit", options->fit, "Bench queue: fit the weights of the reasons instead of measuring");
    command->callback([options, &exitCode] { exitCode = runBench(options->name, *options); });
}

} // namespace poselift
