#pragma once

#include "core/pose/skeleton.h"
#include "models/detect/crop.h"
#include "models/detect/tensor.h"
#include "models/detectormanifest.h"

#include <vector>

namespace poselift {

/// What the channels of a keypoint network mean, and how they become a pose.
class KeypointChannels
{
public:
    /// UnknownSkeleton; ManifestField when a channel's name is not a joint or a joint has no
    /// channel.
    static Result<KeypointChannels> create(const DetectorManifest &manifest);

    const Skeleton &skeleton() const { return m_skeleton; }
    int count() const { return static_cast<int>(m_jointOfChannel.size()); }
    /// Keypoints in the order of skeleton(): mapped back to the picture, scores to confidences.
    /// Those below the smallest confidence that means anything are Missing.
    Pose2D pose(const std::vector<RawKeypoint> &raw, const Crop &crop) const;

private:
    KeypointChannels(Skeleton skeleton, std::vector<int> jointOfChannel,
                     const NetworkDecoder &decoder);

    Skeleton m_skeleton;
    std::vector<int> m_jointOfChannel; ///< −1: channel unused
    NetworkDecoder m_decoder;
};

} // namespace poselift
