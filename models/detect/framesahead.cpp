#include "models/detect/framesahead.h"

#include <chrono>

namespace poselift {

namespace {

using Clock = std::chrono::steady_clock;

// Frames that wait between two threads. One each way is enough to keep all busy; the others even
// out frames that take longer.
constexpr std::size_t kDecodedAhead = 2;
constexpr std::size_t kSearchedAhead = 2;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

} // namespace

FramesAhead::FramesAhead(FrameSource &source, std::int64_t first, std::int64_t end, Finder finder)
    : m_finder(std::move(finder)), m_decoded(kDecodedAhead), m_searched(kSearchedAhead),
      m_decoding([this, &source, first, end] { decode(source, first, end); }), m_finding([this] { find(); })
{
}

void FramesAhead::stop()
{
    m_searched.close();
    m_decoded.close();
    for (std::thread *thread : {&m_finding, &m_decoding}) {
        if (thread->joinable())
            thread->join();
    }
}

void FramesAhead::decode(FrameSource &source, std::int64_t first, std::int64_t end)
{
    for (std::int64_t i = first; i < end; ++i) {
        const Clock::time_point start = Clock::now();
        Result<VideoFrame> frame = source.frame(i);
        m_decodeSeconds += secondsSince(start);
        const bool failed = !frame.ok();
        if (!m_decoded.push(std::move(frame)) || failed)
            break;
    }
    m_decoded.finish();
}

void FramesAhead::find()
{
    while (std::optional<Result<VideoFrame>> frame = m_decoded.pop()) {
        SearchedFrame searched{*std::move(frame), std::vector<Box>()};
        if (searched.frame.ok()) {
            const Clock::time_point start = Clock::now();
            searched.found = m_finder(searched.frame->view());
            m_findSeconds += secondsSince(start);
        }
        if (!m_searched.push(std::move(searched)))
            break;
    }
    m_searched.finish();
}

} // namespace poselift
