#include "core/io/projectsnapshot.h"

#include <cstring>
#include <utility>

namespace poselift {

struct ProjectSnapshot::Array
{
    const std::byte *values = nullptr;
    std::size_t bytes = 0;
    TrackInLayer track; ///< that it is of
    std::unique_ptr<std::byte[]> copy;
    bool isBorrowed = true;
};

namespace {

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
void ProjectSnapshot::borrow(const std::vector<T> &of, const std::vector<T> &placeholder, const TrackInLayer &track)
{
    auto array = std::make_unique<Array>();
    array->values = reinterpret_cast<const std::byte *>(of.data());
    array->bytes = of.size() * sizeof(T);
    array->track = track;
    m_arrays.emplace(&placeholder, std::move(array));
}

template <typename Tracks>
void ProjectSnapshot::borrowTracks(const Tracks &of, Tracks &to, const std::string &layer)
{
    for (const auto &track : of)
        to.push_back(withoutArrays(track));
    // Only now: the placeholders must not move any more.
    for (std::size_t i = 0; i < of.size(); ++i) {
        forEachArray(of[i], to[i], [&](const auto &array, const auto &placeholder) {
            borrow(array, placeholder, {layer, of[i].id});
        });
    }
}

void ProjectSnapshot::keepArray(Array &array)
{
    if (!array.isBorrowed)
        return;
    array.copy.reset(new std::byte[array.bytes]); // not zeroed first, as make_unique would
    if (array.bytes > 0)
        std::memcpy(array.copy.get(), array.values, array.bytes);
    array.values = array.copy.get();
    array.isBorrowed = false;
}

void ProjectSnapshot::keep(const TrackInLayer &track)
{
    const std::lock_guard lock(m_mutex);
    for (const auto &[placeholder, array] : m_arrays) {
        if (array->track == track)
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
    if (count > 0)
        std::memcpy(to, m_arrays.at(placeholder)->values + first, count);
}

void ProjectSnapshot::releaseArray(const void *placeholder)
{
    const std::lock_guard lock(m_mutex);
    m_arrays.erase(placeholder);
}

} // namespace poselift
