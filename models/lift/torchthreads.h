#pragma once

namespace poselift {

/// LibTorch starts with one thread in a C++ program: sets its count, and that of OpenBLAS through
/// it, to @p threads, or to the number of cores in the process's CPU affinity when 0.
void setTorchThreads(int threads);
/// The same for work of many small steps that somebody waits for: matrix products use the threads,
/// LibTorch's own loops stay in the caller's, because meeting at the end of a loop takes longer than the
/// loop, and much longer where other programs keep the cores busy. With a BLAS that has no thread pool of
/// its own this is setTorchThreads().
void setProductThreads(int threads);

} // namespace poselift
