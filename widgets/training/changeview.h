#pragma once

#include "core/training/trainingreport.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;
class QTabWidget;

namespace poselift {

class ChangeBarChart;
class ChangeSkeleton;
class ChangeTableModel;

/// What a fine-tuning run changed, before and after on the same held-out frames: a sentence, and every
/// joint in a table, as bars and on a figure. Below it the decision: use the new model or keep the old.
class ChangeView : public QWidget
{
    Q_OBJECT
public:
    explicit ChangeView(QWidget *parent = nullptr);

    /// Nothing: the run has no report (yet).
    void setReport(const std::optional<TrainingReport> &report);
    /// Whether the trained model can be taken and lifted with now.
    void setChoicesEnabled(bool canUse, bool canCompare);
    /// What was decided, in a sentence; may be empty.
    void setDecision(const QString &text);

Q_SIGNALS:
    void useRequested();
    void keepRequested();
    void compareRequested();

private:
    QWidget *makeHead();
    QWidget *makeTable();
    QWidget *makeButtons();
    QPushButton *addButton(QWidget *row, const char *objectName, const QString &text, const QString &explanation);
    std::string metric() const;
    void fillMetrics();
    void showMetric();
    QString headline(const ErrorChange &error) const;
    QString rehearsalText() const;

    std::optional<TrainingReport> m_report;
    QLabel *m_headline = nullptr;
    QLabel *m_truth = nullptr;
    QLabel *m_rehearsal = nullptr;
    QLabel *m_decision = nullptr;
    QComboBox *m_metrics = nullptr;
    QTabWidget *m_tabs = nullptr;
    QTableView *m_table = nullptr;
    ChangeTableModel *m_model = nullptr;
    QSortFilterProxyModel *m_sorted = nullptr;
    ChangeBarChart *m_bars = nullptr;
    ChangeSkeleton *m_figure = nullptr;
    QPushButton *m_use = nullptr;
    QPushButton *m_keep = nullptr;
    QPushButton *m_compare = nullptr;
};

} // namespace poselift
