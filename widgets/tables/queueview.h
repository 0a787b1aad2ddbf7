#pragma once

#include "core/review/reviewreason.h"
#include "widgets/tables/queuetablemodel.h"
#include "widgets/tables/reviewweightspanel.h"

#include <QWidget>

#include <optional>
#include <utility>
#include <vector>

class QComboBox;
class QLabel;
class QProgressBar;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace poselift {

/// The queue of frames to correct: table, filters, weights, progress of the scoring. Shows what it is
/// told; rows are in the order that they are given.
class QueueView : public QWidget
{
    Q_OBJECT
public:
    explicit QueueView(QWidget *parent = nullptr);

    QueueTableModel *model() { return m_model; }
    /// The chosen row stays chosen when the same frame and person is in the new ones.
    void setRows(std::vector<QueueRow> rows);
    int currentRow() const;
    /// Chooses and shows a row; −1: none. Emits nothing.
    void setCurrentRow(int row);
    /// What is shown instead of an empty table.
    void setEmptyText(const QString &text);
    /// Below the table.
    void setSummary(const QString &text);
    /// @p total 0: nothing is being scored.
    void setProgress(qint64 done, qint64 total);
    /// For the filter; a chosen person who is not there any more gives way to everybody.
    void setPeople(const std::vector<std::pair<TrackId, QString>> &people);
    void setEmphasis(const ReviewEmphasis &emphasis) { m_weights->setEmphasis(emphasis); }
    void setWeightsVisible(bool visible);
    /// Opens as a context menu of the rows.
    void addRowAction(QAction *action);

    TrackId personFilter() const; ///< 0: everybody
    std::optional<ReviewReason> reasonFilter() const;

Q_SIGNALS:
    /// Double click, Enter or Return.
    void rowActivated(int row);
    void filterChanged();
    void emphasisChosen(const poselift::ReviewEmphasis &emphasis);
    void weightsShown(bool shown);
    void cancelRequested();

private:
    QWidget *makeFilters();
    void makeTable();
    QWidget *makeProgress();
    void showTableOrText();

    QueueTableModel *m_model;
    QTableView *m_table = nullptr;
    QStackedWidget *m_stack = nullptr;
    QLabel *m_empty = nullptr;
    QLabel *m_summary = nullptr;
    QComboBox *m_people = nullptr;
    QComboBox *m_reasons = nullptr;
    QToolButton *m_weightsButton = nullptr;
    ReviewWeightsPanel *m_weights = nullptr;
    QWidget *m_progressRow = nullptr;
    QProgressBar *m_progress = nullptr;
};

} // namespace poselift
