#include "models/lift/torchthreads.h"

#include "core/base/threads.h"

#include <ATen/Parallel.h>

#include <dlfcn.h>

namespace poselift {

namespace {

using SetThreads = void (*)(int);

/// Debian's OpenBLAS has a thread pool of its own that LibTorch does not know of; another BLAS lacks the
/// function and is left as it is.
SetThreads openBlasSetThreads()
{
    return reinterpret_cast<SetThreads>(::dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
}

void setThreads(int loops, int products)
{
    if (at::get_num_threads() != loops)
        at::set_num_threads(loops);
    if (const SetThreads set = openBlasSetThreads())
        set(products);
}

} // namespace

void setTorchThreads(int threads)
{
    const int count = threads > 0 ? threads : cpuCount();
    setThreads(count, count);
}

void setProductThreads(int threads)
{
    const int count = threads > 0 ? threads : cpuCount();
    setThreads(openBlasSetThreads() != nullptr ? 1 : count, count);
}

} // namespace poselift
