#pragma once

#include "widgets/keys/viewkeys.h"

namespace poselift {

/// What TimelineView does on keys, in the order of timelineKeys().
enum class TimelineKey
{
    Previous,
    Next,
    PageBack,
    PageForward,
    First,
    Last,
    ZoomIn,
    ZoomOut,
    ShowAll,
};

/// The keys of a TimelineView that stands alone.
ViewKeys timelineKeys();

} // namespace poselift
