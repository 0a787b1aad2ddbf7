#pragma once

#include <cstddef>

namespace poselift {

/// For arrays of many megabytes in ordinary memory (std::vector's): whole pages that hold nothing but zeros
/// go back to the system until something is written to them, and go on being read as zeros (madvise(2),
/// MADV_DONTNEED). Where the system cannot, nothing happens.
void releaseZeroPages(void *memory, std::size_t bytes);

} // namespace poselift
