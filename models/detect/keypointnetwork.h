#pragma once

#include "core/pose/skeleton.h"
#include "models/detect/dnnnetwork.h"

#include <memory>
#include <vector>

namespace poselift {

/// A top-down keypoint network with its decoder: the keypoints of one person in one crop.
class KeypointNetwork
{
public:
    static Result<std::unique_ptr<KeypointNetwork>> load(const DetectorManifest &manifest);

    /// Keypoints in the order of skeleton(), pixels of @p picture.
    Result<Pose2D> detect(const ImageView &picture, const Crop &crop);
    const Skeleton &skeleton() const { return m_skeleton; }
    const DetectorManifest &manifest() const { return m_network->manifest(); }

private:
    KeypointNetwork() = default;
    Result<std::vector<RawKeypoint>> decode(const std::vector<Tensor> &outputs) const;
    Result<std::vector<RawKeypoint>> decodeMoveNetHeads(const std::vector<Tensor> &outputs) const;

    std::unique_ptr<DnnNetwork> m_network;
    Skeleton m_skeleton;
    std::vector<int> m_jointOfChannel; ///< −1: channel unused
    std::vector<float> m_centrePrior;
};

/// Joint index of every network channel; ManifestField when a channel's name is not a joint or a
/// joint has no channel.
Result<std::vector<int>> jointOfChannels(const DetectorManifest &manifest, const Skeleton &skeleton);

/// Turns decoder output into keypoints of @p skeleton: mapped back to the picture, scores to
/// confidences. Keypoints below the smallest confidence that means anything are Missing.
Pose2D poseFromRaw(const std::vector<RawKeypoint> &raw, const std::vector<int> &jointOfChannel, int jointCount,
                   const NetworkDecoder &decoder, const Crop &crop);

} // namespace poselift
