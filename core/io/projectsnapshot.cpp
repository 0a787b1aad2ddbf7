#include "core/io/projectsnapshot.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace poselift {

struct ProjectSnapshot::Array
{
    std::string layer;
    TrackId track = 0;
    std::int64_t firstFrame = 0;
    std::int64_t frameCount = 0;
    const std::byte *values = nullptr;
    std::size_t bytes = 0;
    bool isBorrowed = true;
    std::unique_ptr<std::byte[]> copy;                          ///< of all of it
    std::map<std::size_t, std::unique_ptr<std::byte[]>> pieces; ///< copies of parts, by byte / kPieceBytes
};

namespace {

constexpr std::size_t kPieceBytes = 256 * 1024; ///< that are copied at once

/// Calls @p visit(array of a, the same array of b) for every array of a track.
template <typename Visit>
void forEachArray(const KeypointTrack &a, const KeypointTrack &b, const Visit &visit)
{
    visit(a.xy, b.xy);
    visit(a.confidence, b.confidence);
    visit(a.state, b.state);
}

template <typename Visit>
void forEachArray(const JointTrack &a, const JointTrack &b, const Visit &visit)
{
    visit(a.xyz, b.xyz);
    visit(a.valid, b.valid);
}

KeypointTrack withoutArrays(const KeypointTrack &track)
{
    return {track.id, track.label, track.jointCount, track.firstFrame, {}, {}, {}};
}

JointTrack withoutArrays(const JointTrack &track)
{
    return {track.id, track.jointCount, track.firstFrame, {}, {}};
}

template <typename Layer>
Layer withoutTracks(const Layer &layer)
{
    return {layer.name, layer.skeleton, layer.producer, {}};
}

} // namespace

ProjectSnapshot::ProjectSnapshot(const Project &project)
{
    m_head.uuid = project.uuid;
    m_head.saveGeneration = project.saveGeneration;
    m_head.media = project.media;
    m_head.skeleton = project.skeleton;
    m_head.camera = project.camera;
    m_head.splits = project.splits;
    m_head.meta = project.meta;
    borrowTracks(project.tracks, m_head.tracks, {});
    for (const KeypointLayer &layer : project.keypointLayers)
        borrowTracks(layer.tracks, m_head.keypointLayers.emplace_back(withoutTracks(layer)).tracks, layer.name);
    for (const JointLayer &layer : project.jointLayers)
        borrowTracks(layer.tracks, m_head.jointLayers.emplace_back(withoutTracks(layer)).tracks, layer.name);
}

ProjectSnapshot::~ProjectSnapshot() = default;

template <typename T>
void ProjectSnapshot::borrow(const std::vector<T> &of, const std::vector<T> &placeholder, Array array)
{
    array.values = reinterpret_cast<const std::byte *>(of.data());
    array.bytes = of.size() * sizeof(T);
    m_arrays.emplace(&placeholder, std::make_unique<Array>(std::move(array)));
}

template <typename Tracks>
void ProjectSnapshot::borrowTracks(const Tracks &of, Tracks &to, const std::string &layer)
{
    for (const auto &track : of)
        to.push_back(withoutArrays(track));
    // Only now: the placeholders must not move any more.
    for (std::size_t i = 0; i < of.size(); ++i) {
        forEachArray(of[i], to[i], [&](const auto &array, const auto &placeholder) {
            Array borrowed;
            borrowed.layer = layer;
            borrowed.track = of[i].id;
            borrowed.firstFrame = of[i].firstFrame;
            borrowed.frameCount = of[i].frameCount();
            borrow(array, placeholder, std::move(borrowed));
        });
    }
}

void ProjectSnapshot::keepFrames(Array &array, const FrameRange &frames)
{
    const std::int64_t first = frames.first - array.firstFrame;
    const std::int64_t end = frames.last + 1 - array.firstFrame;
    if (!array.isBorrowed || first < 0 || end > array.frameCount || first >= end)
        return; // frames that the track did not have then are none of ours
    const std::size_t perFrame = array.bytes / static_cast<std::size_t>(array.frameCount);
    const std::size_t endByte = static_cast<std::size_t>(end) * perFrame;
    for (std::size_t piece = static_cast<std::size_t>(first) * perFrame / kPieceBytes; piece * kPieceBytes < endByte;
         ++piece) {
        std::unique_ptr<std::byte[]> &kept = array.pieces[piece];
        if (kept)
            continue;
        const std::size_t at = piece * kPieceBytes;
        const std::size_t size = std::min(kPieceBytes, array.bytes - at);
        kept.reset(new std::byte[size]);
        std::memcpy(kept.get(), array.values + at, size);
    }
}

void ProjectSnapshot::keepArray(Array &array)
{
    if (!array.isBorrowed)
        return;
    array.copy.reset(new std::byte[array.bytes]); // not zeroed first, as make_unique would
    if (array.bytes > 0)
        std::memcpy(array.copy.get(), array.values, array.bytes);
    for (const auto &[piece, kept] : array.pieces) {
        const std::size_t at = piece * kPieceBytes;
        std::memcpy(array.copy.get() + at, kept.get(), std::min(kPieceBytes, array.bytes - at));
    }
    array.pieces.clear();
    array.values = array.copy.get();
    array.isBorrowed = false;
}

void ProjectSnapshot::keep(const TrackInLayer &track)
{
    const std::lock_guard lock(m_mutex);
    for (const auto &[placeholder, array] : m_arrays) {
        if (array->track != track.track || array->layer != track.layer)
            continue;
        if (track.frames)
            keepFrames(*array, *track.frames);
        else
            keepArray(*array);
    }
}

void ProjectSnapshot::keepAll()
{
    const std::lock_guard lock(m_mutex);
    for (const auto &[placeholder, array] : m_arrays)
        keepArray(*array);
}

std::size_t ProjectSnapshot::bytesOf(const void *placeholder) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_arrays.find(placeholder);
    return found != m_arrays.end() ? found->second->bytes : 0;
}

void ProjectSnapshot::copyBytes(const void *placeholder, std::size_t first, std::size_t count, void *to) const
{
    const std::lock_guard lock(m_mutex);
    const Array &array = *m_arrays.at(placeholder);
    auto *next = static_cast<std::byte *>(to);
    while (count > 0) {
        const std::size_t offset = first % kPieceBytes;
        const std::size_t size = std::min(count, kPieceBytes - offset);
        const auto kept = array.pieces.find(first / kPieceBytes);
        std::memcpy(next, kept != array.pieces.end() ? kept->second.get() + offset : array.values + first, size);
        next += size;
        first += size;
        count -= size;
    }
}

void ProjectSnapshot::releaseArray(const void *placeholder)
{
    const std::lock_guard lock(m_mutex);
    m_arrays.erase(placeholder);
}

} // namespace poselift
