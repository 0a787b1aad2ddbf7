#pragma once

#include <QImage>
#include <QRect>

#include <array>

namespace poselift {

/// How a picture is lit at display. Says nothing about the video: detectors and files never see it.
/// All three are in [-100, 100], 0 leaves the picture as it is.
struct PictureAdjustment
{
    int brightness = 0; ///< 100 adds half of the range
    int contrast = 0;   ///< about the middle grey; 100 is four times as steep, -100 a quarter
    int gamma = 0;      ///< 100 is an exponent of 1/4 (lifts the shadows), -100 of 4

    bool isNeutral() const { return *this == PictureAdjustment{}; }
    double contrastFactor() const;
    double gammaValue() const; ///< 1 / exponent
    friend bool operator==(const PictureAdjustment &, const PictureAdjustment &) = default;
};

/// For each 8-bit value of a channel the one to show: first gamma, then contrast, then brightness.
std::array<quint8, 256> lookupTable(const PictureAdjustment &adjustment);

/// Sends every channel of the pixels of @p area through the table.
/// @pre image.format() is Format_RGB32
void adjustPicture(QImage &image, const QRect &area, const PictureAdjustment &adjustment);

} // namespace poselift
