#pragma once

#include "core/pose/edit/framerange.h"
#include "core/pose/project.h"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace poselift {

/// A track of a layer, or some frames of it.
struct TrackInLayer
{
    std::string layer; ///< the annotation layer has no name
    TrackId track = 0;
    std::optional<FrameRange> frames; ///< which the track covers; none: all of it, which may move
    friend bool operator==(const TrackInLayer &, const TrackInLayer &) = default;
};

/// A project as it was at one moment, for a thread that writes it while the project's owner goes on
/// changing it. The arrays of the tracks, which may be gigabytes, are borrowed; the owner says before
/// changing one, and only that part is copied, unless it has been written already.
class ProjectSnapshot
{
public:
    /// @p project must stay where it is, and so must its arrays, until keepAll().
    explicit ProjectSnapshot(const Project &project);
    ProjectSnapshot(const ProjectSnapshot &) = delete;
    ProjectSnapshot &operator=(const ProjectSnapshot &) = delete;
    ~ProjectSnapshot();

    // For the owner of the project, before the change
    /// The values of these frames, or all arrays of this track, will change.
    void keep(const TrackInLayer &track);
    /// Anything may change, or the project goes.
    void keepAll();

    // For the writing thread
    /// Everything but the arrays of the tracks: there are empty ones, which stand for them below.
    Project &head() { return m_head; }
    const Project &head() const { return m_head; }
    /// Number of values of an array that stands empty in head().
    std::size_t size(const std::vector<float> &array) const { return bytesOf(&array) / sizeof(float); }
    std::size_t size(const std::vector<std::uint8_t> &array) const { return bytesOf(&array); }
    /// Its values first … first + count − 1.
    void copy(const std::vector<float> &array, std::size_t first, std::size_t count, float *to) const
    {
        copyBytes(&array, first * sizeof(float), count * sizeof(float), to);
    }
    void copy(const std::vector<std::uint8_t> &array, std::size_t first, std::size_t count, std::uint8_t *to) const
    {
        copyBytes(&array, first, count, to);
    }
    /// The array is written: nobody need keep it any more.
    template <typename T>
    void release(const std::vector<T> &array)
    {
        releaseArray(&array);
    }

private:
    struct Array;

    template <typename T>
    void borrow(const std::vector<T> &of, const std::vector<T> &placeholder, Array array);
    template <typename Tracks>
    void borrowTracks(const Tracks &of, Tracks &to, const std::string &layer);
    std::size_t bytesOf(const void *placeholder) const;
    void copyBytes(const void *placeholder, std::size_t first, std::size_t count, void *to) const;
    void releaseArray(const void *placeholder);
    static void keepFrames(Array &array, const FrameRange &frames);
    static void keepArray(Array &array);

    Project m_head;
    mutable std::mutex m_mutex;                              ///< of the arrays
    std::map<const void *, std::unique_ptr<Array>> m_arrays; ///< by the empty array in m_head
};

} // namespace poselift
