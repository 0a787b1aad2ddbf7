#pragma once

#include "core/training/traininglog.h"
#include "widgets/tables/runtablemodel.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QTableView;
class QTabWidget;

namespace poselift {

class ChangeView;
class LossChart;

/// Fine-tuning: the curves of the chosen run, what it changed, and the list of all runs. Shows what it
/// is told.
class TrainingPanel : public QWidget
{
    Q_OBJECT
public:
    /// What is above the pages.
    struct Head
    {
        QString title;     ///< which run
        QString status;    ///< what it is doing
        double share = -1; ///< done, 0 … 1; negative: no bar
        bool canCancel = false;
        bool canResume = false;
    };

    explicit TrainingPanel(QWidget *parent = nullptr);

    void setHead(const Head &head);
    /// The list of runs, the newest first, and which of them is shown; empty: none.
    void setRuns(std::vector<RunRow> rows, const std::string &shown);
    void setLog(const TrainingLog &log);
    void showCurves();
    void showChanges();
    ChangeView *changes() { return m_changes; }

Q_SIGNALS:
    void cancelRequested();
    void resumeRequested();
    void runChosen(const QString &id);

private:
    QWidget *makeHead();
    QWidget *makeCurves();
    QWidget *makeRuns();
    void chooseRow();

    QLabel *m_title = nullptr;
    QLabel *m_status = nullptr;
    QProgressBar *m_bar = nullptr;
    QPushButton *m_cancel = nullptr;
    QPushButton *m_resume = nullptr;
    QTabWidget *m_tabs = nullptr;
    LossChart *m_losses = nullptr;
    QCheckBox *m_logScale = nullptr;
    QLabel *m_message = nullptr;
    ChangeView *m_changes = nullptr;
    QTableView *m_table = nullptr;
    RunTableModel *m_runs = nullptr;
    QStackedWidget *m_runsStack = nullptr;
    QLabel *m_noRuns = nullptr;
    QWidget *m_curvesPage = nullptr;
    bool m_filling = false; ///< rows are being replaced: nobody chooses one
};

/// "Step 120 of 2,400 · 713 frames/s · about 13 minutes left".
QString trainingProgressText(const TrainingStep &step);

} // namespace poselift
