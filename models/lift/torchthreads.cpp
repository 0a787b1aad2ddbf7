#include "models/lift/torchthreads.h"

#include "core/base/threads.h"

#include <ATen/Parallel.h>

#include <dlfcn.h>

namespace poselift {

void setTorchThreads(int threads)
{
    const int count = threads > 0 ? threads : cpuCount();
    if (at::get_num_threads() != count)
        at::set_num_threads(count);
    // Debian's OpenBLAS has a thread pool of its own that LibTorch does not know of; another BLAS
    // lacks the function and is left as it is.
    if (void *function = ::dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))
        reinterpret_cast<void (*)(int)>(function)(count);
}

} // namespace poselift
