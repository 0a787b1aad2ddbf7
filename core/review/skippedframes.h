#pragma once

#include "core/pose/track.h"

#include <map>
#include <set>
#include <string>

namespace poselift {

/// Frames of people that the user does not want to be shown again in the queue. Kept as a note of
/// the project (Project::meta[kSkippedFrames]): "track:frame" apart by spaces, in ascending order.
class SkippedFrames
{
public:
    static constexpr const char *kNote = "review_skipped"; ///< key in Project::meta

    /// Words that cannot be read are left out.
    static SkippedFrames fromNote(const std::string &note);
    static SkippedFrames of(const std::map<std::string, std::string> &meta);
    std::string toNote() const;

    void add(TrackId track, std::int64_t frame) { m_frames[track].insert(frame); }
    /// True when a skipped frame of @p track lies within @p radius frames: one mistake lasts longer
    /// than a frame.
    bool isNear(TrackId track, std::int64_t frame, std::int64_t radius) const;
    std::int64_t count() const;
    friend bool operator==(const SkippedFrames &, const SkippedFrames &) = default;

private:
    std::map<TrackId, std::set<std::int64_t>> m_frames;
};

} // namespace poselift
