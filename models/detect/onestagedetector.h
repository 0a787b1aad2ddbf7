#pragma once

#include "models/detect/dnnnetwork.h"
#include "models/detect/keypointchannels.h"
#include "models/detector.h"

#include <memory>

namespace poselift {

/// One network that finds everybody's box and keypoints in a whole picture (YOLO-pose).
class OneStageDetector : public Detector2D
{
public:
    static Result<std::unique_ptr<Detector2D>> load(const DetectorManifest &manifest);

    const std::string &name() const override { return m_network->manifest().name; }
    const Skeleton &skeleton() const override { return m_channels.skeleton(); }
    /// @param found, hints  not used: the network sees the whole picture
    Result<std::vector<PersonDetection>> estimatePoses(const ImageView &picture, std::span<const Box> found,
                                                       std::span<const Box> hints) override;

private:
    explicit OneStageDetector(KeypointChannels channels) : m_channels(std::move(channels)) {}
    std::unique_ptr<DnnNetwork> m_network;
    KeypointChannels m_channels;
};

} // namespace poselift
