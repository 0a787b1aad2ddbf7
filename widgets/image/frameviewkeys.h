#pragma once

#include "widgets/keys/viewkeys.h"

#include <QPointF>

namespace poselift {

/// What FrameView does on keys, in the order of frameViewKeys().
enum class FrameViewKey
{
    NudgeLeft,
    NudgeRight,
    NudgeUp,
    NudgeDown,
    NudgeLeftFar,
    NudgeRightFar,
    NudgeUpFar,
    NudgeDownFar,
    NudgeLeftFine,
    NudgeRightFine,
    NudgeUpFine,
    NudgeDownFine,
    NextJoint,
    PreviousJoint,
    PanTool,
    Fit,
    Pixels,
    ZoomIn,
    ZoomOut,
    PanLeft,
    PanRight,
    PanUp,
    PanDown,
};

/// The keys of a FrameView that stands alone.
ViewKeys frameViewKeys();

/// By how many picture pixels a nudge moves the joint; (0, 0) for what is no nudge.
QPointF nudgeOf(FrameViewKey key);
/// By how many view pixels the picture is moved.
QPointF panOf(FrameViewKey key);

} // namespace poselift
