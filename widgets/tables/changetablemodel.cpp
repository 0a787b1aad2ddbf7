#include "widgets/tables/changetablemodel.h"

#include "widgets/charts/trainingtext.h"
#include "widgets/style/jointnames.h"

#include <QLocale>

namespace poselift {

void ChangeTableModel::setReport(const TrainingReport &report, const std::string &metric)
{
    beginResetModel();
    m_joints = report.joints;
    m_metric = metric;
    std::erase_if(m_joints, [&metric](const JointChange &joint) { return !joint.metrics.contains(metric); });
    endResetModel();
}

int ChangeTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_joints.size());
}

int ChangeTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const ErrorChange &ChangeTableModel::changeOf(int row) const
{
    return m_joints[static_cast<std::size_t>(row)].metrics.at(m_metric);
}

QString ChangeTableModel::text(const JointChange &joint, int column) const
{
    const QLocale locale;
    const ErrorChange &change = joint.metrics.at(m_metric);
    switch (column) {
    case JointColumn:
        return displayJointName(joint.joint);
    case BeforeColumn:
        return locale.toString(change.before, 'f', 1);
    case AfterColumn:
        return locale.toString(change.after, 'f', 1);
    case DifferenceColumn:
        return QStringLiteral("%1 %2").arg(changeSymbol(change), signedText(change.difference));
    default:
        return change.hasInterval() ? tr("%1 … %2", "from, to").arg(signedText(change.low), signedText(change.high))
                                    : QStringLiteral("—");
    }
}

QString ChangeTableModel::explanation(const JointChange &joint, int column) const
{
    const ErrorChange &change = joint.metrics.at(m_metric);
    if (column == DifferenceColumn)
        return changeText(change, m_metric);
    if (column == IntervalColumn && !change.hasInterval())
        return tr("Too few held-out frames");
    return text(joint, column);
}

double ChangeTableModel::sortValue(int row, int column) const
{
    const ErrorChange &change = changeOf(row);
    switch (column) {
    case BeforeColumn:
        return change.before;
    case AfterColumn:
        return change.after;
    case DifferenceColumn:
        return change.difference;
    case IntervalColumn:
        return change.high;
    default:
        return row;
    }
}

QVariant ChangeTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JointChange &joint = m_joints[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(joint, index.column());
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return explanation(joint, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == JointColumn ? QVariant() : QVariant(int(Qt::AlignRight | Qt::AlignVCenter));
    case SortRole:
        return sortValue(index.row(), index.column());
    default:
        return {};
    }
}

QVariant ChangeTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == IntervalColumn)
        return tr("95 % confidence interval of the change, %1").arg(metricUnit(m_metric));
    if (role == Qt::ToolTipRole)
        return section == JointColumn ? QString()
                                      : tr("%1, %2", "metric, unit").arg(metricText(m_metric), metricUnit(m_metric));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case JointColumn:
        return tr("Joint");
    case BeforeColumn:
        return tr("Before");
    case AfterColumn:
        return tr("After");
    case DifferenceColumn:
        return tr("Change");
    case IntervalColumn:
        return tr("95 % CI", "confidence interval, short");
    default:
        return {};
    }
}

} // namespace poselift
