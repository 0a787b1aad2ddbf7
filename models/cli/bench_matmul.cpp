#include "core/base/threads.h"
#include "models/cli/bench.h"
#include "models/cli/blas.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"

namespace poselift {

int benchMatmul(const BenchOptions &options)
{
    const double seconds = options.quick ? 0.2 : 3.0;
    const BlasInfo blas = blasInfo();
    if (!blas.found())
        return reportFailure(Error(ErrorCode::Internal, {{"detail", "no BLAS library is loaded"}}));
    if (blas.slow)
        printWarning(blas.library + " is the slow reference BLAS; install libopenblas0-pthread.");
    reportMetric(options, "matmul", "one_thread_gflops", measureSgemm(1024, seconds, 1), "GFLOP/s");
    reportMetric(options, "matmul", "all_threads_gflops", measureSgemm(1024, seconds, cpuCount()), "GFLOP/s");
    return kExitOk;
}

} // namespace poselift
