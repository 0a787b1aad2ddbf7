#include "core/base/threads.h"
#include "models/cli/bench.h"
#include "models/cli/blas.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/lift/liftspeed.h"

#include <algorithm>

namespace poselift {

/// The 243-frame, 1024-channel model over 10,000 frames. Peak and model are measured alternately in
/// one run, so that a machine shared with others slows both alike; the best of each counts.
int benchLift(const BenchOptions &options)
{
    const int frames = options.quick ? 1000 : 10000;
    const int channels = options.quick ? 256 : 1024;
    const int rounds = options.quick ? 1 : 3;
    const int threads = cpuCount();
    constexpr int kBlocks = 5; // receptive field 3^5 = 243
    LiftSpeed products;
    LiftSpeed convolutions;
    double peak = 0;
    for (int round = 0; round < rounds; ++round) {
        peak = std::max(peak, measureSgemm(2048, options.quick ? 0.2 : 1.5, threads));
        const LiftSpeed now = measureLifting(frames, channels, kBlocks, LiftPath::Products, 1, threads);
        if (now.framesPerSecond > products.framesPerSecond)
            products = now;
    }
    convolutions = measureLifting(frames, channels, kBlocks, LiftPath::Convolutions, 1, threads);
    if (peak <= 0)
        return reportFailure(Error(ErrorCode::Internal, {{"detail", "no BLAS library is loaded"}}));
    const double achieved = products.framesPerSecond * products.flopPerFrame / 1e9;
    reportMetric(options, "lift", "frames_per_s", products.framesPerSecond, "1/s");
    reportMetric(options, "lift", "gflops", achieved, "GFLOP/s");
    reportMetric(options, "lift", "sgemm_peak", peak, "GFLOP/s");
    reportMetric(options, "lift", "sgemm_share", achieved / peak, "1");
    reportMetric(options, "lift", "conv_frames_per_s", convolutions.framesPerSecond, "1/s");
    return kExitOk;
}

} // namespace poselift
