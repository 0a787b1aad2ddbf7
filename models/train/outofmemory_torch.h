#pragma once

#include <exception>

namespace poselift {

/// Whether @p error, thrown by LibTorch or the standard library, says that memory ran out, on the CPU
/// or on an accelerator.
bool isOutOfMemory(const std::exception &error);

} // namespace poselift
