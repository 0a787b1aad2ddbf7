#pragma once

#include <QColor>
#include <QPen>

class QCustomPlot;
class QPalette;

namespace poselift {

/// Axes, grid, legend and background of @p plot in the colours of @p palette.
void applyPalette(QCustomPlot *plot, const QPalette &palette);

/// Pen of the @p index-th curve of a chart: another dash pattern and another colour (Okabe & Ito 2008,
/// without those that are faint on the background); both repeat after six, together after thirty.
QPen curvePen(int index, const QPalette &palette);

/// Colours of a change; never the only sign of it.
QColor betterColour(const QPalette &palette);
QColor worseColour(const QPalette &palette);

} // namespace poselift
