#pragma once

#include "core/base/job.h"
#include "core/geometry/camera.h"
#include "models/finetune/beforeafter.h"
#include "models/finetune/learningblocks.h"
#include "models/finetune/personlabels.h"

#include <filesystem>

namespace poselift {

/// Errors of one lifter on the held-out frames of a project, the detector's keypoints as its input.
struct HeldOutErrors
{
    bool hasTruth = false;               ///< 3D truth; else corrected 2D: "2D only, depth unverified"
    std::vector<std::string> joints;     ///< J names: of the lifter's output, or the limbs in 2D
    std::vector<std::pair<int, std::int64_t>> personAndFrame; ///< F
    std::vector<double> mpjpe;           ///< [F, J] mm, root-relative; NaN: not known
    std::vector<double> procrustesMpjpe; ///< [F, J] mm
    std::vector<double> pixels;          ///< [F, J] px between the placed 3D's projection and the correction
};

struct HeldOutScene
{
    const std::vector<PersonLabels> &people;
    const std::vector<double> &seconds;   ///< pts of every frame
    const CameraIntrinsics &camera;
    const std::vector<FrameSpan> &report; ///< held-out frames
    int threads = 0;
};

/// Measures the lifter in @p model (a folder), as in use: whole tracks, mirrored input averaged. 3D
/// where a held-out frame has truth, else 2D. Errors: those of createLifter() and lifting.
Result<HeldOutErrors> measureHeldOut(const std::filesystem::path &model, const HeldOutScene &scene, const JobContext &job);

/// "truth", "held_out", "metrics", "overall" and "joints" of report.json.
nlohmann::json compareHeldOut(const HeldOutErrors &before, const HeldOutErrors &after,
                              const std::vector<FrameSpan> &report, double framesPerSecond, std::uint64_t seed);

} // namespace poselift
