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

/// The bilinear value between the pixels at the columns of @p upper and @p lower.
void blend(const PixelView &picture, const std::uint8_t *upper, const std::uint8_t *lower, std::ptrdiff_t left,
           std::ptrdiff_t right, float fx, float fy, float *rgb)
{
    for (std::size_t c = 0; c < 3; ++c) {
        const int byte = picture.rgb[c];
        const auto above = static_cast<float>(upper[left + byte]);
        const auto below = static_cast<float>(lower[left + byte]);
        const float top = above + (static_cast<float>(upper[right + byte]) - above) * fx;
        const float bottom = below + (static_cast<float>(lower[right + byte]) - below) * fx;
        rgb[c] = top + (bottom - top) * fy;
    }
}

/// The value at continuous coordinates (@p x, @p y), [0, 255]; grey outside the picture.
void sample(const PixelView &picture, float x, float y, float *rgb)
{
    const float column = x - 0.5F;
    const float row = y - 0.5F;
    if (!(column > -1.0F && row > -1.0F && column < static_cast<float>(picture.width)
          && row < static_cast<float>(picture.height))) {
        std::fill(rgb, rgb + 3, kOutside);
        return;
    }
    const int left = static_cast<int>(column + 1) - 1; // floor of what is above −1
    const int top = static_cast<int>(row + 1) - 1;
    const auto line = [&picture](int at) {
        return picture.data + static_cast<std::ptrdiff_t>(std::clamp(at, 0, picture.height - 1)) * picture.strideBytes;
    };
    const auto pixel = [&picture](int at) {
        return static_cast<std::ptrdiff_t>(std::clamp(at, 0, picture.width - 1)) * picture.bytesPerPixel;
    };
    blend(picture, line(top), line(top + 1), pixel(left), pixel(left + 1), column - static_cast<float>(left),
          row - static_cast<float>(top), rgb);
}

/// Mean of a block of the picture.
void blockMean(const PixelView &picture, int x, int y, int width, int height, std::uint8_t *rgb)
{
    unsigned sum[3] = {0, 0, 0};
    for (int row = y; row < y + height; ++row) {
        const std::uint8_t *at = picture.data + static_cast<std::ptrdiff_t>(row) * picture.strideBytes
                                 + static_cast<std::ptrdiff_t>(x) * picture.bytesPerPixel;
        for (int column = 0; column < width; ++column, at += picture.bytesPerPixel) {
            for (std::size_t c = 0; c < 3; ++c)
                sum[c] += at[picture.rgb[c]];
        }
    }
    const auto count = static_cast<unsigned>(width * height);
    for (std::size_t c = 0; c < 3; ++c)
        rgb[c] = static_cast<std::uint8_t>((sum[c] + count / 2) / count);
}

/// Part of a picture at a smaller size: pixel (0, 0) is the mean of the block at (left, top).
struct ReducedPart
{
    RgbPicture picture;
    int left = 0; ///< px of the whole picture
    int top = 0;
};

/// The blocks of @p factor × @p factor pixels that @p sourceFromTarget needs for a target of width × height.
/// Empty when it needs nothing of the picture.
ReducedPart reducedPart(const PixelView &picture, const Affine &sourceFromTarget, int width, int height, int factor)
{
    double from[2] = {1e9, 1e9};
    double to[2] = {-1e9, -1e9};
    for (const auto &[u, v] : {std::pair(0, 0), std::pair(width, 0), std::pair(0, height), std::pair(width, height)}) {
        const std::array<double, 2> corner = sourceFromTarget(u, v);
        for (std::size_t axis = 0; axis < 2; ++axis) {
            from[axis] = std::min(from[axis], corner[axis]);
            to[axis] = std::max(to[axis], corner[axis]);
        }
    }
    const auto firstBlock = [factor](double at, int size) {
        return std::max(0, static_cast<int>(std::floor(std::clamp<double>(at, 0, size))) / factor - 1);
    };
    const auto endBlock = [factor](double at, int size) {
        const int last = static_cast<int>(std::ceil(std::clamp<double>(at, 0, size))) / factor + 2;
        return std::min(last, (size + factor - 1) / factor);
    };
    const int left = firstBlock(from[0], picture.width), right = endBlock(to[0], picture.width);
    const int top = firstBlock(from[1], picture.height), bottom = endBlock(to[1], picture.height);
    ReducedPart part;
    part.left = left * factor;
    part.top = top * factor;
    part.picture.width = std::max(0, right - left);
    part.picture.height = std::max(0, bottom - top);
    part.picture.pixels.resize(3U * static_cast<std::size_t>(part.picture.width)
                               * static_cast<std::size_t>(part.picture.height));
    std::uint8_t *out = part.picture.pixels.data();
    for (int row = top; row < bottom; ++row) {
        for (int column = left; column < right; ++column, out += 3)
            blockMean(picture, column * factor, row * factor, std::min(factor, picture.width - column * factor),
                      std::min(factor, picture.height - row * factor), out);
    }
    return part;
}

void warpOnce(const PixelView &picture, const Affine &sourceFromTarget, const ColourTransform &colour, int width,
              int height, float *planes)
{
    const std::size_t plane = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const std::array<float, 9> &m = colour.matrix;
    const auto stepX = static_cast<float>(sourceFromTarget.xx);
    const auto stepY = static_cast<float>(sourceFromTarget.yx);
    float *out = planes;
    for (int v = 0; v < height; ++v) {
        const std::array<double, 2> start = sourceFromTarget(0.5, v + 0.5);
        for (int u = 0; u < width; ++u, ++out) {
            float rgb[3];
            sample(picture, static_cast<float>(start[0]) + stepX * static_cast<float>(u),
                   static_cast<float>(start[1]) + stepY * static_cast<float>(u), rgb);
            for (float &value : rgb)
                value *= 1 / 255.0F;
            for (std::size_t c = 0; c < 3; ++c) {
                const float value =
                    m[3 * c] * rgb[0] + m[3 * c + 1] * rgb[1] + m[3 * c + 2] * rgb[2] + colour.offset[c];
                out[c * plane] = (std::clamp(value, 0.0F, 1.0F) - kPictureMean) / kPictureSpread;
            }
        }
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
                 int height, int reduction, float *planes)
{
    if (reduction <= 1)
        return warpOnce(picture, sourceFromTarget, colour, width, height, planes);
    const ReducedPart part = reducedPart(picture, sourceFromTarget, width, height, reduction);
    if (part.picture.pixels.empty()) {
        std::fill(planes, planes + static_cast<std::ptrdiff_t>(3) * width * height, 0.0F);
        return;
    }
    Affine affine = sourceFromTarget;
    affine.x0 -= part.left;
    affine.y0 -= part.top;
    for (double *value : {&affine.xx, &affine.xy, &affine.x0, &affine.yx, &affine.yy, &affine.y0})
        *value /= reduction;
    warpOnce(part.picture.view(), affine, colour, width, height, planes);
}

} // namespace poselift
