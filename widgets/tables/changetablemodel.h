#pragma once

#include "core/training/trainingreport.h"

#include <QAbstractTableModel>

namespace poselift {

/// One row per joint: its error before and after training, and the difference with its 95 % interval.
class ChangeTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        JointColumn,
        BeforeColumn,
        AfterColumn,
        DifferenceColumn,
        IntervalColumn,
        ColumnCount
    };
    /// What a column is sorted by: a number, or the joint's place in the report.
    static constexpr int SortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    /// @param metric  one of report.metrics; joints without it are left out
    void setReport(const TrainingReport &report, const std::string &metric);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const JointChange &joint, int column) const;
    QString explanation(const JointChange &joint, int column) const;
    double sortValue(int row, int column) const;
    const ErrorChange &changeOf(int row) const;

    std::vector<JointChange> m_joints;
    std::string m_metric;
};

} // namespace poselift
