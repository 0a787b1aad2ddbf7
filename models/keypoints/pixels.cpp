#include "models/keypoints/pixels.h"

#include <algorithm>
#include <cmath>

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_JPEG
#define STBI_ONLY_PNG
#define STBI_NO_STDIO
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb_image.h>
#pragma GCC diagnostic pop

namespace poselift {

namespace {

constexpr float kOutside = 255.0F * kPictureMean; // becomes 0

/// Adds the bilinear value at continuous coordinates (@p x, @p y) to @p sum.
void addSample(const PixelView &picture, float x, float y, float *sum)
{
    const float column = x - 0.5F;
    const float row = y - 0.5F;
    if (!(column > -1.0F && row > -1.0F && column < static_cast<float>(picture.width)
          && row < static_cast<float>(picture.height))) {
        for (int c = 0; c < 3; ++c)
            sum[c] += kOutside;
        return;
    }
    const int left = static_cast<int>(std::floor(column));
    const int top = static_cast<int>(std::floor(row));
    const float fx = column - static_cast<float>(left);
    const float fy = row - static_cast<float>(top);
    const int x0 = std::max(left, 0);
    const int x1 = std::min(left + 1, picture.width - 1);
    const std::uint8_t *upper = picture.data + static_cast<std::ptrdiff_t>(std::max(top, 0)) * picture.strideBytes;
    const std::uint8_t *lower =
        picture.data + static_cast<std::ptrdiff_t>(std::min(top + 1, picture.height - 1)) * picture.strideBytes;
    const std::ptrdiff_t at0 = static_cast<std::ptrdiff_t>(x0) * picture.bytesPerPixel;
    const std::ptrdiff_t at1 = static_cast<std::ptrdiff_t>(x1) * picture.bytesPerPixel;
    for (std::size_t c = 0; c < 3; ++c) {
        const int byte = picture.rgb[c];
        const float above =
            static_cast<float>(upper[at0 + byte]) * (1 - fx) + static_cast<float>(upper[at1 + byte]) * fx;
        const float below =
            static_cast<float>(lower[at0 + byte]) * (1 - fx) + static_cast<float>(lower[at1 + byte]) * fx;
        sum[c] += above * (1 - fy) + below * fy;
    }
}

} // namespace

Result<RgbPicture> decodePicture(std::span<const std::uint8_t> bytes, const std::string &name)
{
    RgbPicture picture;
    int channels = 0;
    constexpr int kRgb = 3;
    stbi_uc *decoded = stbi_load_from_memory(bytes.data(), static_cast<int>(bytes.size()), &picture.width,
                                             &picture.height, &channels, kRgb);
    if (decoded == nullptr)
        return Error(ErrorCode::DecodeFailed, {{"path", name}, {"frame", "0"}, {"detail", stbi_failure_reason()}});
    picture.pixels.assign(
        decoded, decoded + static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height) * kRgb);
    stbi_image_free(decoded);
    return picture;
}

Affine Affine::inverse() const
{
    const double determinant = xx * yy - xy * yx;
    Affine result{yy / determinant, -xy / determinant, 0, -yx / determinant, xx / determinant, 0};
    result.x0 = -(result.xx * x0 + result.xy * y0);
    result.y0 = -(result.yx * x0 + result.yy * y0);
    return result;
}

double Affine::scale() const
{
    return std::sqrt(std::abs(xx * yy - xy * yx));
}

void warpPicture(const PixelView &picture, const Affine &sourceFromTarget, const ColourTransform &colour, int width,
                 int height, int samples, float *planes)
{
    const std::size_t plane = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const float share = 1.0F / static_cast<float>(samples * samples);
    const std::array<float, 9> &m = colour.matrix;
    for (int v = 0; v < height; ++v) {
        for (int u = 0; u < width; ++u) {
            float sum[3] = {0, 0, 0};
            for (int i = 0; i < samples * samples; ++i) {
                const double du = u + (i % samples + 0.5) / samples;
                const double dv = v + (i / samples + 0.5) / samples;
                const std::array<double, 2> at = sourceFromTarget(du, dv);
                addSample(picture, static_cast<float>(at[0]), static_cast<float>(at[1]), sum);
            }
            for (float &value : sum)
                value *= share / 255.0F;
            float *out =
                planes + static_cast<std::size_t>(v) * static_cast<std::size_t>(width) + static_cast<std::size_t>(u);
            for (std::size_t c = 0; c < 3; ++c) {
                const float value =
                    m[3 * c] * sum[0] + m[3 * c + 1] * sum[1] + m[3 * c + 2] * sum[2] + colour.offset[c];
                out[c * plane] = (std::clamp(value, 0.0F, 1.0F) - kPictureMean) / kPictureSpread;
            }
        }
    }
}

} // namespace poselift
