#include "models/detect/boxmotion.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

// Standard deviations as shares of the box's height: a detector's box jitters by a few per cent, a
// person's centre accelerates by a few body heights per second squared at most.
constexpr double kMeasurementNoise = 0.03;
constexpr double kSizeMeasurementNoise = 0.08;
constexpr double kCentreAcceleration = 4.0;
constexpr double kSizeAcceleration = 1.5;
constexpr double kFirstSpeed = 1.0;
// Time constant with which the speed of a lost person fades, seconds.
constexpr double kSpeedFade = 0.7;

std::array<double, 4> axesOf(const Box &box)
{
    return {box.centreX(), box.centreY(), box.width, box.height};
}

} // namespace

void BoxMotion::Axis::advance(double dt, double acceleration)
{
    position += velocity * dt;
    const double q = acceleration * acceleration;
    varPosition += 2 * dt * covariance + dt * dt * varVelocity + q * dt * dt * dt * dt / 4;
    covariance += dt * varVelocity + q * dt * dt * dt / 2;
    varVelocity += q * dt * dt;
}

void BoxMotion::Axis::correct(double measured, double noise)
{
    const double innovation = measured - position;
    const double total = varPosition + noise * noise;
    const double gainPosition = varPosition / total;
    const double gainVelocity = covariance / total;
    position += gainPosition * innovation;
    velocity += gainVelocity * innovation;
    varVelocity -= gainVelocity * covariance;
    covariance *= 1 - gainPosition;
    varPosition *= 1 - gainPosition;
}

BoxMotion::BoxMotion(const Box &box, double seconds) : m_seconds(seconds)
{
    const std::array<double, 4> values = axesOf(box);
    for (std::size_t i = 0; i < m_axes.size(); ++i) {
        m_axes[i].position = values[i];
        m_axes[i].varPosition = std::pow(kMeasurementNoise * box.height, 2);
        m_axes[i].varVelocity = std::pow((i < 2 ? kFirstSpeed : 0.1) * box.height, 2);
    }
}

Box BoxMotion::predicted(double seconds) const
{
    const double dt = std::max(seconds - m_seconds, 0.0);
    const double effective = kSpeedFade * (1 - std::exp(-dt / kSpeedFade));
    const double width = std::max(m_axes[2].position, 1.0);
    const double height = std::max(m_axes[3].position, 1.0);
    const double x = m_axes[0].position + m_axes[0].velocity * effective;
    const double y = m_axes[1].position + m_axes[1].velocity * effective;
    return {x - width / 2, y - height / 2, width, height};
}

void BoxMotion::update(const Box &box, double seconds)
{
    const double dt = std::max(seconds - m_seconds, 0.0);
    m_seconds = seconds;
    const double height = std::max(m_axes[3].position, 1.0);
    const std::array<double, 4> values = axesOf(box);
    for (std::size_t i = 0; i < m_axes.size(); ++i) {
        const bool centre = i < 2;
        m_axes[i].advance(dt, (centre ? kCentreAcceleration : kSizeAcceleration) * height);
        m_axes[i].correct(values[i], (centre ? kMeasurementNoise : kSizeMeasurementNoise) * height);
    }
}

} // namespace poselift
