#pragma once

#include <QStyledItemDelegate>

namespace poselift {

/// Draws a number over a bar whose length is the role QueueTableModel::ScoreShareRole.
class ScoreBarDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace poselift
