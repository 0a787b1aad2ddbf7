#pragma once

#include "core/training/trainingreport.h"
#include "core/training/trainingrun.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace poselift {

/// One line of the list of runs.
struct RunRow
{
    TrainingRun run;
    bool isActive = false;                ///< a process works on it now
    std::optional<TrainingReport> report; ///< when it has one
};

/// What people call the state of a run: one that is "running" without a process was interrupted.
QString runStateText(const RunRow &row);
/// "31 Jan 2025 17:45" of a run's id; the id itself when it is no time.
QString runTimeText(const std::string &id);
/// All settings of the run that are not left to the preset, one a line.
QString runSettingsText(const TrainingRun &run);

/// The fine-tuning runs of a project, with settings and results.
class RunTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        TimeColumn,
        StateColumn,
        ResultColumn,
        ModelColumn,
        ObjectiveColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<RunRow> rows);
    const std::vector<RunRow> &rows() const { return m_rows; }
    int rowOf(const std::string &id) const; ///< -1 when it is not there

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const RunRow &row, int column) const;

    std::vector<RunRow> m_rows;
};

} // namespace poselift
