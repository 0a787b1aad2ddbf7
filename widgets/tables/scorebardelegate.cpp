#include "widgets/tables/scorebardelegate.h"

#include "widgets/tables/queuetablemodel.h"

#include <QApplication>
#include <QPainter>

#include <cmath>

namespace poselift {

void ScoreBarDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    initStyleOption(&cell, index);
    const QString number = std::exchange(cell.text, QString());
    const QStyle *style = cell.widget != nullptr ? cell.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);

    const bool selected = cell.state.testFlag(QStyle::State_Selected);
    const QRect room = cell.rect.adjusted(3, 3, -3, -3);
    QRect bar = room;
    bar.setWidth(static_cast<int>(std::lround(room.width() * index.data(QueueTableModel::ScoreShareRole).toDouble())));
    QColor colour = cell.palette.color(selected ? QPalette::HighlightedText : QPalette::Highlight);
    colour.setAlphaF(0.35F);
    painter->fillRect(bar, colour);
    painter->setPen(cell.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
    painter->drawText(room.adjusted(3, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, number);
}

} // namespace poselift
