#include "models/finetune/correctedtrack.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr double kReachFrames = 15.0; ///< over which one correction says much about its neighbours

struct Shift
{
    std::int64_t frame = 0;
    Eigen::Vector2d px;
};

std::vector<Shift> shiftsOf(const PersonLabels &person, std::span<const FrameSpan> train, int joint)
{
    std::vector<Shift> shifts;
    const KeypointTrack &corrected = person.corrected;
    for (std::int64_t frame = corrected.firstFrame; frame < corrected.endFrame(); ++frame) {
        const Keypoint2D label = corrected.keypoint(frame, joint);
        const Keypoint2D found = person.detected.keypoint(frame, joint);
        if (label.isKnown() && found.isKnown() && contains(train, frame))
            shifts.push_back({frame, {label.x - found.x, label.y - found.y}});
    }
    return shifts;
}

Eigen::Vector2d meanOf(const std::vector<Shift> &shifts)
{
    Eigen::Vector2d sum = Eigen::Vector2d::Zero();
    for (const Shift &shift : shifts)
        sum += shift.px;
    return shifts.empty() ? sum : Eigen::Vector2d(sum / static_cast<double>(shifts.size()));
}

/// Linear between the corrections around @p frame, and towards @p mean with the distance to them.
Eigen::Vector2d shiftAt(const std::vector<Shift> &shifts, const Eigen::Vector2d &mean, std::int64_t frame)
{
    if (shifts.empty())
        return mean;
    const auto after = std::ranges::lower_bound(shifts, frame, {}, &Shift::frame);
    const Shift &next = after == shifts.end() ? shifts.back() : *after;
    const Shift &previous = after == shifts.begin() ? shifts.front() : *(after - 1);
    const std::int64_t width = next.frame - previous.frame;
    const double share =
        width > 0 ? std::clamp(static_cast<double>(frame - previous.frame) / static_cast<double>(width), 0.0, 1.0) : 0.0;
    const Eigen::Vector2d between = previous.px + share * (next.px - previous.px);
    const auto distance = static_cast<double>(std::min(std::abs(frame - previous.frame), std::abs(next.frame - frame)));
    const double trust = std::exp(-distance / kReachFrames);
    return trust * between + (1 - trust) * mean;
}

} // namespace

KeypointTrack correctedEverywhere(const PersonLabels &person, std::span<const FrameSpan> train)
{
    KeypointTrack result = person.detected;
    for (int joint = 0; joint < result.jointCount; ++joint) {
        const std::vector<Shift> shifts = shiftsOf(person, train, joint);
        const Eigen::Vector2d mean = meanOf(shifts);
        for (std::int64_t frame = result.firstFrame; frame < result.endFrame(); ++frame) {
            Keypoint2D keypoint = result.keypoint(frame, joint);
            const Keypoint2D label = person.corrected.keypoint(frame, joint);
            if (label.isKnown() && contains(train, frame)) {
                keypoint = label;
                keypoint.confidence = 1.0F;
            } else if (keypoint.isKnown()) {
                const Eigen::Vector2d shift = shiftAt(shifts, mean, frame);
                keypoint.x += shift.x();
                keypoint.y += shift.y();
            }
            result.setKeypoint(frame, joint, keypoint);
        }
    }
    return result;
}

} // namespace poselift
