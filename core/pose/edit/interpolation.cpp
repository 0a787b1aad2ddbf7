#include "core/pose/edit/interpolation.h"

namespace poselift {

namespace {

double slope(double from, double to, double seconds)
{
    return (to - from) / seconds;
}

/// One coordinate of the support.
struct Coordinate
{
    double begin;
    double end;
    std::optional<double> before;
    std::optional<double> after;
};

Coordinate coordinateOf(const InterpolationSupport &support, double TimedPoint::*member)
{
    Coordinate coordinate{support.begin.*member, support.end.*member, {}, {}};
    if (support.before)
        coordinate.before = (*support.before).*member;
    if (support.after)
        coordinate.after = (*support.after).*member;
    return coordinate;
}

/// Cubic Hermite basis; @p u in [0, 1].
double hermite(const Coordinate &c, double slopeBegin, double slopeEnd, double span, double u)
{
    const double u2 = u * u;
    const double u3 = u2 * u;
    return (2 * u3 - 3 * u2 + 1) * c.begin + (u3 - 2 * u2 + u) * span * slopeBegin +
           (3 * u2 - 2 * u3) * c.end + (u3 - u2) * span * slopeEnd;
}

double cubic(const Coordinate &c, const InterpolationSupport &support, double u)
{
    const double span = support.end.seconds - support.begin.seconds;
    const double chord = slope(c.begin, c.end, span);
    // Slope at the middle of three points of a parabola: the two chords, each weighted by the
    // other's time.
    const auto parabola = [&](double outerChord, double outerSpan) {
        return (outerChord * span + chord * outerSpan) / (outerSpan + span);
    };
    std::optional<double> slopeBegin;
    std::optional<double> slopeEnd;
    if (c.before) {
        const double outer = support.begin.seconds - support.before->seconds;
        slopeBegin = parabola(slope(*c.before, c.begin, outer), outer);
    }
    if (c.after) {
        const double outer = support.after->seconds - support.end.seconds;
        slopeEnd = parabola(slope(c.end, *c.after, outer), outer);
    }
    // A parabola through both keyframes with one slope given has 2·chord − slope at the other.
    const double begin = slopeBegin.value_or(slopeEnd ? 2 * chord - *slopeEnd : chord);
    const double end = slopeEnd.value_or(slopeBegin ? 2 * chord - *slopeBegin : chord);
    return hermite(c, begin, end, span, u);
}

} // namespace

TimedPoint interpolated(const InterpolationSupport &support, double seconds, Interpolation method)
{
    const double u =
        (seconds - support.begin.seconds) / (support.end.seconds - support.begin.seconds);
    const auto at = [&](double TimedPoint::*member) {
        const Coordinate c = coordinateOf(support, member);
        return method == Interpolation::Linear ? c.begin + u * (c.end - c.begin)
                                               : cubic(c, support, u);
    };
    return {seconds, at(&TimedPoint::x), at(&TimedPoint::y)};
}

} // namespace poselift
