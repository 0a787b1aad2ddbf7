#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/base/job.h"
#include "core/io/mocapfile.h"
#include "models/lift/lifternetwork_torch.h"

namespace poselift {

/// P-MPJPE in mm of a lifter on takes of motion capture before cameras at random, with detector-like
/// errors: its old ability. Every fifth frame, mirrored input averaged. The same @p seed gives the
/// same views. Errors: those of makeEvaluationClips(), Cancelled.
Result<double> oldAbilityMm(LifterNetwork &network, const MocapData &takes, double framesPerSecond, std::uint64_t seed,
                            const JobContext &job);

} // namespace poselift
