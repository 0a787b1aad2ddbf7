#pragma once

#include "models/detect/dnnnetwork.h"
#include "models/detect/keypointchannels.h"
#include "models/detect/keypointestimator.h"

#include <memory>
#include <vector>

namespace poselift {

/// A top-down keypoint network run by OpenCV, with its decoder.
class KeypointNetwork : public KeypointEstimator
{
public:
    static Result<std::unique_ptr<KeypointNetwork>> load(const DetectorManifest &manifest);

    const std::string &name() const override { return manifest().name; }
    const Skeleton &skeleton() const override { return m_channels.skeleton(); }
    Crop cropAround(const Box &person) const override;
    Result<Pose2D> estimate(const ImageView &picture, const Crop &crop) override;
    const DetectorManifest &manifest() const { return m_network->manifest(); }

private:
    explicit KeypointNetwork(KeypointChannels channels) : m_channels(std::move(channels)) {}
    Result<std::vector<RawKeypoint>> decode(const std::vector<Tensor> &outputs) const;
    Result<std::vector<RawKeypoint>> decodeMoveNetHeads(const std::vector<Tensor> &outputs) const;

    std::unique_ptr<DnnNetwork> m_network;
    KeypointChannels m_channels;
    std::vector<float> m_centrePrior;
};

} // namespace poselift
