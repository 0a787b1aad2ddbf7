#pragma once

#include "core/pose/keypoint.h"

#include <optional>

namespace poselift {

enum class Interpolation
{
    Linear,
    Cubic, ///< Hermite spline whose slopes come from the neighbours outside, if there are any
};

/// A known position and when it was seen.
struct TimedPoint
{
    double seconds = 0.0;
    double x = 0.0; ///< px
    double y = 0.0; ///< px
};

/// The two keyframes of an interpolation, and for cubic ones the points before and after them.
struct InterpolationSupport
{
    TimedPoint begin;
    TimedPoint end;                   ///< later than begin
    std::optional<TimedPoint> before; ///< earlier than begin
    std::optional<TimedPoint> after;  ///< later than end
};

/// Position at @p seconds between begin and end. Cubic: the slope at a keyframe is that of the
/// parabola through it and its two neighbours (Bessel's: de Boor, A Practical Guide to Splines,
/// 1978, chapter IV), so that parabolas are met exactly at any times. At a keyframe without a
/// neighbour outside it is that of the parabola from the other end; without any, the straight line.
TimedPoint interpolated(const InterpolationSupport &support, double seconds, Interpolation method);

} // namespace poselift
