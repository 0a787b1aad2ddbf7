#pragma once

#include "core/pose/skeleton.h"
#include "core/review/finding.h"

#include <QString>

namespace poselift {

/// Short name of a reason, for a filter or a slider: "Low confidence".
QString reviewReasonTitle(ReviewReason reason);
/// What the reason means, for a tool tip.
QString reviewReasonExplanation(ReviewReason reason);
/// "left wrist, left elbow and 2 more".
QString findingJoints(const Finding &finding, const Skeleton &skeleton);
/// In words: "left wrist: 38 px from where the 3D projects".
QString findingText(const Finding &finding, const Skeleton &skeleton);

} // namespace poselift
