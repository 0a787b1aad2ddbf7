#include "core/media/framereader.h"

#include <sys/resource.h>

#include <algorithm>
#include <limits>

namespace poselift {

namespace {

/// Before the index a request up to this many frames ahead of those read in order is decoded; one
/// further on waits for the index, which for most files is there sooner.
constexpr std::int64_t kReachInOrder = 300;
constexpr int kIndexNice = 10;
/// Nothing more can be read in order.
constexpr std::int64_t kEnded = std::numeric_limits<std::int64_t>::max();

} // namespace

FrameReader::FrameReader(std::filesystem::path path, FrameReaderCallbacks callbacks, FrameReaderOptions options)
    : m_path(std::move(path)), m_callbacks(std::move(callbacks)), m_options(options), m_cache(options.cacheLimitBytes),
      m_reading([this](std::stop_token stop) { readFrames(std::move(stop)); })
{
}

FrameReader::~FrameReader()
{
    m_reading.request_stop();
    m_reading.join(); // from here on nobody else touches m_indexing
    m_indexing.request_stop();
}

// ---------------------------------------------------------------------------- any thread

void FrameReader::request(std::int64_t frame)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_requested && *m_requested != frame)
            ++m_statistics.superseded;
        m_requested = frame;
        m_current = frame;
        m_aheadFailed = false;
    }
    m_wake.notify_all();
}

std::optional<VideoFrame> FrameReader::cached(std::int64_t frame)
{
    std::optional<VideoFrame> found;
    {
        const std::lock_guard lock(m_mutex);
        found = m_cache.take(frame);
        if (!found)
            return found;
        ++m_statistics.cacheHits;
        m_current = frame;
        m_aheadFailed = false;
        m_requested.reset(); // whoever takes this frame does not want an older one any more
    }
    m_wake.notify_all();
    return found;
}

void FrameReader::setPlayDirection(int direction)
{
    {
        const std::lock_guard lock(m_mutex);
        m_direction = direction;
    }
    m_wake.notify_all();
}

FrameReaderStatistics FrameReader::statistics() const
{
    const std::lock_guard lock(m_mutex);
    FrameReaderStatistics statistics = m_statistics;
    statistics.cacheBytes = m_cache.bytes();
    statistics.cacheFrames = m_cache.frameCount();
    statistics.readAhead = m_readAhead;
    return statistics;
}

// ---------------------------------------------------------------------------- index thread

void FrameReader::buildIndex(const std::stop_token &stop)
{
    // Linux: the nice value of this thread and of the decoder threads that it starts. Showing frames
    // comes first.
    setpriority(PRIO_PROCESS, 0, kIndexNice);
    auto source = openFrameSource(m_path);
    JobContext job;
    job.stop = stop;
    job.progress = m_callbacks.indexProgress;
    Result<FrameIndex> index = source ? (*source)->buildIndex(job) : Result<FrameIndex>(source.error());
    if (stop.stop_requested())
        return;
    {
        const std::lock_guard lock(m_mutex);
        if (index) {
            m_newIndex = *index;
            m_frameCount = index->frameCount();
        } else {
            m_indexError = index.error();
        }
    }
    m_wake.notify_all();
    if (index && m_callbacks.indexFinished)
        m_callbacks.indexFinished(*index);
    if (!index && m_callbacks.indexFailed)
        m_callbacks.indexFailed(index.error());
}

// ---------------------------------------------------------------------------- reading thread

void FrameReader::readFrames(const std::stop_token &stop)
{
    if (!open(stop))
        return;
    while (!stop.stop_requested()) {
        if (const std::optional<Work> work = nextWork(stop))
            decode(*work, stop);
    }
}

bool FrameReader::open(const std::stop_token &stop)
{
    auto source = openFrameSource(m_path);
    if (stop.stop_requested())
        return false;
    if (!source) {
        if (m_callbacks.openFailed)
            m_callbacks.openFailed(source.error());
        return false;
    }
    m_source = std::move(*source);
    m_source->setStopToken(stop);
    const VideoFrame first = m_source->firstFrame().value();
    {
        const std::lock_guard lock(m_mutex);
        m_cache.insert(first);
        const std::size_t frames = m_options.cacheLimitBytes / std::max<std::size_t>(first.pixels->size(), 1);
        m_readAhead = static_cast<int>(std::min(static_cast<std::size_t>(std::max(m_options.readAhead, 0)), frames / 2));
        m_readInOrder = 1;
    }
    if (m_callbacks.opened)
        m_callbacks.opened(m_source->info(), first);
    m_indexing = std::jthread([this](const std::stop_token &token) { buildIndex(token); });
    return true;
}

/// Waits for something to do; nothing when it is time to stop or an index was taken over.
std::optional<FrameReader::Work> FrameReader::nextWork(const std::stop_token &stop)
{
    std::optional<Work> work;
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, stop, [&] { return m_newIndex || (work = requestedWork()) || (work = aheadWork()); });
    if (stop.stop_requested())
        return std::nullopt;
    if (m_newIndex) {
        FrameIndex index = std::move(*m_newIndex);
        m_newIndex.reset();
        lock.unlock();
        m_source->setIndex(std::move(index));
        m_indexed = true;
        return std::nullopt;
    }
    return work;
}

/// True when frame @p frame can be had now. m_mutex is held.
bool FrameReader::reachable(std::int64_t frame) const
{
    if (m_indexed || m_indexError || m_cache.contains(frame))
        return true;
    return m_readInOrder != kEnded && frame >= m_readInOrder && frame < m_readInOrder + kReachInOrder;
}

std::optional<FrameReader::Work> FrameReader::requestedWork()
{
    if (!m_requested || !reachable(*m_requested))
        return std::nullopt;
    const std::int64_t frame = *m_requested;
    m_requested.reset();
    return Work{frame, frame, true};
}

/// The next frames to read ahead. m_mutex is held.
std::optional<FrameReader::Work> FrameReader::aheadWork() const
{
    if (m_direction == 0 || m_aheadFailed || m_indexError)
        return std::nullopt;
    for (std::int64_t step = 1; step <= m_readAhead; ++step) {
        const std::int64_t frame = m_current + (m_direction > 0 ? step : -step);
        if (frame < 0 || (m_indexed && frame >= m_frameCount))
            return std::nullopt;
        if (m_cache.contains(frame) || !reachable(frame))
            continue;
        if (m_direction > 0 || !m_indexed)
            return Work{frame, frame, false};
        // Backward: a seek costs the way from a key frame, so it is paid once for a whole run.
        return Work{std::max<std::int64_t>(0, m_current - m_readAhead), frame, false};
    }
    return std::nullopt;
}

void FrameReader::decode(const Work &work, const std::stop_token &stop)
{
    for (std::int64_t frame = work.first; frame <= work.last && !stop.stop_requested(); ++frame) {
        if (work.requested ? answerFromCache(frame) : isCached(frame))
            continue;
        auto decoded = m_indexed ? m_source->frame(frame) : m_source->frameInOrder(frame);
        if (stop.stop_requested())
            return;
        if (!decoded) {
            failed(work, frame, decoded.error());
            return;
        }
        store(*decoded, work);
        if (!work.requested && !mayGoOn(frame, work.last))
            return;
    }
}

bool FrameReader::isCached(std::int64_t frame) const
{
    const std::lock_guard lock(m_mutex);
    return m_cache.contains(frame);
}

/// Delivers @p frame when the cache has it.
bool FrameReader::answerFromCache(std::int64_t frame)
{
    std::optional<VideoFrame> found;
    {
        const std::lock_guard lock(m_mutex);
        found = m_cache.take(frame);
        ++(found ? m_statistics.cacheHits : m_statistics.cacheMisses);
    }
    if (found && m_callbacks.frameReady)
        m_callbacks.frameReady(*found);
    return found.has_value();
}

void FrameReader::store(const VideoFrame &frame, const Work &work)
{
    bool wanted = work.requested;
    {
        const std::lock_guard lock(m_mutex);
        m_cache.insert(frame);
        if (!m_indexed)
            m_readInOrder = frame.index + 1;
        if (!work.requested) {
            ++m_statistics.decodedAhead;
            if (m_requested == frame.index) { // asked for while it was being read ahead
                m_requested.reset();
                wanted = true;
            }
        }
    }
    if (wanted && m_callbacks.frameReady)
        m_callbacks.frameReady(frame);
}

/// Reading ahead goes on while requests, if any, are served by the cache or on the way.
bool FrameReader::mayGoOn(std::int64_t frame, std::int64_t last)
{
    std::optional<std::int64_t> inCache;
    {
        const std::lock_guard lock(m_mutex);
        if (m_newIndex)
            return false;
        if (!m_requested || (*m_requested > frame && *m_requested <= last))
            return true;
        if (!m_cache.contains(*m_requested))
            return false;
        inCache = m_requested;
        m_requested.reset();
    }
    return answerFromCache(*inCache);
}

void FrameReader::failed(const Work &work, std::int64_t frame, const Error &error)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_indexed && !m_indexError) {
            // The end, or a gap that only the index explains: ask again when it is there.
            m_readInOrder = kEnded;
            if (work.requested && !m_requested)
                m_requested = frame;
            return;
        }
        if (!work.requested) {
            m_aheadFailed = true;
            return;
        }
    }
    if (m_callbacks.frameFailed)
        m_callbacks.frameFailed(frame, m_indexed ? error : *m_indexError);
}

} // namespace poselift
