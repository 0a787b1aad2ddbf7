#pragma once

#include "core/pose/keypoint.h"

#include <array>

namespace poselift {

/// Constant-velocity Kalman filter of a person's box: centre, width and height, each on its own.
/// Noise scales with the box's height, so that near and far people are treated alike.
class BoxMotion
{
public:
    BoxMotion(const Box &box, double seconds);

    /// The box expected at @p seconds (not before the last update). The speed fades out when nothing
    /// was seen for long, because people do not walk on blindly.
    Box predicted(double seconds) const;
    void update(const Box &box, double seconds);
    double lastSeconds() const { return m_seconds; }

private:
    struct Axis
    {
        double position = 0.0;
        double velocity = 0.0; ///< per second
        double varPosition = 0.0;
        double covariance = 0.0;
        double varVelocity = 0.0;

        void advance(double dt, double acceleration);
        void correct(double measured, double noise);
    };

    double m_seconds = 0.0;
    std::array<Axis, 4> m_axes; ///< centre x, centre y, width, height
};

} // namespace poselift
