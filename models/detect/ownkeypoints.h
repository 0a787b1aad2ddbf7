#pragma once

#include "models/detect/keypointestimator.h"
#include "models/detectormanifest.h"
#include "models/keypoints/personkeypoints.h"

#include <memory>
#include <string>

namespace poselift {

/// Our own keypoint network as an estimator. Not thread-safe.
class OwnKeypoints : public KeypointEstimator
{
public:
    static Result<std::unique_ptr<KeypointEstimator>> load(const DetectorManifest &manifest, int threads);

    const std::string &name() const override { return m_name; }
    const Skeleton &skeleton() const override { return m_network->skeleton(); }
    Crop cropAround(const Box &person) const override { return m_network->cropAround(person); }
    float personConfidence() const override { return m_personConfidence; }
    Result<Pose2D> estimate(const ImageView &picture, const Crop &crop) override;
    Result<std::vector<Pose2D>> estimateAll(const ImageView &picture, std::span<const Crop> crops) override;

private:
    OwnKeypoints(const DetectorManifest &manifest, std::unique_ptr<PersonKeypoints> network);

    std::string m_name;
    float m_personConfidence;
    std::unique_ptr<PersonKeypoints> m_network;
};

} // namespace poselift
