#include "models/cli/doctor/doctorreport.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libswscale/swscale.h>
}

#include <opencv2/core/utility.hpp>
#include <opencv2/core/version.hpp>

#include <array>
#include <string>

namespace poselift {

namespace {

struct Decoder
{
    const char *name;
    AVCodecID id;
};

/// What cameras, phones and download services write.
constexpr std::array kDecoders{
    Decoder{"h264", AV_CODEC_ID_H264}, Decoder{"hevc", AV_CODEC_ID_HEVC},   Decoder{"vp9", AV_CODEC_ID_VP9},
    Decoder{"av1", AV_CODEC_ID_AV1},   Decoder{"mjpeg", AV_CODEC_ID_MJPEG}, Decoder{"mpeg4", AV_CODEC_ID_MPEG4},
};

std::string versionText(unsigned version)
{
    return std::to_string(AV_VERSION_MAJOR(version)) + "." + std::to_string(AV_VERSION_MINOR(version)) + "."
           + std::to_string(AV_VERSION_MICRO(version));
}

} // namespace

void examineMedia(DoctorReport &report)
{
    report.add("ffmpeg", "version", ::av_version_info());
    report.add("ffmpeg", "libavformat", versionText(::avformat_version()));
    report.add("ffmpeg", "libavcodec", versionText(::avcodec_version()));
    report.add("ffmpeg", "libswscale", versionText(::swscale_version()));
    report.add("ffmpeg", "licence", ::avcodec_license());
    nlohmann::ordered_json decoders = nlohmann::ordered_json::object();
    for (const Decoder &wanted : kDecoders) {
        const AVCodec *decoder = ::avcodec_find_decoder(wanted.id);
        decoders[wanted.name] = decoder != nullptr ? decoder->name : "none";
        if (decoder == nullptr)
            report.warnings.push_back("FFmpeg has no decoder for " + std::string(wanted.name) + "; such videos cannot be opened.");
    }
    report.add("ffmpeg", "decoders", decoders);
    report.add("opencv", "version", CV_VERSION);
    report.add("opencv", "cpu_features", cv::getCPUFeaturesLine());
}

} // namespace poselift
