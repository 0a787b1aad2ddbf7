#pragma once

namespace poselift {

/// LibTorch starts with one thread in a C++ program: sets its count, and that of OpenBLAS through
/// it, to @p threads, or to the number of cores in the process's CPU affinity when 0.
void setTorchThreads(int threads);

} // namespace poselift
