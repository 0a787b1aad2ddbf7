#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include <torch/types.h>

namespace poselift {

/// How projectToScreen() bends rays.
enum class LensForm
{
    /// VideoPose3D common/camera.py, project_to_2d: x/z and y/z clamped to [−1, 1], tangential term
    /// without Brown's factor 2. Kept as the default for parity with published figures.
    VideoPose3d,
    /// Brown 1966 as in core/geometry/camera.h. Not clamped; depths below 0.1 m count as 0.1 m, so
    /// that a network which puts somebody behind the camera has finite gradients.
    Brown,
    /// project_to_2d_linear: clamped, without distortion.
    Linear,
};

/// Projects points of the camera's frame, differentiably; the counterpart of core/geometry/h36mcamera.h.
/// @param points   [N, …, 3] m, camera frame (z forward)
/// @param cameras  [N, 9] f (2), c (2), k1 k2 k3, then the tangential coefficients in the order (p2, p1)
///                 of Human3.6M's published metadata; f and c in the unit of the result, usually the
///                 normalised screen (x in [−1, 1])
/// @return [N, …, 2]
torch::Tensor projectToScreen(const torch::Tensor &points, const torch::Tensor &cameras,
                              LensForm form = LensForm::VideoPose3d);

} // namespace poselift
