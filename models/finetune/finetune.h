#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace poselift {

/// What a lifter learns from a project.
enum class FinetuneObjective {
    Auto,         ///< Supervised where the project has 3D truth, else Reprojection
    Supervised,   ///< 3D truth (layers "groundtruth", "corrected3d")
    Semi,         ///< truth where it is, reprojection and bone lengths elsewhere
    Adversarial,  ///< 2D alone: random reprojections must look like real poses
    Reprojection, ///< 2D corrections alone: reprojection, bone lengths, prior from rehearsal
};

/// "auto", "supervised", "semi", "adversarial", "reprojection".
std::string objectiveName(FinetuneObjective objective);

/// Fine-tuning of an installed lifter on one project.
struct FinetuneOptions
{
    std::filesystem::path project;
    std::filesystem::path run;            ///< folder (models/train/RUNS.md)
    std::string model;                    ///< installed lifter; empty: the default
    FinetuneObjective objective = FinetuneObjective::Auto;
    /// Frames [begin, end) to learn from; empty: the corrected ones.
    std::vector<std::pair<std::int64_t, std::int64_t>> frames;
    std::vector<std::int64_t> tracks;     ///< people; empty: all
    std::string preset = "quick";         ///< "quick", "thorough": steps and patience
    int steps = 0;                        ///< 0: the preset's
    int batch = 0;                        ///< 0: chosen from the data
    double learningRate = 0.0;            ///< 0: the preset's
    int frozenBlocks = 0;                 ///< blocks from the input that stay as they are
    double rehearsalShare = 0.5;          ///< of a batch, from the original training set
    std::filesystem::path rehearsal;      ///< mocap HDF5; empty: none
    double heldOutShare = 0.25;           ///< of the frames, contiguous blocks chosen automatically
    std::uint64_t seed = 1234;
    std::string device = "auto";
    int threads = 0;
    bool resume = false;
    bool trial = false;                   ///< measure for 3 seconds and estimate only
};

/// Arguments of the worker's job kind "finetune" and of a run's settings.json: the members' names in
/// snake case. Errors: BadArgument.
Result<FinetuneOptions> finetuneOptionsFrom(const nlohmann::json &arguments);
nlohmann::json toJson(const FinetuneOptions &options);

/// Trains a copy of the model and measures before and after on the same held-out frames. The project
/// is only read. @return {"run", "model": folder of the trained model, "report": report.json}, or for
/// a trial {"seconds_per_step", "steps", "estimated_s", "trained_on", "held_out"}.
/// Errors: NothingToLearn with what was expected and found, those of the loop and of readProject().
Result<nlohmann::json> finetuneLifter(const FinetuneOptions &options, const JobContext &job);

} // namespace poselift
