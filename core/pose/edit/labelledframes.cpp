#include "core/pose/edit/labelledframes.h"

#include <algorithm>
#include <cstring>
#include <span>

namespace poselift {

namespace {

using States = std::span<const std::uint8_t>;

/// Packed states that are read at once: tracks are mostly empty, and eight zeros are one comparison.
constexpr std::size_t kAtOnce = sizeof(std::uint64_t);

bool isByHand(std::uint8_t packed)
{
    const auto origin = static_cast<KeypointOrigin>(packed >> 4U);
    return (packed & kStateMask) != static_cast<unsigned>(KeypointState::Missing)
           && (origin == KeypointOrigin::Corrected || origin == KeypointOrigin::From3d);
}

bool areAllZero(const std::uint8_t *states)
{
    std::uint64_t word = 0;
    std::memcpy(&word, states, kAtOnce);
    return word == 0;
}

/// Index of the first state by hand; states.size() when there is none.
std::size_t firstByHand(States states)
{
    std::size_t at = 0;
    while (at < states.size()) {
        if (at + kAtOnce <= states.size() && areAllZero(states.data() + at))
            at += kAtOnce;
        else if (isByHand(states[at]))
            return at;
        else
            ++at;
    }
    return at;
}

/// One past the index of the last state by hand; 0 when there is none.
std::size_t lastByHand(States states)
{
    std::size_t end = states.size();
    while (end > 0) {
        if (end >= kAtOnce && areAllZero(states.data() + end - kAtOnce))
            end -= kAtOnce;
        else if (isByHand(states[end - 1]))
            return end;
        else
            --end;
    }
    return end;
}

/// The states of the frames first … end − 1 that @p track covers.
States statesOf(const KeypointTrack &track, std::int64_t first, std::int64_t end)
{
    first = std::max(first, track.firstFrame);
    end = std::min(end, track.endFrame());
    if (first >= end)
        return {};
    return States(track.state)
        .subspan(static_cast<std::size_t>((first - track.firstFrame) * track.jointCount),
                 static_cast<std::size_t>((end - first) * track.jointCount));
}

} // namespace

std::optional<std::int64_t> nextLabelledFrame(const std::vector<KeypointTrack> &tracks, std::int64_t frame)
{
    std::optional<std::int64_t> nearest;
    for (const KeypointTrack &track : tracks) {
        const std::int64_t first = std::max(frame + 1, track.firstFrame);
        const States states = statesOf(track, first, nearest.value_or(track.endFrame()));
        if (const std::size_t at = firstByHand(states); at < states.size())
            nearest = first + static_cast<std::int64_t>(at) / track.jointCount;
    }
    return nearest;
}

std::optional<std::int64_t> previousLabelledFrame(const std::vector<KeypointTrack> &tracks, std::int64_t frame)
{
    std::optional<std::int64_t> nearest;
    for (const KeypointTrack &track : tracks) {
        const std::int64_t first = nearest ? std::max(*nearest + 1, track.firstFrame) : track.firstFrame;
        const States states = statesOf(track, first, frame);
        if (const std::size_t end = lastByHand(states); end > 0)
            nearest = first + static_cast<std::int64_t>(end - 1) / track.jointCount;
    }
    return nearest;
}

} // namespace poselift
