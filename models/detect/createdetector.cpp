#include "models/detect/onestagedetector.h"
#include "models/detect/topdowndetector.h"
#include "models/detector.h"
#include "models/registry.h"

#include <algorithm>

namespace poselift {

namespace {

/// Installed models of one kind, the preferred first.
Result<std::vector<DetectorManifest>> detectorsOfKind(const std::string &kind)
{
    std::vector<DetectorManifest> detectors;
    for (const InstalledModel &model : installedModels()) {
        if (model.kind != kind)
            continue;
        Result<DetectorManifest> manifest = readDetectorManifest(model.folder);
        if (!manifest)
            return manifest.error();
        detectors.push_back(*std::move(manifest));
    }
    std::stable_sort(detectors.begin(), detectors.end(), [](const DetectorManifest &a, const DetectorManifest &b) {
        return a.common.priority > b.common.priority;
    });
    return detectors;
}

/// The one of this name, or the preferred one when @p name is empty. When there is none at all,
/// or not this one, says what is wrong with an installation of that name.
Result<DetectorManifest> chosen(const std::vector<DetectorManifest> &detectors, const std::string &name)
{
    if (name.empty() && !detectors.empty())
        return detectors.front();
    std::string known;
    for (const DetectorManifest &detector : detectors) {
        if (detector.name == name)
            return detector;
        known += (known.empty() ? "" : ", ") + detector.name;
    }
    std::vector<Error> problems;
    installedModels(&problems);
    for (const Error &problem : problems) {
        if (!name.empty() && problem.sentence().find("/" + name + "/") != std::string::npos)
            return problem;
    }
    if (detectors.empty() && !problems.empty())
        return problems.front();
    if (detectors.empty() && name.empty())
        return Error(ErrorCode::NoDetector);
    return Error(ErrorCode::ModelNotFound, {{"found", name}, {"expected", known.empty() ? "none" : known}});
}

/// The box network for top-down use; null when none is installed and none was asked for.
Result<std::unique_ptr<BoxNetwork>> loadBoxes(const std::string &name)
{
    const Result<std::vector<DetectorManifest>> boxes = detectorsOfKind("boxes");
    if (!boxes)
        return boxes.error();
    if (boxes->empty() && name.empty())
        return std::unique_ptr<BoxNetwork>();
    const Result<DetectorManifest> manifest = chosen(*boxes, name);
    if (!manifest)
        return manifest.error();
    return BoxNetwork::load(*manifest);
}

} // namespace

Result<std::unique_ptr<Detector2D>> createDetector(const DetectorOptions &options)
{
    setDetectionThreads(options.threads);
    const Result<std::vector<DetectorManifest>> detectors = detectorsOfKind("keypoints");
    if (!detectors)
        return detectors.error();
    const Result<DetectorManifest> manifest = chosen(*detectors, options.model);
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
