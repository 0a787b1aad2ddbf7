#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace poselift {

/// Borrowed 8-bit picture of any channel order.
struct PixelView
{
    const std::uint8_t *data = nullptr;
    int width = 0;
    int height = 0;
    int strideBytes = 0;
    int bytesPerPixel = 3;
    std::array<int, 3> rgb{0, 1, 2}; ///< byte of red, green and blue inside a pixel
};

/// Decoded picture, 3 bytes a pixel: red, green, blue.
struct RgbPicture
{
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels;

    PixelView view() const { return {pixels.data(), width, height, 3 * width, 3, {0, 1, 2}}; }
};

/// Decodes a JPEG or PNG. Grey, 16-bit and alpha pictures become 8-bit RGB. @p name is for
/// messages. Errors: DecodeFailed.
Result<RgbPicture> decodePicture(std::span<const std::uint8_t> bytes, const std::string &name);

/// Continuous coordinates (u, v) → (xx·u + xy·v + x0, yx·u + yy·v + y0).
struct Affine
{
    double xx = 1, xy = 0, x0 = 0;
    double yx = 0, yy = 1, y0 = 0;

    std::array<double, 2> operator()(double u, double v) const { return {xx * u + xy * v + x0, yx * u + yy * v + y0}; }
    Affine inverse() const;
    /// Source pixels a target pixel, geometric mean.
    double scale() const;
};

/// RGB → RGB on values in [0, 1]: matrix · colour + offset.
struct ColourTransform
{
    std::array<float, 9> matrix{1, 0, 0, 0, 1, 0, 0, 0, 1};
    std::array<float, 3> offset{0, 0, 0};
};

/// Mean and spread that every picture given to a PoseNet is normalised with: (value/255 − mean)/spread.
inline constexpr float kPictureMean = 0.5F;
inline constexpr float kPictureSpread = 0.25F;

/// Fills @p planes, float [3, height, width] (RGB, normalised), with the part of @p picture that
/// @p sourceFromTarget maps it to. Bilinear, between means of @p reduction × reduction pixels against
/// aliasing when the picture is made smaller. Outside the picture the value is 0, which is a medium
/// grey.
void warpPicture(const PixelView &picture, const Affine &sourceFromTarget, const ColourTransform &colour, int width,
                 int height, int reduction, float *planes);

} // namespace poselift
