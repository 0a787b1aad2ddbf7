#include "core/base/pages.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include <sys/mman.h>
#include <unistd.h>

namespace poselift {

namespace {

/// The whole pages of @p page bytes within an array.
struct Pages
{
    std::byte *first = nullptr;
    std::size_t count = 0;
};

Pages pagesIn(void *memory, std::size_t bytes, std::size_t page)
{
    const auto begin = reinterpret_cast<std::uintptr_t>(memory);
    const std::uintptr_t first = (begin + page - 1) / page * page;
    const std::uintptr_t end = (begin + bytes) / page * page;
    if (memory == nullptr || end <= first)
        return {};
    return {static_cast<std::byte *>(memory) + (first - begin), (end - first) / page};
}

bool isZero(const std::byte *page, std::size_t bytes)
{
    // Each byte equals the one before, and the first is zero.
    return page[0] == std::byte(0) && std::memcmp(page, page + 1, bytes - 1) == 0;
}

} // namespace

void releaseZeroPages(void *memory, std::size_t bytes)
{
    const auto page = static_cast<std::size_t>(std::max(1L, ::sysconf(_SC_PAGESIZE)));
    const Pages pages = pagesIn(memory, bytes, page);
    for (std::size_t i = 0; i < pages.count;) {
        std::size_t end = i;
        while (end < pages.count && isZero(pages.first + end * page, page))
            ++end;
        // Private anonymous memory is zero again after that.
        if (end > i)
            static_cast<void>(::madvise(pages.first + i * page, (end - i) * page, MADV_DONTNEED));
        i = end + 1;
    }
}

} // namespace poselift
