#include "models/cli/bench.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/cli/scratchfolder.h"
#include "models/finetune/detectorworth.h"

#include <algorithm>

namespace poselift {

namespace {

constexpr const char *kBench = "finetune-detector";

} // namespace

/// How much nearer to the joints our own detector is after 30 frames of a new clip were corrected.
int benchFinetuneDetector(const BenchOptions &options)
{
    const ScratchFolder scratch(kBench);
    const StopOnSignals stop;
    const int clips = options.quick ? 1 : 3;
    double before = 0, after = 0, seconds = 0, worst = 0;
    for (int clip = 1; clip <= clips; ++clip) {
        DetectorWorthOptions worthOptions;
        worthOptions.folder = scratch.path() / std::to_string(clip);
        worthOptions.seed = static_cast<std::uint32_t>(clip);
        const Result<DetectorWorth> worth = measureDetectorWorth(worthOptions, {stop.token(), {}});
        if (!worth)
            return reportFailure(worth.error(), options.json);
        const std::string name = "clip" + std::to_string(clip) + "_";
        reportMetric(options, kBench, name + "px_before", worth->pixelsBefore, "px");
        reportMetric(options, kBench, name + "px_after", worth->pixelsAfter, "px");
        before += worth->pixelsBefore / clips;
        after += worth->pixelsAfter / clips;
        seconds += worth->seconds / clips;
        worst = std::max(worst, worth->pixelsAfter / worth->pixelsBefore);
    }
    reportMetric(options, kBench, "px_before", before, "px");
    reportMetric(options, kBench, "px_after", after, "px");
    reportMetric(options, kBench, "ratio", after / before, "1");
    reportMetric(options, kBench, "worst_ratio", worst, "1");
    reportMetric(options, kBench, "seconds", seconds, "s");
    return kExitOk;
}

} // namespace poselift
