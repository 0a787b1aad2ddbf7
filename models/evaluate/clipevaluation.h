#pragma once

#include "models/evaluate/detectorevaluation.h"

namespace poselift {

/// The table "pose2sim": whole detectors over the four balancing views and the two views of two
/// people, against OpenPose's keypoints and against the first of @p models.
Result<void> evaluateOnPose2sim(const DetectorEvaluationOptions &options, const std::vector<std::string> &models,
                                const TableReceiver &receive, const JobContext &job);

/// The table "sports2d": how long one track keeps each person of the clip.
Result<void> evaluateOnSports2d(const DetectorEvaluationOptions &options, const std::vector<std::string> &models,
                                const TableReceiver &receive, const JobContext &job);

} // namespace poselift
