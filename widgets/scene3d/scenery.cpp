#include "widgets/scene3d/scenery.h"

#include "widgets/scene3d/sceneframe.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace poselift {

namespace {

QColor mixed(const QColor &from, const QColor &to, double share)
{
    const auto s = static_cast<float>(std::clamp(share, 0.0, 1.0));
    return QColor::fromRgbF(from.redF() + (to.redF() - from.redF()) * s,
                            from.greenF() + (to.greenF() - from.greenF()) * s,
                            from.blueF() + (to.blueF() - from.blueF()) * s);
}

/// One grid line cut into pieces of half a metre, each end coloured by its distance from the middle.
void appendFadingLine(std::vector<LineVertex> *lines, QVector3D from, QVector3D to, double radius,
                      const QColor &colour, const QColor &background)
{
    const auto vertexAt = [&](QVector3D p) {
        const double r = static_cast<double>(p.length()) / radius;
        return LineVertex{p, mixed(colour, background, (r - 0.35) / 0.65)};
    };
    const int pieces = std::max(1, static_cast<int>(std::ceil((to - from).length() / 0.5F)));
    for (int i = 0; i < pieces; ++i) {
        const QVector3D a = from + (to - from) * (static_cast<float>(i) / static_cast<float>(pieces));
        const QVector3D b = from + (to - from) * (static_cast<float>(i + 1) / static_cast<float>(pieces));
        lines->push_back(vertexAt(a));
        lines->push_back(vertexAt(b));
    }
}

} // namespace

SceneColours sceneColours(bool dark)
{
    if (dark)
        return {QColor(0x1b, 0x1c, 0x1f), QColor(0x4a, 0x4d, 0x54), QColor(0x7d, 0x82, 0x8c),
                QColor(0xf0, 0xe4, 0x42), QColor(0xff, 0xff, 0xff)};
    return {QColor(0xf4, 0xf5, 0xf7), QColor(0xc2, 0xc6, 0xcd), QColor(0x8b, 0x90, 0x9a),
            QColor(0x8a, 0x6d, 0x00), QColor(0x20, 0x20, 0x20)};
}

std::vector<LineVertex> gridLines(double radiusMetres, const SceneColours &colours)
{
    std::vector<LineVertex> lines;
    const int last = static_cast<int>(std::floor(radiusMetres));
    for (int i = -last; i <= last; ++i) {
        const double half = std::sqrt(std::max(0.0, radiusMetres * radiusMetres - static_cast<double>(i) * i));
        const auto h = static_cast<float>(half);
        const auto at = static_cast<float>(i);
        const QColor &colour = i == 0 ? colours.gridStrong : colours.grid;
        appendFadingLine(&lines, {at, 0, -h}, {at, 0, h}, radiusMetres, colour, colours.background);
        appendFadingLine(&lines, {-h, 0, at}, {h, 0, at}, radiusMetres, colour, colours.background);
    }
    return lines;
}

std::vector<LineVertex> axisLines(double lengthMetres)
{
    const QColor red(0xe0, 0x40, 0x40), green(0x30, 0xb0, 0x50), blue(0x40, 0x80, 0xf0);
    const QVector3D origin;
    return {{origin, red}, {sceneFromCamera(lengthMetres, 0, 0), red},
            {origin, green}, {sceneFromCamera(0, lengthMetres, 0), green},
            {origin, blue}, {sceneFromCamera(0, 0, lengthMetres), blue}};
}

std::vector<LineVertex> frustumLines(const CameraIntrinsics &camera, double depthMetres, const QColor &colour)
{
    if (!camera.isValid())
        return {};
    const auto corner = [&](double u, double v) {
        return sceneFromCamera((u - camera.cx) / camera.fx * depthMetres,
                               (v - camera.cy) / camera.fy * depthMetres, depthMetres);
    };
    const double w = camera.width, h = camera.height;
    const std::array<QVector3D, 4> corners{corner(0, 0), corner(w, 0), corner(w, h), corner(0, h)};
    std::vector<LineVertex> lines;
    const auto add = [&](const QVector3D &a, const QVector3D &b) {
        lines.push_back({a, colour});
        lines.push_back({b, colour});
    };
    for (std::size_t i = 0; i < 4; ++i) {
        add(QVector3D(), corners[i]);
        add(corners[i], corners[(i + 1) % 4]);
    }
    const QVector3D tip = corner(w / 2, -h * 0.25);
    add(corner(w * 0.35, -h * 0.05), tip);
    add(tip, corner(w * 0.65, -h * 0.05));
    add(corner(w * 0.65, -h * 0.05), corner(w * 0.35, -h * 0.05));
    return lines;
}

FigureSizes figureSizes(bool secondary, bool selected)
{
    const double factor = selected ? 1.25 : 1.0;
    return secondary ? FigureSizes{0.030 * factor, 0.012 * factor}
                     : FigureSizes{0.042 * factor, 0.025 * factor};
}

} // namespace poselift
