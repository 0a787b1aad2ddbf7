#include "models/detect/boxnetwork.h"
#include "models/detect/choosedetector.h"
#include "models/detect/keypointnetwork.h"
#include "models/detect/onestagedetector.h"
#include "models/detect/ownfinder.h"
#include "models/detect/ownkeypoints.h"
#include "models/detect/topdowndetector.h"
#include "models/detector.h"

namespace poselift {

namespace {

/// The box network for top-down use; null when none is installed and none was asked for.
Result<std::unique_ptr<PersonFinder>> loadBoxes(const std::string &name)
{
    if (name.empty() && !isDetectorInstalled("boxes"))
        return std::unique_ptr<PersonFinder>();
    const Result<DetectorManifest> manifest = chooseDetector("boxes", name);
    if (!manifest)
        return manifest.error();
    Result<std::unique_ptr<BoxNetwork>> network = BoxNetwork::load(*manifest);
    if (!network)
        return network.error();
    return std::unique_ptr<PersonFinder>(*std::move(network));
}

/// What finds people for @p keypoints: the named box network, else for our own networks our own finder,
/// else the preferred box network.
Result<std::unique_ptr<PersonFinder>> loadFinder(const DetectorManifest &keypoints, const DetectorOptions &options)
{
    if (!keypoints.isOwn() || !options.boxModel.empty())
        return loadBoxes(options.boxModel);
    const std::optional<FinderSettings> own = finderFor(keypoints);
    return own ? OwnFinder::load(own->weights, own->longSide, own->scoreThreshold) : loadBoxes({});
}

Result<std::unique_ptr<KeypointEstimator>> loadKeypoints(const DetectorManifest &manifest, int threads)
{
    if (manifest.isOwn())
        return OwnKeypoints::load(manifest, threads);
    Result<std::unique_ptr<KeypointNetwork>> network = KeypointNetwork::load(manifest);
    if (!network)
        return network.error();
    return std::unique_ptr<KeypointEstimator>(*std::move(network));
}

} // namespace

Result<std::unique_ptr<KeypointEstimator>> createKeypointEstimator(const std::string &model, int threads)
{
    const Result<DetectorManifest> manifest = chooseDetector("keypoints", model);
    if (!manifest)
        return manifest.error();
    if (!manifest->isTopDown())
        return Error(ErrorCode::BadArgument, {{"name", "the keypoint model"},
                                              {"expected", "a network that looks at one person's crop"},
                                              {"found", "'" + manifest->name + "', which finds everybody at once"}});
    return loadKeypoints(*manifest, threads);
}

Result<std::unique_ptr<Detector2D>> createDetector(const DetectorOptions &options)
{
    setDetectionThreads(options.threads);
    const Result<DetectorManifest> manifest = chooseDetector("keypoints", options.model);
    if (!manifest)
        return manifest.error();
    if (!manifest->isTopDown())
        return OneStageDetector::load(*manifest);
    Result<std::unique_ptr<KeypointEstimator>> keypoints = loadKeypoints(*manifest, options.threads);
    if (!keypoints)
        return keypoints.error();
    Result<std::unique_ptr<PersonFinder>> finder = loadFinder(*manifest, options);
    if (!finder)
        return finder.error();
    return std::unique_ptr<Detector2D>(
        std::make_unique<TopDownDetector>(*std::move(keypoints), *std::move(finder)));
}

} // namespace poselift
