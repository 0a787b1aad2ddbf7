#include "models/evaluate/detectorevaluation.h"

#include "models/detect/choosedetector.h"
#include "models/detect/dnnnetwork.h"
#include "models/evaluate/boxedevaluation.h"
#include "models/evaluate/clipevaluation.h"
#include "models/evaluate/ghostevaluation.h"

namespace poselift {

namespace {

/// Names of the installed keypoint models that look at one person, the preferred first.
std::vector<std::string> installedTopDownModels()
{
    std::vector<std::string> names;
    for (const DetectorManifest &model : installedDetectors("keypoints")) {
        if (model.isTopDown())
            names.push_back(model.name);
    }
    return names;
}

} // namespace

Result<void> evaluateDetectors(const DetectorEvaluationOptions &options, const TableReceiver &receive,
                               const JobContext &job)
{
    setDetectionThreads(options.threads);
    const std::vector<std::string> models = options.models.empty() ? installedTopDownModels() : options.models;
    if (models.empty())
        return Error(ErrorCode::NoDetector);
    Estimators estimators;
    for (const std::string &model : models) {
        Result<std::unique_ptr<KeypointEstimator>> estimator = createKeypointEstimator(model, options.threads);
        if (!estimator)
            return estimator.error();
        estimators.push_back(*std::move(estimator));
    }
    using Section = std::function<Result<void>()>;
    const std::pair<bool, Section> sections[] = {
        {!options.lsp.empty(), [&] { return evaluateInBoxes(options, estimators, receive, job); }},
        {!options.lsp.empty(), [&] { return evaluateGhosts(options, models, receive, job); }},
        {!options.coco.empty(), [&] { return evaluateOnCoco(options, estimators, receive, job); }},
        {!options.pose2sim.empty(), [&] { return evaluateOnPose2sim(options, models, receive, job); }},
        {!options.sports2d.empty(), [&] { return evaluateOnSports2d(options, models, receive, job); }},
    };
    for (const auto &[isAsked, measure] : sections) {
        if (Result<void> measured = isAsked ? measure() : Result<void>(); !measured)
            return measured;
    }
    return {};
}

} // namespace poselift
