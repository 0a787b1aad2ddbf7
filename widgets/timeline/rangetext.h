#pragma once

#include "core/pose/edit/framerange.h"

#include <QString>

#include <vector>

namespace poselift {

/// "Frames 10–40: 31 frames, 1.240 s". The duration goes to the end of the last frame; it is left out
/// when @p seconds, the time stamps of all frames, do not hold the range.
QString rangeText(const FrameRange &range, const std::vector<double> &seconds);

} // namespace poselift
