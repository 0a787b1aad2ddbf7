#pragma once

#include "models/finetune/learningblocks.h"
#include "models/finetune/personlabels.h"
#include "models/finetune/sampledtrack.h"

#include <Eigen/Core>

#include <array>
#include <vector>

namespace poselift {

/// One window of a person's keypoints and all that is known of the frame that it is for. Directions
/// and joints are in the virtual camera of the input (lifterinput.h).
struct WindowExample
{
    std::int64_t frame = 0;
    std::vector<float> features;                           ///< [rf, 14, 3]
    Eigen::Matrix3d virtualFromCamera = Eigen::Matrix3d::Identity();
    double scale = 1;                                      ///< LifterInput::scale
    bool isLabelled = false;                               ///< somebody put keypoints of it by hand
    std::array<float, 2 * kLifterLimbJoints> rays{};       ///< x/z, y/z of the limb joints
    std::array<float, kLifterLimbJoints> weight{};         ///< 1 by hand; small for the rest; 0 unknown
    std::vector<float> truth;                              ///< [J, 3] m, root-relative
    std::vector<float> truthWeight;                        ///< [J] 0 or 1
};

struct WindowOptions
{
    int before = 0;                 ///< samples of a window before the one it is for
    int after = 0;
    int outputJoints = 17;          ///< J
    float unlabelledWeight = 0.2F;  ///< of keypoints that nobody touched, times their confidence; 0:
                                    ///< only frames with a label become examples
    std::size_t most = 4000;        ///< examples; evenly thinned out when there were more
};

/// Examples of the frames of @p spans.
/// @param input  what the windows are made of (the detector's keypoints, or corrected ones)
/// @param target keypoints that stand where nobody corrected any (correctedEverywhere())
std::vector<WindowExample> windowExamples(const PersonLabels &person, std::span<const FrameSpan> spans,
                                          const SampledTrack &input, const KeypointTrack &target,
                                          const CameraIntrinsics &camera, const WindowOptions &options);

} // namespace poselift
