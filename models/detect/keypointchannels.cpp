#include "models/detect/keypointchannels.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace poselift {

namespace {

/// Keypoints below this are noise of every network known here: they are Missing.
constexpr float kSmallestConfidence = 0.02F;

float confidenceOf(float score, const NetworkDecoder &decoder)
{
    const double probability =
        decoder.scoresAreLogits ? 1.0 / (1.0 + std::exp(-score)) : score / decoder.maximumScore;
    return static_cast<float>(std::clamp(probability, 0.0, 1.0));
}

/// Joint index of every network channel.
Result<std::vector<int>> jointOfChannels(const DetectorManifest &manifest, const Skeleton &skeleton)
{
    std::vector<int> joints(manifest.channels.size());
    if (joints.empty()) {
        joints.resize(static_cast<std::size_t>(skeleton.jointCount()));
        std::iota(joints.begin(), joints.end(), 0);
        return joints;
    }
    const std::string path = (manifest.folder / "model.json").string();
    for (std::size_t i = 0; i < joints.size(); ++i) {
        const std::string &name = manifest.channels[i];
        joints[i] = name.empty() ? -1 : skeleton.indexOf(name);
        if (!name.empty() && joints[i] < 0)
            return Error(ErrorCode::ManifestField,
                         {{"path", path},
                          {"name", "channels[" + std::to_string(i) + "]"},
                          {"expected", "a joint of the skeleton '" + skeleton.name + "'"},
                          {"found", "'" + name + "'"}});
    }
    for (int joint = 0; joint < skeleton.jointCount(); ++joint) {
        if (std::find(joints.begin(), joints.end(), joint) == joints.end())
            return Error(ErrorCode::ManifestField,
                         {{"path", path},
                          {"name", "channels"},
                          {"expected", "every joint of the skeleton '" + skeleton.name + "'"},
                          {"found", "no '" + skeleton.joints[joint] + "'"}});
    }
    return joints;
}

} // namespace

KeypointChannels::KeypointChannels(Skeleton skeleton, std::vector<int> jointOfChannel,
                                   const NetworkDecoder &decoder)
    : m_skeleton(std::move(skeleton)), m_jointOfChannel(std::move(jointOfChannel)),
      m_decoder(decoder)
{
}

Result<KeypointChannels> KeypointChannels::create(const DetectorManifest &manifest)
{
    Result<Skeleton> skeleton = findSkeleton(manifest.skeleton);
    if (!skeleton)
        return skeleton.error();
    Result<std::vector<int>> joints = jointOfChannels(manifest, *skeleton);
    if (!joints)
        return joints.error();
    return KeypointChannels(*std::move(skeleton), *std::move(joints), manifest.decoder);
}

Pose2D KeypointChannels::pose(const std::vector<RawKeypoint> &raw, const Crop &crop) const
{
    Pose2D pose(m_skeleton.joints.size());
    for (std::size_t channel = 0; channel < raw.size() && channel < m_jointOfChannel.size();
         ++channel) {
        if (m_jointOfChannel[channel] < 0)
            continue;
        Keypoint2D &keypoint = pose[static_cast<std::size_t>(m_jointOfChannel[channel])];
        keypoint.x = crop.pictureX(raw[channel].u);
        keypoint.y = crop.pictureY(raw[channel].v);
        keypoint.confidence = confidenceOf(raw[channel].score, m_decoder);
        keypoint.state = keypoint.confidence >= kSmallestConfidence ? KeypointState::Visible
                                                                    : KeypointState::Missing;
    }
    return pose;
}

} // namespace poselift
