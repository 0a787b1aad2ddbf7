#pragma once

#include "core/io/annotatedpicture.h"
#include "core/media/videoframe.h"
#include "models/evaluate/detectorevaluation.h"

#include <span>
#include <vector>

namespace poselift {

/// The largest strip of a width × height picture left, right, above or below all of @p people, if
/// its sides are at least @p smallestSide.
std::optional<Box> personFreeStrip(int width, int height, std::span<const Box> people, double smallestSide);

/// The table "ghosts": people that whole detectors see in pieces of pictures without people. The
/// pieces are the largest strips (of at least 64 px) beside the annotated person, whose box is
/// grown by 1.3, and beside every box that the preferred installed box model gives a score of 0.05
/// or more.
Result<void> evaluateGhosts(const DetectorEvaluationOptions &options, const std::vector<std::string> &models,
                            const TableReceiver &receive, const JobContext &job);

} // namespace poselift
