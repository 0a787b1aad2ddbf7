#include "widgets/tables/queuetablemodel.h"

#include "widgets/timeline/timecode.h"

#include <QLocale>

#include <algorithm>

namespace poselift {

void QueueTableModel::setRows(std::vector<QueueRow> rows)
{
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int QueueTableModel::rowOf(TrackId track, qint64 frame) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const QueueRow &row) { return row.track == track && row.frame == frame; });
    return found != m_rows.end() ? static_cast<int>(std::distance(m_rows.begin(), found)) : -1;
}

int QueueTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int QueueTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString QueueTableModel::text(const QueueRow &row, int column, int rank) const
{
    const QLocale locale;
    switch (column) {
    case RankColumn:
        return locale.toString(rank + 1);
    case FrameColumn:
        return row.seconds < 0
                   ? locale.toString(row.frame)
                   : tr("%1 (%2)", "frame and time").arg(locale.toString(row.frame), formatTime(row.seconds));
    case PersonColumn:
        return row.person;
    case JointsColumn:
        return row.jointNames;
    case ScoreColumn:
        return locale.toString(row.score, 'f', 0);
    default:
        return row.reason;
    }
}

QVariant QueueTableModel::toolTip(const QueueRow &row, int column) const
{
    if (column == ScoreColumn)
        return tr("All joints of this frame together seem to be off by %1 % of the person's height")
            .arg(QLocale().toString(row.score, 'f', 0));
    return column == ReasonColumn || column == JointsColumn ? QVariant(text(row, column, 0)) : QVariant();
}

QVariant QueueTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QueueRow &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column(), index.row());
    case Qt::ToolTipRole:
        return toolTip(row, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == RankColumn ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case ScoreShareRole:
        return m_rows.front().score > 0 ? double(row.score / m_rows.front().score) : 0.0;
    case TrackRole:
        return row.track;
    case FrameRole:
        return row.frame;
    default:
        return {};
    }
}

QVariant QueueTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case RankColumn:
        //: column of the rank
        return tr("#");
    case FrameColumn:
        return tr("Frame");
    case PersonColumn:
        return tr("Person");
    case JointsColumn:
        return tr("Joints");
    case ScoreColumn:
        return tr("Score");
    case ReasonColumn:
        return tr("Why");
    default:
        return {};
    }
}

} // namespace poselift
