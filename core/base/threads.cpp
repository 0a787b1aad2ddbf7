#include "core/base/threads.h"

#include <sched.h>

#include <algorithm>
#include <thread>

namespace poselift {

int cpuCount()
{
    // A machine with more than 1024 CPUs needs a larger set than cpu_set_t.
    for (int room = CPU_SETSIZE; room <= 64 * CPU_SETSIZE; room *= 2) {
        cpu_set_t *set = CPU_ALLOC(room);
        const std::size_t bytes = CPU_ALLOC_SIZE(room);
        CPU_ZERO_S(bytes, set);
        const bool known = sched_getaffinity(0, bytes, set) == 0;
        const int count = known ? CPU_COUNT_S(bytes, set) : 0;
        CPU_FREE(set);
        if (known)
            return std::max(1, count);
    }
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

} // namespace poselift
