#pragma once

#include "core/training/traininglog.h"
#include "gui/trainedmodels.h"
#include "gui/trainingruns.h"

#include <QObject>
#include <QPointer>

#include <memory>

class QAction;
class QDockWidget;
class QMainWindow;
class QMenu;

namespace poselift {

class FinetuneDialog;
class MessageBar;
class PlaybackController;
class Selection;
class SettingsStore;
class TrainingPanel;
struct FinetuneSubject;

/// The window's side of fine-tuning: the menu Model, the dialog, the dock with curves, results and
/// runs, and what is offered when a run was interrupted.
class FinetuneController : public QObject
{
    Q_OBJECT
public:
    struct Parts
    {
        PoseDocument *document;
        Selection *selection;
        SettingsStore *settings;
        ModelChoice *models;
        RunController *runs;
        LayerBar *layers;
        WorkerClient *worker; ///< the one for everything but training
        MessageBar *messages;
        QMenu *menu;
    };

    /// @param workerProgram  of which the training gets a process of its own
    FinetuneController(const Parts &parts, const QString &workerProgram, QMainWindow *window);
    ~FinetuneController() override;

    QDockWidget *dock() const { return m_dock; }
    bool isBusy() const { return m_runs.isBusy(); }
    TrainingRuns *runs() { return &m_runs; }
    /// Lines of the shown run's log.
    const TrainingLog &log() const { return m_log; }

Q_SIGNALS:
    void failed(const poselift::Error &error);

private:
    void makeDock();
    void makeActions();
    QAction *add(const char *objectName, const QString &text, const QKeySequence &keys,
                 void (FinetuneController::*slot)());
    void connectRuns();
    void showDialog();
    FinetuneSubject subject() const;
    void startFrom(const FinetuneDialog &dialog);
    void show(const std::string &id);
    void showRows();
    void showRow();
    void showHead();
    void readLog();
    void cancel();
    void resume();
    void use();
    void keep();
    void compare();
    void offerToResume(const QString &id);
    void updateActions();
    QString refusal() const;
    const RunRow *shown() const { return m_runs.row(m_shown); }
    QString statusOf(const RunRow &row) const;

    Parts m_parts;
    QMainWindow *m_window;
    TrainingRuns m_runs;
    TrainedModels m_models;
    QDockWidget *m_dock = nullptr;
    TrainingPanel *m_panel = nullptr;
    QAction *m_finetune = nullptr;
    QAction *m_cancel = nullptr;
    QAction *m_resume = nullptr;
    QAction *m_use = nullptr;
    QAction *m_keep = nullptr;
    QAction *m_compare = nullptr;
    QPointer<FinetuneDialog> m_dialog;
    std::string m_shown; ///< id of the run in the dock; empty: none
    std::unique_ptr<TrainingLogReader> m_reader;
    TrainingLog m_log;
    JobProgress m_progress; ///< of the active run
    bool m_cancelling = false;
};

} // namespace poselift
