#include "core/media/frameconverter.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include <algorithm>
#include <cstring>

namespace poselift {

namespace {

constexpr int kBytesPerPixel = 4;

/// The yuvj formats are the plain ones in full range under old names.
AVPixelFormat withoutJ(AVPixelFormat format)
{
    switch (format) {
    case AV_PIX_FMT_YUVJ420P: return AV_PIX_FMT_YUV420P;
    case AV_PIX_FMT_YUVJ422P: return AV_PIX_FMT_YUV422P;
    case AV_PIX_FMT_YUVJ444P: return AV_PIX_FMT_YUV444P;
    case AV_PIX_FMT_YUVJ440P: return AV_PIX_FMT_YUV440P;
    case AV_PIX_FMT_YUVJ411P: return AV_PIX_FMT_YUV411P;
    default: return format;
    }
}

bool isFullRange(const AVFrame &frame)
{
    const auto format = static_cast<AVPixelFormat>(frame.format);
    return frame.color_range == AVCOL_RANGE_JPEG || withoutJ(format) != format;
}

/// swscale's name of the YCbCr matrix. Files that do not say are taken as ITU-R BT.709 from high
/// definition on and as BT.601 below, as players do.
int matrixOf(const AVFrame &frame)
{
    switch (frame.colorspace) {
    case AVCOL_SPC_BT709: return SWS_CS_ITU709;
    case AVCOL_SPC_FCC: return SWS_CS_FCC;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M: return SWS_CS_ITU601;
    case AVCOL_SPC_SMPTE240M: return SWS_CS_SMPTE240M;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL: return SWS_CS_BT2020;
    default: return std::max(frame.width, frame.height) >= 1280 ? SWS_CS_ITU709 : SWS_CS_ITU601;
    }
}

bool mayHaveAlpha(AVPixelFormat format)
{
    const AVPixFmtDescriptor *descriptor = av_pix_fmt_desc_get(format);
    return descriptor == nullptr || (descriptor->flags & (AV_PIX_FMT_FLAG_ALPHA | AV_PIX_FMT_FLAG_PAL)) != 0;
}

void makeOpaque(std::uint8_t *pixels, std::size_t bytes)
{
    for (std::size_t i = 3; i < bytes; i += kBytesPerPixel)
        pixels[i] = 255;
}

/// Copies the picture of @p width × @p height laid out as @p orientation says; the target's rows are
/// tight.
void copyOriented(const std::uint8_t *source, int strideBytes, int width, int height, DisplayOrientation orientation,
                  std::uint8_t *target)
{
    const auto pixelAt = [&](int x, int y) {
        return source + std::size_t(y) * strideBytes + std::size_t(orientation.mirrored ? width - 1 - x : x) * kBytesPerPixel;
    };
    const int targetWidth = orientation.isSideways() ? height : width;
    const int targetHeight = orientation.isSideways() ? width : height;
    const int degrees = orientation.rotationDegrees;
    for (int y = 0; y < targetHeight; ++y) {
        std::uint8_t *row = target + std::size_t(y) * targetWidth * kBytesPerPixel;
        if (orientation.isUpright()) {
            std::memcpy(row, pixelAt(0, y), std::size_t(width) * kBytesPerPixel);
            continue;
        }
        for (int x = 0; x < targetWidth; ++x) {
            const std::uint8_t *pixel = degrees == 0 ? pixelAt(x, y)
                : degrees == 90                      ? pixelAt(y, height - 1 - x)
                : degrees == 180                     ? pixelAt(width - 1 - x, height - 1 - y)
                                                     : pixelAt(width - 1 - y, x);
            std::memcpy(row + std::size_t(x) * kBytesPerPixel, pixel, kBytesPerPixel);
        }
    }
}

} // namespace

bool FrameConverter::prepare(const AVFrame &frame)
{
    const Key key{frame.width, frame.height, frame.format, matrixOf(frame), isFullRange(frame) ? 1 : 0};
    if (m_scaler != nullptr && key == m_key)
        return true;
    if (m_width == 0) {
        m_width = frame.width;
        m_height = frame.height;
    }
    m_scaler.reset(sws_getContext(frame.width, frame.height, withoutJ(static_cast<AVPixelFormat>(frame.format)),
                                  m_width, m_height, AV_PIX_FMT_BGRA, SWS_BILINEAR, nullptr, nullptr, nullptr));
    if (m_scaler == nullptr)
        return false;
    const int *coefficients = sws_getCoefficients(key.matrix);
    // Fails for formats that are RGB already, where there is nothing to set.
    sws_setColorspaceDetails(m_scaler.get(), coefficients, key.fullRange, coefficients, /*dstRange=*/1, 0, 1 << 16, 1 << 16);
    m_key = key;
    return true;
}

bool FrameConverter::scaleInto(const AVFrame &frame, std::uint8_t *target, int strideBytes)
{
    std::uint8_t *planes[4] = {target, nullptr, nullptr, nullptr};
    const int strides[4] = {strideBytes, 0, 0, 0};
    return sws_scale(m_scaler.get(), frame.data, frame.linesize, 0, frame.height, planes, strides) > 0;
}

VideoFrame FrameConverter::convert(const AVFrame &frame)
{
    if (!prepare(frame))
        return {};
    const int tightStride = m_width * kBytesPerPixel;
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(std::size_t(tightStride) * m_height);
    if (m_orientation.isUpright() && tightStride % 64 == 0) {
        if (!scaleInto(frame, pixels->data(), tightStride))
            return {};
    } else {
        // swscale's SIMD writes whole vectors: give it rows with room and copy out of them.
        const int paddedStride = (tightStride + 63) / 64 * 64;
        m_padded.resize(std::size_t(paddedStride) * m_height + 64);
        if (!scaleInto(frame, m_padded.data(), paddedStride))
            return {};
        copyOriented(m_padded.data(), paddedStride, m_width, m_height, m_orientation, pixels->data());
    }
    if (mayHaveAlpha(static_cast<AVPixelFormat>(frame.format)))
        makeOpaque(pixels->data(), pixels->size());
    VideoFrame result;
    result.width = m_orientation.isSideways() ? m_height : m_width;
    result.height = m_orientation.isSideways() ? m_width : m_height;
    result.strideBytes = result.width * kBytesPerPixel;
    result.pixels = std::move(pixels);
    return result;
}

} // namespace poselift
