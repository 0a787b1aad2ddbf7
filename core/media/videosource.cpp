#include "core/media/videosource.h"

#include "core/media/frameindexer.h"

#include <algorithm>

namespace poselift {

namespace {

/// Seek points tried, each further back, before the file is decoded from its start.
constexpr int kSeekPointsTried = 4;
/// Moving forward by fewer frames than this is decoded even across a seek point.
constexpr std::int64_t kShortStep = 4;
/// Packets read to find a seek point before giving up on this way of seeking.
constexpr int kPacketsSearched = 5000;

} // namespace

VideoSource::VideoSource(std::filesystem::path path, std::unique_ptr<VideoFile> file)
    : m_path(std::move(path)), m_file(std::move(file)), m_info(m_file->info()), m_converter(m_file->orientation())
{
}

Result<std::unique_ptr<VideoSource>> VideoSource::open(const std::filesystem::path &path)
{
    auto file = VideoFile::open(path);
    if (!file)
        return file.error();
    std::unique_ptr<VideoSource> source(new VideoSource(path, std::move(*file)));
    if (auto read = source->readFirstFrame(); !read)
        return read.error();
    return source;
}

Result<void> VideoSource::readFirstFrame()
{
    if (!m_file->nextFrame(*m_frame)) {
        if (m_file->problems().any())
            return Error(ErrorCode::FileTruncated, {{"path", m_info.path}, {"detail", "not one frame can be decoded"}});
        return Error(ErrorCode::NoFrames, {{"path", m_info.path}});
    }
    m_first = m_converter.convert(*m_frame);
    if (m_first.isNull())
        return Error(ErrorCode::UnsupportedCodec, {{"path", m_info.path}, {"found", m_info.codec + " with an unknown pixel format"}});
    m_first.index = 0;
    m_first.seconds = secondsOf(*m_frame);
    m_info.width = m_first.width;
    m_info.height = m_first.height;
    m_last = m_first;
    m_next = 1;
    return {};
}

Result<FrameIndex> VideoSource::buildIndex(const JobContext &job)
{
    if (m_index.frameCount() == 0) {
        auto built = buildVideoIndex(m_path, IndexMethod::Automatic, job);
        if (!built)
            return built.error();
        setIndex(std::move(*built));
    }
    return m_index;
}

void VideoSource::setIndex(FrameIndex index)
{
    if (index.keys.size() != index.seconds.size() || index.seconds.empty())
        return;
    m_index = std::move(index);
    m_first.seconds = m_index.seconds.front();
    m_last.seconds = m_index.seconds[static_cast<std::size_t>(std::clamp<std::int64_t>(m_last.index, 0, m_index.frameCount() - 1))];
    m_frameAtPosition.clear();
    if (m_index.keyKind == FrameKey::Position) {
        for (std::size_t i = 0; i < m_index.keys.size(); ++i)
            m_frameAtPosition[m_index.keys[i]] = static_cast<std::int64_t>(i);
    }
}

/// The last point at or before @p target; null when there is none.
const SeekPoint *VideoSource::seekPointFor(std::int64_t target) const
{
    const auto after = std::upper_bound(m_index.seekPoints.begin(), m_index.seekPoints.end(), target,
                                        [](std::int64_t frame, const SeekPoint &point) { return frame < point.frame; });
    return after == m_index.seekPoints.begin() ? nullptr : &*(after - 1);
}

/// True when decoding on is at least as quick as a seek.
bool VideoSource::canContinueTo(std::int64_t target) const
{
    if (m_next < 0 || target < m_next)
        return false;
    if (target - m_next < kShortStep)
        return true;
    const SeekPoint *point = seekPointFor(target);
    return point == nullptr || point->frame <= m_next;
}

/// Reads packets until the one of @p point and makes it the first to be decoded.
bool VideoSource::readTo(const SeekPoint &point)
{
    const PacketPointer packet(av_packet_alloc());
    for (int i = 0; i < kPacketsSearched && m_file->readPacket(*packet); ++i) {
        const bool found = m_index.keyKind == FrameKey::Pts
            ? packet->pts == point.pts && (packet->flags & AV_PKT_FLAG_KEY) != 0
            : packet->pos == point.position;
        const bool beyond = m_index.keyKind == FrameKey::Pts
            ? point.dts != AV_NOPTS_VALUE && packet->dts != AV_NOPTS_VALUE && packet->dts > point.dts
            : packet->pos > point.position;
        if (found)
            m_file->startAt(*packet);
        av_packet_unref(packet.get());
        if (found || beyond)
            return found;
    }
    return false;
}

/// Containers index their packets by pts, by dts or not at all: each way is tried and believed only
/// when the very packet of @p point is read.
bool VideoSource::moveTo(const SeekPoint &point)
{
    m_next = -1;
    ++m_statistics.seeks;
    for (const std::int64_t timestamp : {point.pts, point.dts}) {
        if (timestamp != AV_NOPTS_VALUE && m_file->seek(timestamp) && readTo(point))
            return true;
    }
    return point.position >= 0 && m_file->seekToByte(point.position) && readTo(point);
}

/// Opens the file anew: the one way to its first frame that every container has.
bool VideoSource::restart()
{
    auto file = VideoFile::open(m_path);
    m_next = -1;
    if (!file)
        return false;
    m_file = std::move(*file);
    m_file->setStopToken(m_stop);
    m_next = 0;
    ++m_statistics.seeks;
    ++m_statistics.restarts;
    return true;
}

/// On the way to @p target, H.264 pictures that no other picture refers to need not be decoded.
/// Their pixels are the only thing lost: reference pictures and output order stay the same.
void VideoSource::dropUnneeded(std::int64_t target)
{
    if (m_index.keyKind != FrameKey::Pts || m_file->stream().codecpar->codec_id != AV_CODEC_ID_H264) {
        m_file->setDroppable({});
        return;
    }
    m_file->setDroppable([pts = m_index.keys[static_cast<std::size_t>(target)]](const AVPacket &packet) {
        return packet.pts != AV_NOPTS_VALUE && packet.pts < pts;
    });
}

/// Index of @p frame, −1 when it is not in the index.
std::int64_t VideoSource::ordinalOf(const AVFrame &frame) const
{
    if (m_index.keyKind == FrameKey::None)
        return m_next;
    if (m_index.keyKind == FrameKey::Position) {
        const auto found = m_frameAtPosition.find(frame.pkt_pos);
        return found == m_frameAtPosition.end() ? -1 : found->second;
    }
    const auto found = std::lower_bound(m_index.keys.begin(), m_index.keys.end(), frame.pts);
    return found != m_index.keys.end() && *found == frame.pts ? found - m_index.keys.begin() : -1;
}

/// Decodes until m_frame is frame @p target; false when the decoder passed it or ended.
bool VideoSource::decodeUntil(std::int64_t target)
{
    while (m_file->nextFrame(*m_frame)) {
        ++m_statistics.decodedFrames;
        const std::int64_t ordinal = ordinalOf(*m_frame);
        if (ordinal < 0)
            continue;
        m_next = ordinal + 1;
        if (ordinal >= target)
            return ordinal == target;
    }
    m_next = -1;
    return false;
}

bool VideoSource::reach(std::int64_t target)
{
    dropUnneeded(target);
    if (canContinueTo(target) && decodeUntil(target))
        return true;
    const SeekPoint *point = seekPointFor(target);
    // A key packet may promise more than it holds (broken links, gradual refresh): then one further
    // back is tried.
    bool arrived = false;
    for (int tries = 0; point != nullptr && tries < kSeekPointsTried; ++tries) {
        const bool moved = moveTo(*point);
        arrived = arrived || moved;
        if (moved && decodeUntil(target))
            return true;
        point = point == m_index.seekPoints.data() ? nullptr : point - 1;
    }
    // Decoding began at several points and no way led to the frame: it is damaged, and going
    // through the whole of a long file would not bring it back.
    if (arrived && point != nullptr)
        return false;
    return restart() && decodeUntil(target);
}

Result<VideoFrame> VideoSource::converted(std::int64_t index)
{
    VideoFrame frame = m_converter.convert(*m_frame);
    if (frame.isNull()) {
        return Error(ErrorCode::DecodeFailed, {{"path", m_info.path}, {"frame", std::to_string(index)},
                                               {"detail", "its pixel format cannot be converted"}});
    }
    frame.index = index;
    frame.seconds = m_index.frameCount() > 0 ? m_index.seconds[static_cast<std::size_t>(index)] : secondsOf(*m_frame);
    m_last = frame;
    return frame;
}

Result<VideoFrame> VideoSource::frame(std::int64_t index)
{
    if (auto built = m_index.frameCount() > 0 ? Result<FrameIndex>(FrameIndex()) : buildIndex({}); !built)
        return built.error();
    if (index < 0 || index >= m_index.frameCount())
        return outOfRange(index, m_index.frameCount() - 1);
    if (index == m_last.index)
        return m_last;
    if (index == 0)
        return m_first;
    if (!reach(index)) {
        if (m_stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        return Error(ErrorCode::DecodeFailed, {{"path", m_info.path}, {"frame", std::to_string(index)},
                                               {"detail", "the decoder did not output it"}});
    }
    return converted(index);
}

Result<VideoFrame> VideoSource::frameInOrder(std::int64_t index)
{
    if (m_index.frameCount() > 0)
        return frame(index);
    if (index == m_last.index)
        return m_last;
    if (index == 0)
        return m_first;
    // Every frame that the decoder outputs from the start counts: this is what the index will list.
    while (m_next >= 0 && index >= m_next && m_file->nextFrame(*m_frame)) {
        ++m_statistics.decodedFrames;
        if (m_next++ == index)
            return converted(index);
    }
    if (m_stop.stop_requested())
        return Error(ErrorCode::Cancelled);
    return outOfRange(index, m_next - 1);
}

void VideoSource::setStopToken(std::stop_token stop)
{
    m_stop = std::move(stop);
    m_file->setStopToken(m_stop);
}

double VideoSource::secondsOf(const AVFrame &frame) const
{
    const std::int64_t pts = frame.best_effort_timestamp;
    return pts == AV_NOPTS_VALUE ? 0.0 : static_cast<double>(pts) * av_q2d(m_file->stream().time_base);
}

Error VideoSource::outOfRange(std::int64_t index, std::int64_t last) const
{
    return Error(ErrorCode::FrameOutOfRange, {{"path", m_info.path}, {"found", std::to_string(index)},
                                              {"expected", std::to_string(last)}});
}

} // namespace poselift
