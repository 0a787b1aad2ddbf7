#pragma once

#include "core/pose/track.h"

#include <QAbstractTableModel>
#include <QString>

#include <vector>

namespace poselift {

/// One frame of one person to look at, in words.
struct QueueRow
{
    TrackId track = 0;
    qint64 frame = 0;
    double seconds = 0;      ///< negative: not known
    float score = 0;         ///< percent of the person's height, all joints together
    std::vector<int> joints; ///< the worst first
    QString person;
    QString jointNames;
    QString reason;
    bool isSameFrame(const QueueRow &other) const { return track == other.track && frame == other.frame; }
    friend bool operator==(const QueueRow &, const QueueRow &) = default;
};

/// The queue of frames to correct, the worst first. Read-only.
class QueueTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        RankColumn,
        FrameColumn,
        PersonColumn,
        JointsColumn,
        ScoreColumn,
        ReasonColumn,
        ColumnCount
    };
    enum Role
    {
        ScoreShareRole = Qt::UserRole, ///< double: the score as a share of the first row's, [0, 1]
        TrackRole,                     ///< int
        FrameRole,                     ///< qint64
    };
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<QueueRow> rows);
    const std::vector<QueueRow> &rows() const { return m_rows; }
    /// The row of that frame and person, or −1.
    int rowOf(TrackId track, qint64 frame) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const QueueRow &row, int column, int rank) const;
    QVariant toolTip(const QueueRow &row, int column) const;

    std::vector<QueueRow> m_rows;
};

} // namespace poselift
