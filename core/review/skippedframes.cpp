#include "core/review/skippedframes.h"

#include <sstream>

namespace poselift {

SkippedFrames SkippedFrames::fromNote(const std::string &note)
{
    SkippedFrames skipped;
    std::istringstream words(note);
    for (std::string word; words >> word;) {
        std::istringstream parts(word);
        TrackId track = 0;
        std::int64_t frame = 0;
        char colon = 0;
        if (parts >> track >> colon >> frame && colon == ':' && parts.eof())
            skipped.add(track, frame);
    }
    return skipped;
}

SkippedFrames SkippedFrames::of(const std::map<std::string, std::string> &meta)
{
    const auto note = meta.find(kNote);
    return note != meta.end() ? fromNote(note->second) : SkippedFrames{};
}

std::string SkippedFrames::toNote() const
{
    std::string note;
    for (const auto &[track, frames] : m_frames) {
        for (const std::int64_t frame : frames)
            note += (note.empty() ? "" : " ") + std::to_string(track) + ":" + std::to_string(frame);
    }
    return note;
}

bool SkippedFrames::isNear(TrackId track, std::int64_t frame, std::int64_t radius) const
{
    const auto frames = m_frames.find(track);
    if (frames == m_frames.end())
        return false;
    const auto next = frames->second.lower_bound(frame - radius);
    return next != frames->second.end() && *next <= frame + radius;
}

std::int64_t SkippedFrames::count() const
{
    std::int64_t count = 0;
    for (const auto &[track, frames] : m_frames)
        count += static_cast<std::int64_t>(frames.size());
    return count;
}

} // namespace poselift
