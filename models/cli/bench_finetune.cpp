#include "core/io/projectfile.h"
#include "models/cli/bench.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/finetune/adaptationscene.h"
#include "models/finetune/finetune.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>

namespace poselift {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr int kSeeds = 5;
constexpr const char *kBench = "finetune";

/// Removed with everything in it when the bench ends.
struct TemporaryFolder
{
    fs::path path;
    TemporaryFolder()
    {
        std::string name = (fs::temp_directory_path() / "poselift-finetune-XXXXXX").string();
        path = ::mkdtemp(name.data()) != nullptr ? fs::path(name) : fs::path();
    }
    ~TemporaryFolder()
    {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    TemporaryFolder(const TemporaryFolder &) = delete;
    TemporaryFolder &operator=(const TemporaryFolder &) = delete;
};

struct Outcome
{
    double before = 0; ///< P-MPJPE, mm
    double after = 0;
    double oldBefore = 0;
    double oldAfter = 0;
    double seconds = 0;
};

Result<Outcome> tune(const MocapData &takes, std::uint64_t seed, const BenchOptions &bench, const fs::path &folder)
{
    AdaptationSceneOptions scene;
    scene.seed = seed;
    const Result<Project> project = makeAdaptationScene(takes, scene);
    if (!project)
        return project.error();
    FinetuneOptions options;
    options.project = folder / ("scene" + std::to_string(seed) + ".poselift");
    options.run = folder / ("run" + std::to_string(seed));
    options.objective = FinetuneObjective::Reprojection;
    options.rehearsal = bench.data;
    options.seed = seed;
    options.model = bench.input;
    if (bench.quick)
        options.steps = 50;
    if (const Result<void> written = writeProject(*project, options.project); !written)
        return written.error();
    const auto start = std::chrono::steady_clock::now();
    const Result<json> tuned = finetuneLifter(options, {});
    if (!tuned)
        return tuned.error();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::ifstream file(tuned->at("report").get<std::string>());
    const json report = json::parse(file);
    const json &errors = report.at("overall").at("p_mpjpe_mm");
    const json &old = report.at("rehearsal");
    return Outcome{errors.at("before"), errors.at("after"), old.at("before_p_mpjpe_mm"), old.at("after_p_mpjpe_mm"), seconds};
}

} // namespace

int benchFinetune(const BenchOptions &options)
{
    if (options.data.empty())
        return reportFailure(Error(ErrorCode::BadArgument, {{"name", "--data"}, {"expected", "motion capture (HDF5)"}, {"found", "nothing"}}));
    const Result<MocapData> takes = readMocap(options.data, options.group);
    if (!takes)
        return reportFailure(takes.error());
    const TemporaryFolder folder;
    double leastGain = 1;
    double mostLost = 0;
    for (int seed = 1; seed <= (options.quick ? 1 : kSeeds); ++seed) {
        const Result<Outcome> outcome = tune(*takes, static_cast<std::uint64_t>(seed), options, folder.path);
        if (!outcome)
            return reportFailure(outcome.error());
        const std::string name = "seed" + std::to_string(seed) + "_";
        reportMetric(options, kBench, name + "before_p_mpjpe", outcome->before, "mm");
        reportMetric(options, kBench, name + "after_p_mpjpe", outcome->after, "mm");
        reportMetric(options, kBench, name + "old_before_p_mpjpe", outcome->oldBefore, "mm");
        reportMetric(options, kBench, name + "old_after_p_mpjpe", outcome->oldAfter, "mm");
        reportMetric(options, kBench, name + "time", outcome->seconds, "s");
        leastGain = std::min(leastGain, 1 - outcome->after / outcome->before);
        mostLost = std::max(mostLost, outcome->oldAfter / outcome->oldBefore - 1);
    }
    reportMetric(options, kBench, "least_gain_share", leastGain, "");
    reportMetric(options, kBench, "most_lost_share", mostLost, "");
    return kExitOk;
}

} // namespace poselift
