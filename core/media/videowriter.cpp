#include "core/media/videowriter.h"

#include "core/base/threads.h"
#include "core/media/ffmpegpointers.h"

extern "C" {
#include <libavutil/opt.h>
}

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr AVRational kTimeBase{1, 90000};

struct OutputDeleter
{
    void operator()(AVFormatContext *p) const
    {
        avio_closep(&p->pb);
        avformat_free_context(p);
    }
};

class FFmpegVideoWriter : public VideoWriter
{
public:
    FFmpegVideoWriter(fs::path path, const VideoWriterOptions &options)
        : m_path(std::move(path)), m_options(options), m_width((options.width + 1) / 2 * 2), m_height((options.height + 1) / 2 * 2)
    {
        m_partial = m_path;
        m_partial += ".partial-" + std::to_string(getpid());
        m_url = "file:" + m_partial.string();
    }
    ~FFmpegVideoWriter() override
    {
        m_output.reset();
        std::error_code ignored;
        if (m_created)
            fs::remove(m_partial, ignored);
    }

    Result<void> open();
    Result<void> write(const ImageView &picture, double seconds) override;
    Result<void> finish() override;
    std::string encoder() const override { return m_encoder->codec->name; }

private:
    Error cannotWrite(const std::string &detail) const
    {
        return Error(ErrorCode::CannotWrite, {{"path", m_path.string()}, {"detail", detail}});
    }
    Error cannotWrite(int error) const { return cannotWrite(ffmpegMessage(error)); }
    Result<void> openEncoder();
    Result<void> openOutput();
    const std::uint8_t *evenPicture(const ImageView &picture, int &strideBytes);
    Result<void> fillFrame(const ImageView &picture);
    Result<void> drainEncoder();

    fs::path m_path;
    fs::path m_partial;
    std::string m_url; // of m_partial
    VideoWriterOptions m_options;
    int m_width;
    int m_height;
    bool m_created = false; // the partial file is ours to remove
    std::unique_ptr<AVFormatContext, OutputDeleter> m_output;
    CodecContextPointer m_encoder;
    SwsPointer m_scaler;
    FramePointer m_frame{av_frame_alloc()};
    PacketPointer m_packet{av_packet_alloc()};
    std::vector<std::uint8_t> m_even; // a picture of odd size, one column or row larger
    std::int64_t m_lastPts = AV_NOPTS_VALUE;
};

Result<void> FFmpegVideoWriter::open()
{
    if (m_options.width <= 0 || m_options.height <= 0)
        return cannotWrite("a video of " + std::to_string(m_options.width) + " x " + std::to_string(m_options.height) + " pixels cannot be made");
    AVFormatContext *output = nullptr;
    if (const int made = avformat_alloc_output_context2(&output, nullptr, "mp4", m_url.c_str()); made < 0)
        return cannotWrite(made);
    m_output.reset(output);
    if (auto opened = openEncoder(); !opened)
        return opened;
    return openOutput();
}

Result<void> FFmpegVideoWriter::openEncoder()
{
    const AVCodec *codec = avcodec_find_encoder_by_name("libx264");
    if (codec == nullptr)
        codec = avcodec_find_encoder(AV_CODEC_ID_MPEG4);
    if (codec == nullptr)
        return cannotWrite("this FFmpeg has neither an H.264 nor an MPEG-4 encoder");
    m_encoder.reset(avcodec_alloc_context3(codec));
    m_encoder->width = m_width;
    m_encoder->height = m_height;
    m_encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    // MPEG-4 part 2 cannot count time in more than 65535 parts of a second.
    m_encoder->time_base = codec->id == AV_CODEC_ID_H264 ? kTimeBase : AVRational{1, 60000};
    m_encoder->framerate = av_d2q(m_options.fps > 0 ? m_options.fps : 30.0, 100000);
    m_encoder->gop_size = m_options.keyFrameInterval;
    m_encoder->colorspace = AVCOL_SPC_BT709;
    m_encoder->color_primaries = AVCOL_PRI_BT709;
    m_encoder->color_trc = AVCOL_TRC_BT709;
    m_encoder->color_range = AVCOL_RANGE_MPEG;
    m_encoder->thread_count = m_options.threads > 0 ? m_options.threads : cpuCount();
    m_encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER; // MP4 keeps parameter sets in its header
    AVDictionary *settings = nullptr;
    if (codec->id == AV_CODEC_ID_H264) {
        av_dict_set(&settings, "preset", "veryfast", 0);
        av_dict_set(&settings, "crf", std::to_string(m_options.quality).c_str(), 0);
    } else {
        m_encoder->flags |= AV_CODEC_FLAG_QSCALE;
        m_encoder->global_quality = FF_QP2LAMBDA * std::clamp(static_cast<int>(m_options.quality / 5.0), 1, 31);
    }
    const int opened = avcodec_open2(m_encoder.get(), codec, &settings);
    av_dict_free(&settings);
    return opened < 0 ? Result<void>(cannotWrite(opened)) : Result<void>();
}

Result<void> FFmpegVideoWriter::openOutput()
{
    AVStream *stream = avformat_new_stream(m_output.get(), nullptr);
    avcodec_parameters_from_context(stream->codecpar, m_encoder.get());
    stream->time_base = m_encoder->time_base;
    stream->avg_frame_rate = m_encoder->framerate;
    // "faststart" reads the file again by its URL to move the index to the front.
    if (const int opened = avio_open(&m_output->pb, m_url.c_str(), AVIO_FLAG_WRITE); opened < 0)
        return cannotWrite(opened);
    m_created = true;
    AVDictionary *settings = nullptr;
    av_dict_set(&settings, "movflags", "+faststart", 0);
    const int begun = avformat_write_header(m_output.get(), &settings);
    av_dict_free(&settings);
    if (begun < 0)
        return cannotWrite(begun);
    m_scaler.reset(sws_getContext(m_width, m_height, AV_PIX_FMT_BGR0, m_width, m_height, AV_PIX_FMT_YUV420P,
                                  SWS_BILINEAR, nullptr, nullptr, nullptr));
    const int *bt709 = sws_getCoefficients(SWS_CS_ITU709);
    sws_setColorspaceDetails(m_scaler.get(), bt709, /*srcRange=*/1, bt709, /*dstRange=*/0, 0, 1 << 16, 1 << 16);
    return {};
}

/// The pixels with even width and height.
const std::uint8_t *FFmpegVideoWriter::evenPicture(const ImageView &picture, int &strideBytes)
{
    strideBytes = picture.strideBytes;
    if (picture.width == m_width && picture.height == m_height)
        return picture.data;
    strideBytes = m_width * 4;
    m_even.resize(std::size_t(strideBytes) * std::size_t(m_height));
    for (int y = 0; y < m_height; ++y) {
        const std::uint8_t *from = picture.data + std::size_t(std::min(y, picture.height - 1)) * std::size_t(picture.strideBytes);
        std::uint8_t *to = m_even.data() + std::size_t(y) * std::size_t(strideBytes);
        std::memcpy(to, from, std::size_t(picture.width) * 4);
        if (picture.width < m_width)
            std::memcpy(to + std::size_t(picture.width) * 4, from + std::size_t(picture.width - 1) * 4, 4);
    }
    return m_even.data();
}

Result<void> FFmpegVideoWriter::fillFrame(const ImageView &picture)
{
    av_frame_unref(m_frame.get());
    m_frame->format = m_encoder->pix_fmt;
    m_frame->width = m_width;
    m_frame->height = m_height;
    m_frame->colorspace = m_encoder->colorspace;
    m_frame->color_range = m_encoder->color_range;
    if (const int made = av_frame_get_buffer(m_frame.get(), 0); made < 0)
        return cannotWrite(made);
    int strideBytes = 0;
    const std::uint8_t *planes[4] = {evenPicture(picture, strideBytes), nullptr, nullptr, nullptr};
    const int strides[4] = {strideBytes, 0, 0, 0};
    sws_scale(m_scaler.get(), planes, strides, 0, m_height, m_frame->data, m_frame->linesize);
    return {};
}

Result<void> FFmpegVideoWriter::write(const ImageView &picture, double seconds)
{
    if (picture.data == nullptr || picture.width != m_options.width || picture.height != m_options.height)
        return cannotWrite("a frame has another size than the video");
    if (auto filled = fillFrame(picture); !filled)
        return filled;
    const auto pts = static_cast<std::int64_t>(std::llround(seconds / av_q2d(m_encoder->time_base)));
    // Two frames at one time cannot be told apart by any reader.
    m_frame->pts = m_lastPts == AV_NOPTS_VALUE ? pts : std::max(pts, m_lastPts + 1);
    m_lastPts = m_frame->pts;
    if (const int sent = avcodec_send_frame(m_encoder.get(), m_frame.get()); sent < 0)
        return cannotWrite(sent);
    return drainEncoder();
}

Result<void> FFmpegVideoWriter::drainEncoder()
{
    for (;;) {
        const int received = avcodec_receive_packet(m_encoder.get(), m_packet.get());
        if (received == AVERROR(EAGAIN) || received == AVERROR_EOF)
            return {};
        if (received < 0)
            return cannotWrite(received);
        av_packet_rescale_ts(m_packet.get(), m_encoder->time_base, m_output->streams[0]->time_base);
        if (const int written = av_interleaved_write_frame(m_output.get(), m_packet.get()); written < 0)
            return cannotWrite(written);
    }
}

Result<void> FFmpegVideoWriter::finish()
{
    avcodec_send_frame(m_encoder.get(), nullptr);
    if (auto drained = drainEncoder(); !drained)
        return drained;
    if (const int ended = av_write_trailer(m_output.get()); ended < 0)
        return cannotWrite(ended);
    // avio reports a full disk here at the latest.
    if (const int closed = avio_closep(&m_output->pb); closed < 0)
        return cannotWrite(closed);
    std::error_code error;
    fs::rename(m_partial, m_path, error);
    if (error)
        return cannotWrite(error.message());
    m_created = false;
    return {};
}

} // namespace

Result<std::unique_ptr<VideoWriter>> VideoWriter::create(const fs::path &path, const VideoWriterOptions &options)
{
    av_log_set_level(AV_LOG_FATAL);
    auto writer = std::make_unique<FFmpegVideoWriter>(path, options);
    if (auto opened = writer->open(); !opened)
        return opened.error();
    return std::unique_ptr<VideoWriter>(std::move(writer));
}

} // namespace poselift
