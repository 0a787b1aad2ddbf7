#include "models/detect/ownkeypoints.h"

namespace poselift {

OwnKeypoints::OwnKeypoints(const DetectorManifest &manifest, std::unique_ptr<PersonKeypoints> network)
    : m_name(manifest.name), m_personConfidence(static_cast<float>(manifest.finder.jointConfidence)),
      m_network(std::move(network))
{
}

Result<std::unique_ptr<KeypointEstimator>> OwnKeypoints::load(const DetectorManifest &manifest, int threads)
{
    PersonKeypointOptions options;
    options.threads = threads;
    Result<std::unique_ptr<PersonKeypoints>> network = PersonKeypoints::load(manifest.network, options);
    if (!network)
        return network.error();
    return std::unique_ptr<KeypointEstimator>(new OwnKeypoints(manifest, *std::move(network)));
}

Result<Pose2D> OwnKeypoints::estimate(const ImageView &picture, const Crop &crop)
{
    Result<std::vector<Pose2D>> poses = estimateAll(picture, {&crop, 1});
    if (!poses)
        return poses.error();
    return std::move(poses->front());
}

Result<std::vector<Pose2D>> OwnKeypoints::estimateAll(const ImageView &picture, std::span<const Crop> crops)
{
    return m_network->estimate(picture, crops);
}

} // namespace poselift
