#include "widgets/tables/runtablemodel.h"

#include "widgets/charts/trainingtext.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace poselift {

namespace {

std::string textOf(const nlohmann::json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The change that the report leads with.
QString resultText(const TrainingReport &report)
{
    for (const char *metric : {"p_mpjpe_mm", "mpjpe_mm", "pixels"}) {
        const auto found = report.overall.find(metric);
        if (found != report.overall.end())
            return RunTableModel::tr("%1 %2 %3 (%4)", "symbol, difference, unit, metric")
                .arg(changeSymbol(found->second), signedText(found->second.difference), metricUnit(metric),
                     metricText(metric));
    }
    return {};
}

} // namespace

QString runStateText(const RunRow &row)
{
    switch (row.run.state) {
    case TrainingRunState::Running:
    case TrainingRunState::Prepared:
        return row.isActive ? RunTableModel::tr("running") : RunTableModel::tr("interrupted");
    case TrainingRunState::Finished:
        return RunTableModel::tr("finished");
    case TrainingRunState::Cancelled:
        return RunTableModel::tr("cancelled");
    case TrainingRunState::Failed:
        return RunTableModel::tr("failed");
    }
    return {};
}

QString runTimeText(const std::string &id)
{
    const QString text = QString::fromStdString(id);
    const QDateTime time = QDateTime::fromString(text.left(15), QStringLiteral("yyyyMMdd-HHmmss"));
    return time.isValid() ? QLocale().toString(time, QLocale::ShortFormat) + text.mid(15) : text;
}

QString runSettingsText(const TrainingRun &run)
{
    QStringList lines;
    for (const auto &[name, value] : run.settings.items()) {
        const bool isLeftOpen =
            value == 0 || value == 0.0 || value == "" || value.is_null() || value.is_structured() || value == false;
        if (!isLeftOpen && name != "run" && name != "project")
            lines << QStringLiteral("%1: %2").arg(
                QString::fromStdString(name).replace(u'_', u' '),
                QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump()));
    }
    return lines.join(u'\n');
}

void RunTableModel::setRows(std::vector<RunRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int RunTableModel::rowOf(const std::string &id) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&id](const RunRow &row) { return row.run.id == id; });
    return found != m_rows.end() ? static_cast<int>(std::distance(m_rows.begin(), found)) : -1;
}

int RunTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RunTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RunTableModel::text(const RunRow &row, int column) const
{
    switch (column) {
    case TimeColumn:
        return runTimeText(row.run.id);
    case StateColumn:
        return runStateText(row);
    case ResultColumn:
        return row.report ? resultText(*row.report) : QString();
    case ModelColumn:
        return QString::fromStdString(row.report ? row.report->model : textOf(row.run.settings, "model"));
    default:
        return objectiveText(row.report ? row.report->objective : textOf(row.run.settings, "objective"));
    }
}

QVariant RunTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RunRow &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return runSettingsText(row.run);
    default:
        return {};
    }
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Started");
    case StateColumn:
        return tr("State");
    case ResultColumn:
        return tr("Result");
    case ModelColumn:
        return tr("Model");
    case ObjectiveColumn:
        return tr("Learned from");
    default:
        return {};
    }
}

} // namespace poselift
