#include "core/media/videofile.h"

#include "core/base/threads.h"
#include "core/media/containercheck.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <mutex>
#include <string_view>

namespace poselift {

namespace fs = std::filesystem;

namespace {

/// False for decoders that give now and then other pixels for the same frame when several threads decode:
/// the VP3 family of FFmpeg 5.1 (seen with Theora on a busy machine, about one run in eight).
bool isRepeatableWithThreads(AVCodecID codec)
{
    return codec != AV_CODEC_ID_THEORA && codec != AV_CODEC_ID_VP3 && codec != AV_CODEC_ID_VP4;
}

// Past eight threads a frame-threaded decoder gains little and every seek has to fill them all.
constexpr int kMaxDecoderThreads = 8;

void silenceFFmpegOnce()
{
    // Our own errors say what is wrong; FFmpeg's log would repeat it on the user's terminal.
    static std::once_flag once;
    std::call_once(once, [] { av_log_set_level(AV_LOG_FATAL); });
}

/// True for an ISO media file ("ftyp" in its first box): without a readable moov box it was cut.
bool beginsLikeMp4(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    char head[8] = {};
    return file.read(head, sizeof(head)) && std::memcmp(head + 4, "ftyp", 4) == 0;
}

Error openError(const fs::path &path, int error)
{
    if (beginsLikeMp4(path))
        return Error(ErrorCode::FileTruncated, {{"path", path.string()}, {"detail", "the table of its frames (moov) is missing"}});
    return Error(ErrorCode::NotAVideo, {{"path", path.string()}, {"detail", ffmpegMessage(error)}});
}

bool isVideo(const AVStream &stream)
{
    // Cover pictures of music files come as a video stream of one frame.
    return stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO
        && (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) == 0;
}

std::string kindsOfStreams(const AVFormatContext &format)
{
    std::string kinds;
    for (unsigned i = 0; i < format.nb_streams; ++i) {
        const char *kind = av_get_media_type_string(format.streams[i]->codecpar->codec_type);
        const std::string name = kind != nullptr ? kind : "data";
        if (kinds.find(name) == std::string::npos)
            kinds += (kinds.empty() ? "" : ", ") + name;
    }
    return kinds.empty() ? "no streams" : kinds;
}

std::string codecName(const AVCodecParameters &parameters)
{
    if (parameters.codec_id != AV_CODEC_ID_NONE)
        return avcodec_get_name(parameters.codec_id);
    char tag[AV_FOURCC_MAX_STRING_SIZE] = {};
    return av_fourcc_make_string(tag, parameters.codec_tag);
}

} // namespace

Result<std::unique_ptr<VideoFile>> VideoFile::open(const fs::path &path)
{
    silenceFFmpegOnce();
    std::unique_ptr<VideoFile> file(new VideoFile);
    file->m_path = path;
    if (auto opened = file->openContainer(path); !opened)
        return opened.error();
    if (auto chosen = file->chooseStream(); !chosen)
        return chosen.error();
    if (auto opened = file->openDecoder(); !opened)
        return opened.error();
    return file;
}

Result<void> VideoFile::openContainer(const fs::path &path)
{
    AVFormatContext *format = nullptr;
    AVDictionary *options = nullptr;
    // Only this file: a playlist must not make the program read others or go to the network.
    av_dict_set(&options, "protocol_whitelist", "file", 0);
    const std::string url = "file:" + path.string();
    const int opened = avformat_open_input(&format, url.c_str(), nullptr, &options);
    av_dict_free(&options);
    if (opened < 0)
        return openError(path, opened);
    m_format.reset(format);
    // FFmpeg shows any text as a video of a terminal; nobody means that here.
    if (std::string_view(format->iformat->name) == "tty")
        return Error(ErrorCode::NotAVideo, {{"path", path.string()}, {"detail", "it is text"}});
    if (const int probed = avformat_find_stream_info(format, nullptr); probed < 0)
        return openError(path, probed);
    return {};
}

Result<void> VideoFile::chooseStream()
{
    AVStream *best = nullptr;
    for (unsigned i = 0; i < m_format->nb_streams; ++i) {
        AVStream *stream = m_format->streams[i];
        stream->discard = AVDISCARD_ALL;
        if (!isVideo(*stream))
            continue;
        const auto pixels = [](const AVStream *s) { return std::int64_t(s->codecpar->width) * s->codecpar->height; };
        if (best == nullptr || pixels(stream) > pixels(best))
            best = stream;
    }
    if (best == nullptr)
        return Error(ErrorCode::NoVideoStream, {{"path", m_path.string()}, {"found", kindsOfStreams(*m_format)}});
    best->discard = AVDISCARD_DEFAULT;
    m_stream = best;
    return {};
}

Result<void> VideoFile::openDecoder()
{
    const AVCodecParameters &parameters = *m_stream->codecpar;
    const AVCodec *codec = avcodec_find_decoder(parameters.codec_id);
    const auto unsupported = [&] {
        return Error(ErrorCode::UnsupportedCodec, {{"path", m_path.string()}, {"found", codecName(parameters)}});
    };
    if (codec == nullptr)
        return unsupported();
    m_codec = codec;
    m_decoder.reset(avcodec_alloc_context3(codec));
    if (avcodec_parameters_to_context(m_decoder.get(), &parameters) < 0)
        return unsupported();
    m_decoder->pkt_timebase = m_stream->time_base;
    m_decoder->thread_count = isRepeatableWithThreads(parameters.codec_id) ? std::min(cpuCount(), kMaxDecoderThreads) : 1;
    if (avcodec_open2(m_decoder.get(), codec, nullptr) < 0)
        return unsupported();
    return {};
}

DisplayOrientation VideoFile::orientation() const
{
    std::int32_t matrix[9] = {};
    std::size_t bytes = 0;
    const std::uint8_t *data = av_stream_get_side_data(m_stream, AV_PKT_DATA_DISPLAYMATRIX, &bytes);
    if (data == nullptr || bytes < sizeof(matrix))
        return {};
    std::memcpy(matrix, data, sizeof(matrix));
    return orientationOfDisplayMatrix(matrix);
}

MediaInfo VideoFile::info() const
{
    MediaInfo info;
    info.path = m_path.string();
    info.format = m_format->iformat->name;
    info.codec = codecName(*m_stream->codecpar);
    const DisplayOrientation orientation = this->orientation();
    info.rotationDegrees = orientation.rotationDegrees;
    info.mirrored = orientation.mirrored;
    info.width = m_stream->codecpar->width;
    info.height = m_stream->codecpar->height;
    if (orientation.isSideways())
        std::swap(info.width, info.height);
    const AVRational aspect = av_guess_sample_aspect_ratio(m_format.get(), m_stream, nullptr);
    if (aspect.num > 0 && aspect.den > 0)
        info.sampleAspect = orientation.isSideways() ? 1.0 / av_q2d(aspect) : av_q2d(aspect);
    const AVRational rate = av_guess_frame_rate(m_format.get(), m_stream, nullptr);
    if (rate.num > 0 && rate.den > 0)
        info.nominalFps = av_q2d(rate);
    if (m_stream->duration > 0)
        info.durationSeconds = static_cast<double>(m_stream->duration) * av_q2d(m_stream->time_base);
    else if (m_format->duration > 0)
        info.durationSeconds = static_cast<double>(m_format->duration) / AV_TIME_BASE;
    std::error_code ignored;
    const auto size = fs::file_size(m_path, ignored);
    info.sizeBytes = ignored ? 0 : static_cast<std::int64_t>(size);
    return info;
}

bool VideoFile::storesEveryPts() const
{
    const std::string_view name = m_format->iformat->name;
    return name.starts_with("mov,") || name.starts_with("matroska,") || name == "flv" || name == "asf";
}

bool VideoFile::endsEarly(std::size_t packetsRead) const
{
    const std::string_view name = m_format->iformat->name;
    if (name.starts_with("mov,")) // MP4 lists its packets
        return static_cast<int>(packetsRead) < avformat_index_get_entries_count(m_stream);
    return name.starts_with("matroska,") && isCutMatroska(m_path);
}

bool VideoFile::readPacket(AVPacket &packet)
{
    while (!m_stop.stop_requested()) {
        const int read = av_read_frame(m_format.get(), &packet);
        if (read == AVERROR(EAGAIN))
            continue;
        if (read < 0) {
            if (read != AVERROR_EOF)
                m_problems.readError = read;
            return false;
        }
        if (packet.stream_index == m_stream->index) {
            if ((packet.flags & AV_PKT_FLAG_CORRUPT) != 0)
                ++m_problems.corruptPackets;
            return true;
        }
        av_packet_unref(&packet);
    }
    return false;
}

/// Sends one packet, or the end, to the decoder; false when it has had the end already.
bool VideoFile::feedDecoder()
{
    if (m_draining)
        return false;
    if (!m_packetPending && !readPacket(*m_packet)) {
        m_draining = true;
        avcodec_send_packet(m_decoder.get(), nullptr);
        return true;
    }
    m_packetPending = false;
    if (m_observer)
        m_observer(*m_packet);
    m_decoder->skip_frame = m_droppable && m_droppable(*m_packet) ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
    const int sent = avcodec_send_packet(m_decoder.get(), m_packet.get());
    if (sent < 0)
        ++m_problems.refusedPackets;
    av_packet_unref(m_packet.get());
    return true;
}

bool VideoFile::nextFrame(AVFrame &frame)
{
    while (!m_stop.stop_requested()) {
        const int received = avcodec_receive_frame(m_decoder.get(), &frame);
        if (received == 0)
            return true;
        if (received == AVERROR_EOF)
            return false;
        if (received != AVERROR(EAGAIN)) {
            ++m_problems.refusedPackets; // a frame-threaded decoder tells of bad packets here
            continue;
        }
        if (!feedDecoder())
            return false;
    }
    return false;
}

void VideoFile::resetDecoder()
{
    avcodec_flush_buffers(m_decoder.get());
    av_packet_unref(m_packet.get());
    m_packetPending = false;
    m_draining = false;
}

bool VideoFile::seek(std::int64_t timestamp)
{
    resetDecoder();
    return av_seek_frame(m_format.get(), m_stream->index, timestamp, AVSEEK_FLAG_BACKWARD) >= 0;
}

bool VideoFile::seekToByte(std::int64_t position)
{
    resetDecoder();
    if ((m_format->iformat->flags & AVFMT_NO_BYTE_SEEK) != 0)
        return false;
    return av_seek_frame(m_format.get(), m_stream->index, position, AVSEEK_FLAG_BYTE) >= 0;
}

void VideoFile::startAt(const AVPacket &packet)
{
    av_packet_unref(m_packet.get());
    m_packetPending = av_packet_ref(m_packet.get(), &packet) >= 0;
}

} // namespace poselift
