#pragma once

#include "core/base/job.h"
#include "core/media/framecache.h"
#include "core/media/framesource.h"

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace poselift {

/// What a FrameReader tells. Called on the reader's threads (frames and opening on one, the index on
/// another), never after the reader's destructor has begun to return; must not destroy the reader.
/// Empty functions are allowed.
struct FrameReaderCallbacks
{
    std::function<void(const MediaInfo &info, const VideoFrame &first)> opened;
    std::function<void(const Error &error)> openFailed;
    std::function<void(const VideoFrame &frame)> frameReady; ///< answers request()
    std::function<void(std::int64_t frame, const Error &error)> frameFailed;
    std::function<void(const JobProgress &progress)> indexProgress; ///< at most 10 times a second
    std::function<void(const FrameIndex &index)> indexFinished;
    std::function<void(const Error &error)> indexFailed;
};

struct FrameReaderOptions
{
    std::size_t cacheLimitBytes = std::size_t(512) << 20;
    int readAhead = 24; ///< frames decoded ahead of the one asked for, at most half the cache
};

struct FrameReaderStatistics
{
    std::size_t cacheBytes = 0;
    std::size_t cacheFrames = 0;
    std::int64_t cacheHits = 0;     ///< requests answered without decoding
    std::int64_t cacheMisses = 0;   ///< requests that had to be decoded
    std::int64_t superseded = 0;    ///< requests dropped because a newer one came
    std::int64_t decodedAhead = 0;  ///< frames decoded before anybody asked
    int readAhead = 0;              ///< frames that it reads ahead now
};

/// Frames of a media file for a view that must not wait: opening, indexing and decoding happen on
/// own threads; the first frame is delivered as soon as the file is open, while the index is still
/// being built on a second FrameSource. All public functions may be called from any thread and
/// return at once.
class FrameReader
{
public:
    FrameReader(std::filesystem::path path, FrameReaderCallbacks callbacks, FrameReaderOptions options = {});
    /// Stops decoding and indexing and waits for the threads: within about one frame's decoding.
    ~FrameReader();
    FrameReader(const FrameReader &) = delete;
    FrameReader &operator=(const FrameReader &) = delete;

    /// Asks for a frame; the answer is frameReady or frameFailed. A request that was not begun when
    /// the next one comes is dropped: only the latest counts. Before the index is complete, frames
    /// near the beginning are read in order; others wait for the index.
    void request(std::int64_t frame);
    /// The frame when it is in the cache already, at once.
    std::optional<VideoFrame> cached(std::int64_t frame);
    /// Whether cached() would find it; does not count as a use.
    bool isCached(std::int64_t frame) const;
    /// Where read-ahead goes: +1 forward (the default), −1 backward, 0 nowhere.
    void setPlayDirection(int direction);

    FrameReaderStatistics statistics() const;

private:
    struct Work
    {
        std::int64_t first = -1; // frames to decode, ascending
        std::int64_t last = -1;
        bool requested = false;  // the answer to request(first), not read-ahead
    };

    void buildIndex(const std::stop_token &stop);
    void readFrames(const std::stop_token &stop);
    bool open(const std::stop_token &stop);
    std::optional<Work> nextWork(const std::stop_token &stop);
    bool reachable(std::int64_t frame) const;
    std::optional<Work> requestedWork();
    std::optional<Work> aheadWork() const;
    void decode(const Work &work, const std::stop_token &stop);
    bool answerFromCache(std::int64_t frame);
    void store(const VideoFrame &frame, const Work &work);
    bool mayGoOn(std::int64_t frame, std::int64_t last);
    void failed(const Work &work, std::int64_t frame, const Error &error);

    const std::filesystem::path m_path;
    const FrameReaderCallbacks m_callbacks;
    const FrameReaderOptions m_options;

    // Of the reading thread.
    std::unique_ptr<FrameSource> m_source;
    bool m_indexed = false; // m_source has its index

    // Shared; m_mutex.
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    FrameCache m_cache;
    FrameReaderStatistics m_statistics;
    std::optional<std::int64_t> m_requested; // not yet begun
    std::int64_t m_current = 0;              // asked for last: read-ahead starts there
    int m_direction = 1;
    int m_readAhead = 0;
    std::int64_t m_readInOrder = 0;          // before the index: frames 0 … here − 1 were decoded
    bool m_aheadFailed = false;              // until the next request
    std::optional<FrameIndex> m_newIndex;    // built, not yet given to m_source
    std::int64_t m_frameCount = -1;          // −1 before the index
    std::optional<Error> m_indexError;       // there will be no index

    // Last, so that they end before the members above go. m_reading starts m_indexing.
    std::jthread m_indexing;
    std::jthread m_reading;
};

} // namespace poselift
