#pragma once

#include "core/base/result.h"
#include "core/io/annotatedpicture.h"
#include "core/media/videoframe.h"

#include <optional>

namespace poselift {

/// One marked person in a picture that is held in memory, with everything in px of it.
struct EvaluationPicture
{
    VideoFrame frame;
    Pose2D truth;
    Box box;            ///< around the known joints; every estimator enlarges it as it was trained
    double torso = 0.0; ///< torsoSize() of the whole person, also where a part was cut off
};

/// How a picture is made harder.
struct PictureEffect
{
    double rotationDegrees = 0.0; ///< clockwise, about the person's centre
    double scale = 1.0;           ///< the picture is shrunk to this
    double cut = 0.0;             ///< share of the person's box that is cut off at the bottom
};

/// Reads the picture; nothing when the person's torso is not marked. The box is that of the known
/// joints.
Result<std::optional<EvaluationPicture>> readEvaluationPicture(const AnnotatedPicture &annotated,
                                                               const AnnotatedPerson &person, const Skeleton &skeleton);

/// The picture after @p effect. Joints that are cut off become Missing; box and truth follow.
EvaluationPicture withEffect(const EvaluationPicture &picture, const PictureEffect &effect);

} // namespace poselift
