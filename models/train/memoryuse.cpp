#include "models/train/memoryuse.h"

#include <cstdint>
#include <fstream>

#include <unistd.h>

namespace poselift {

double residentMemoryMib()
{
    std::ifstream file("/proc/self/statm"); // proc(5): pages of the whole process, resident ones, …
    std::int64_t all = 0;
    std::int64_t resident = 0;
    if (!(file >> all >> resident))
        return 0;
    return static_cast<double>(resident * ::sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

} // namespace poselift
