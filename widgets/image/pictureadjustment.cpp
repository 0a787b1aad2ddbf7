#include "widgets/image/pictureadjustment.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr double kSteepest = 4.0; ///< of contrast and gamma

} // namespace

double PictureAdjustment::contrastFactor() const
{
    return std::pow(kSteepest, contrast / 100.0);
}

double PictureAdjustment::gammaValue() const
{
    return std::pow(kSteepest, gamma / 100.0);
}

std::array<quint8, 256> lookupTable(const PictureAdjustment &adjustment)
{
    std::array<quint8, 256> table{};
    const double factor = adjustment.contrastFactor();
    const double exponent = 1.0 / adjustment.gammaValue();
    for (std::size_t value = 0; value < table.size(); ++value) {
        const double curved = std::pow(static_cast<double>(value) / 255.0, exponent);
        const double shown = (curved - 0.5) * factor + 0.5 + adjustment.brightness / 200.0;
        table[value] = static_cast<quint8>(std::lround(255.0 * std::clamp(shown, 0.0, 1.0)));
    }
    return table;
}

void adjustPicture(QImage &image, const QRect &area, const PictureAdjustment &adjustment)
{
    Q_ASSERT(image.format() == QImage::Format_RGB32);
    if (adjustment.isNeutral())
        return;
    const std::array<quint8, 256> table = lookupTable(adjustment);
    const QRect inside = area.intersected(image.rect());
    for (int y = inside.top(); y <= inside.bottom(); ++y) {
        auto *pixel = reinterpret_cast<QRgb *>(image.scanLine(y)) + inside.left();
        for (const QRgb *end = pixel + inside.width(); pixel != end; ++pixel) {
            *pixel = 0xff000000U | static_cast<QRgb>(table[*pixel >> 16 & 0xffU]) << 16
                     | static_cast<QRgb>(table[*pixel >> 8 & 0xffU]) << 8 | table[*pixel & 0xffU];
        }
    }
}

} // namespace poselift
