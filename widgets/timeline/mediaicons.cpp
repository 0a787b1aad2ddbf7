#include "widgets/timeline/mediaicons.h"

#include <QPainter>
#include <QPixmap>

namespace poselift {

namespace {

constexpr int kSize = 64; // drawn large, scaled down by QIcon

void drawTriangle(QPainter &painter, double left, double width, bool right)
{
    const double tip = right ? left + width : left;
    const double base = right ? left : left + width;
    painter.drawPolygon(QPolygonF{{base, 12}, {tip, 32}, {base, 52}});
}

void draw(QPainter &painter, MediaSymbol symbol)
{
    switch (symbol) {
    case MediaSymbol::Play:
        drawTriangle(painter, 16, 36, true);
        break;
    case MediaSymbol::Pause:
        painter.drawRect(QRectF(14, 12, 12, 40));
        painter.drawRect(QRectF(38, 12, 12, 40));
        break;
    case MediaSymbol::Previous:
        painter.drawRect(QRectF(42, 12, 8, 40));
        drawTriangle(painter, 10, 28, false);
        break;
    case MediaSymbol::Next:
        painter.drawRect(QRectF(14, 12, 8, 40));
        drawTriangle(painter, 26, 28, true);
        break;
    case MediaSymbol::First:
        painter.drawRect(QRectF(8, 12, 6, 40));
        drawTriangle(painter, 16, 20, false);
        drawTriangle(painter, 36, 20, false);
        break;
    case MediaSymbol::Last:
        painter.drawRect(QRectF(50, 12, 6, 40));
        drawTriangle(painter, 8, 20, true);
        drawTriangle(painter, 28, 20, true);
        break;
    }
}

} // namespace

QIcon mediaIcon(MediaSymbol symbol, const QColor &colour)
{
    QPixmap pixmap(kSize, kSize);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    draw(painter, symbol);
    return QIcon(pixmap);
}

} // namespace poselift
