#include "core/pose/edit/stale3d.h"

#include "core/pose/edit/trackextent.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace poselift {

namespace {

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

/// False when @p text is not a whole number.
template <typename T>
bool readNumber(std::string_view text, T *number)
{
    const auto read = std::from_chars(text.data(), text.data() + text.size(), *number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

FrameRange rangeFromText(std::string_view text)
{
    const std::vector<std::string_view> ends = split(text, '-');
    FrameRange range;
    const bool isRange = ends.size() == 2 && readNumber(ends[0], &range.first) && readNumber(ends[1], &range.last);
    return isRange ? range : FrameRange();
}

bool isAnnotated(const KeypointTrack &track, std::int64_t frame)
{
    const auto begin = track.state.begin() + static_cast<std::ptrdiff_t>((frame - track.firstFrame) * track.jointCount);
    return std::any_of(begin, begin + track.jointCount, [](std::uint8_t state) {
        return (state & kStateMask) != static_cast<unsigned>(KeypointState::Missing);
    });
}

} // namespace

std::string toText(const TrackFrames &frames)
{
    std::string text;
    for (const auto &[id, ranges] : frames) {
        if (ranges.isEmpty())
            continue;
        text += (text.empty() ? "" : ";") + std::to_string(id) + ":";
        for (const FrameRange &range : ranges.ranges())
            text += (text.ends_with(':') ? "" : ",") + std::to_string(range.first) + "-" + std::to_string(range.last);
    }
    return text;
}

TrackFrames trackFramesFromText(const std::string &text)
{
    TrackFrames frames;
    for (const std::string_view person : split(text, ';')) {
        const std::vector<std::string_view> parts = split(person, ':');
        TrackId id = 0;
        if (parts.size() != 2 || !readNumber(parts[0], &id))
            continue;
        for (const std::string_view range : split(parts[1], ','))
            frames[id].add(rangeFromText(range));
    }
    return frames;
}

TrackFrames stale3d(const Project &project)
{
    const auto note = project.meta.find(kStale3d);
    return note != project.meta.end() ? trackFramesFromText(note->second) : annotatedFrames(project);
}

TrackFrames annotatedFrames(const Project &project)
{
    TrackFrames frames;
    for (const KeypointTrack &track : project.tracks) {
        FrameRange run; // of frames in a row
        for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame) {
            if (!isAnnotated(track, frame))
                continue;
            if (run.last + 1 != frame || run.count() == 0) {
                frames[track.id].add(run);
                run.first = frame;
            }
            run.last = frame;
        }
        frames[track.id].add(run);
    }
    return frames;
}

FrameRange framesOf(const Project &project, TrackId id)
{
    FrameRange frames;
    const auto add = [&frames](const std::vector<KeypointTrack> &tracks, TrackId track) {
        const KeypointTrack *found = findTrack(tracks, track);
        if (found == nullptr || found->frameCount() == 0)
            return;
        const FrameRange own{found->firstFrame, found->endFrame() - 1};
        frames =
            frames.count() == 0 ? own : FrameRange{std::min(frames.first, own.first), std::max(frames.last, own.last)};
    };
    add(project.tracks, id);
    if (const KeypointLayer *detected = project.keypointLayer("detected"))
        add(detected->tracks, id);
    return frames;
}

} // namespace poselift
