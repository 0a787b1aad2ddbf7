#include "widgets/charts/chartstyle.h"

#include <qcustomplot.h>

#include <array>

namespace poselift {

namespace {

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightnessF() < 0.5;
}

QColor mixed(const QColor &a, const QColor &b, double shareOfB)
{
    const auto mix = [shareOfB](float x, float y) { return static_cast<float>(x + (y - x) * shareOfB); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

void applyToAxis(QCPAxis *axis, const QColor &text, const QColor &grid)
{
    axis->setBasePen(QPen(text));
    axis->setTickPen(QPen(text));
    axis->setSubTickPen(QPen(text));
    axis->setTickLabelColor(text);
    axis->setLabelColor(text);
    axis->grid()->setPen(QPen(grid, 0, Qt::SolidLine));
    axis->grid()->setZeroLinePen(QPen(grid, 0, Qt::SolidLine));
}

} // namespace

void applyPalette(QCustomPlot *plot, const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    const QColor grid = mixed(base, text, 0.15);
    plot->setBackground(QBrush(base));
    for (QCPAxis *axis : plot->axisRect()->axes())
        applyToAxis(axis, text, grid);
    plot->legend->setBrush(QBrush(base));
    plot->legend->setBorderPen(Qt::NoPen);
    plot->legend->setTextColor(text);
}

QPen curvePen(int index, const QPalette &palette)
{
    const std::array<QColor, 5> light{QColor(0x0072b2), QColor(0xd55e00), QColor(0x007a5a), QColor(0x9b4f82),
                                      QColor(0x7a6000)};
    const std::array<QColor, 5> dark{QColor(0x56b4e9), QColor(0xe69f00), QColor(0x2fc89b), QColor(0xe59ac6),
                                     QColor(0xf0e442)};
    static const std::array<QList<qreal>, 6> dashes{QList<qreal>{},     {6, 3},  {1.5, 2.5},
                                                    {6, 2.5, 1.5, 2.5}, {10, 3}, {6, 2, 1.5, 2, 1.5, 2}};
    const auto at = static_cast<std::size_t>(index);
    QPen pen((isDark(palette) ? dark : light)[at % light.size()], index == 0 ? 2.2 : 1.6);
    if (const QList<qreal> &dash = dashes[at % dashes.size()]; !dash.isEmpty())
        pen.setDashPattern(dash);
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

QColor betterColour(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x56b4e9) : QColor(0x0072b2);
}

QColor worseColour(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xe69f00) : QColor(0xd55e00);
}

} // namespace poselift
