#pragma once

#include "core/metrics/posearray.h"

#include <span>
#include <vector>

namespace poselift {

/// Errors of 3D poses. Poses come as the caller rooted them: subtract the root joint first where a
/// protocol says so (rootRelative()). Definitions as in VideoPose3D common/loss.py (Pavllo et al.
/// 2019). Both arrays have the same shape [T, J, 3] with T ≥ 1. Unit: that of the input.

/// How a prediction is brought to the truth before it is measured, frame by frame.
enum class PoseAlignment {
    None,       ///< MPJPE ("protocol 1")
    Scale,      ///< N-MPJPE: one factor ⟨p, g⟩ / ⟨p, p⟩ per frame (Rhodin et al. 2018)
    Procrustes, ///< P-MPJPE, PA-MPJPE ("protocol 2"): similarity per frame, no reflection
};

/// ‖p − g‖ of every joint after the alignment, [T, J].
std::vector<double> jointErrors(PoseArrayView prediction, PoseArrayView truth, PoseAlignment alignment);

/// Mean over frames and joints.
double mpjpe(PoseArrayView prediction, PoseArrayView truth);
double procrustesMpjpe(PoseArrayView prediction, PoseArrayView truth);
double normalizedMpjpe(PoseArrayView prediction, PoseArrayView truth);
/// Mean of w_t · ‖p − g‖ over frames and joints, *not* divided by the sum of the weights.
double weightedMpjpe(PoseArrayView prediction, PoseArrayView truth, std::span<const double> frameWeights);

/// ‖(p[t+1] − p[t]) − (g[t+1] − g[t])‖ of every joint, [T − 1, J]; the frames are one sequence.
std::vector<double> velocityErrors(PoseArrayView prediction, PoseArrayView truth);
/// MPJVE: mean of velocityErrors(), unit per *frame*, not per second; 0 for one frame.
double mpjve(PoseArrayView prediction, PoseArrayView truth);

/// 3DPCK: share of errors strictly below @p threshold (150 mm in MPI-INF-3DHP).
double pck3d(std::span<const double> errors, double threshold);
/// Mean of pck3d() over the thresholds 0, step, 2·step, …, last. MPI-INF-3DHP: step 5 mm, last
/// 150 mm, 31 thresholds with 0 included (mpii_compute_3d_pck.m); MuPoTS-3D: last 195 mm.
double pck3dAuc(std::span<const double> errors, double step, double last);

/// Joints minus the joint @p root of the same frame.
std::vector<double> rootRelative(PoseArrayView poses, int root);

} // namespace poselift
