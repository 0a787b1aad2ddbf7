#pragma once

namespace poselift {

/// Number of CPUs that this process may use: its CPU affinity (as `taskset`, Slurm and containers
/// set it), not the number of CPUs of the machine. At least 1.
int cpuCount();

} // namespace poselift
