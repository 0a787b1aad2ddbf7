#include "models/detect/choosedetector.h"
#include "models/detect/onestagedetector.h"
#include "models/detect/topdowndetector.h"
#include "models/detector.h"

namespace poselift {

namespace {

/// The box network for top-down use; null when none is installed and none was asked for.
Result<std::unique_ptr<BoxNetwork>> loadBoxes(const std::string &name)
{
    if (name.empty() && !isDetectorInstalled("boxes"))
        return std::unique_ptr<BoxNetwork>();
    const Result<DetectorManifest> manifest = chooseDetector("boxes", name);
    if (!manifest)
        return manifest.error();
    return BoxNetwork::load(*manifest);
}

} // namespace

Result<std::unique_ptr<Detector2D>> createDetector(const DetectorOptions &options)
{
    setDetectionThreads(options.threads);
    const Result<DetectorManifest> manifest = chooseDetector("keypoints", options.model);
    if (!manifest)
        return manifest.error();
    if (!manifest->isTopDown())
        return OneStageDetector::load(*manifest);
    Result<std::unique_ptr<KeypointNetwork>> keypoints = KeypointNetwork::load(*manifest);
    if (!keypoints)
        return keypoints.error();
    Result<std::unique_ptr<BoxNetwork>> boxes = loadBoxes(options.boxModel);
    if (!boxes)
        return boxes.error();
    return std::unique_ptr<Detector2D>(
        std::make_unique<TopDownDetector>(*std::move(keypoints), *std::move(boxes)));
}

} // namespace poselift
