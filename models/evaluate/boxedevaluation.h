#pragma once

#include "models/detect/keypointestimator.h"
#include "models/evaluate/detectorevaluation.h"

#include <memory>
#include <vector>

namespace poselift {

using Estimators = std::vector<std::unique_ptr<KeypointEstimator>>;

/// The tables "pck", "reliability" and "robustness": every estimator on the same people of
/// LSP-extended in the same boxes.
Result<void> evaluateInBoxes(const DetectorEvaluationOptions &options, Estimators &estimators,
                             const TableReceiver &receive, const JobContext &job);

/// The table "oks": every estimator on the people of the COCO samples in their annotated boxes.
Result<void> evaluateOnCoco(const DetectorEvaluationOptions &options, Estimators &estimators,
                            const TableReceiver &receive, const JobContext &job);

} // namespace poselift
