#pragma once

#include "models/evaluate/detectorevaluation.h"

#include <vector>

namespace poselift {

/// The table "ghosts": people that whole detectors see in pieces of pictures without people, which are
/// strips of at least 64 px (models/detect/personfreestrip.h).
Result<void> evaluateGhosts(const DetectorEvaluationOptions &options, const std::vector<std::string> &models,
                            const TableReceiver &receive, const JobContext &job);

} // namespace poselift
