#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

#include <array>
#include <memory>
#include <string>

namespace poselift {

// Owners of FFmpeg's objects. This header stays inside core/media/*.cpp and its private headers.
struct FormatContextDeleter { void operator()(AVFormatContext *p) const { avformat_close_input(&p); } };
struct CodecContextDeleter { void operator()(AVCodecContext *p) const { avcodec_free_context(&p); } };
struct PacketDeleter { void operator()(AVPacket *p) const { av_packet_free(&p); } };
struct FrameDeleter { void operator()(AVFrame *p) const { av_frame_free(&p); } };
struct SwsDeleter { void operator()(SwsContext *p) const { sws_freeContext(p); } };

using FormatContextPointer = std::unique_ptr<AVFormatContext, FormatContextDeleter>;
using CodecContextPointer = std::unique_ptr<AVCodecContext, CodecContextDeleter>;
using PacketPointer = std::unique_ptr<AVPacket, PacketDeleter>;
using FramePointer = std::unique_ptr<AVFrame, FrameDeleter>;
using SwsPointer = std::unique_ptr<SwsContext, SwsDeleter>;

/// FFmpeg's sentence for one of its error numbers.
inline std::string ffmpegMessage(int error)
{
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(error, text.data(), text.size());
    return text.data();
}

} // namespace poselift
