#include "gui/finetunecontroller.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "gui/availability.h"
#include "gui/dialogs/finetunedialog.h"
#include "gui/errortext.h"
#include "gui/menuaction.h"
#include "gui/modelchoice.h"
#include "gui/personname.h"
#include "gui/runcontroller.h"
#include "gui/settingsstore.h"
#include "widgets/jobs/jobrow.h"
#include "widgets/jobs/messagebar.h"
#include "widgets/training/changeview.h"
#include "widgets/training/trainingpanel.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>

namespace poselift {

FinetuneController::FinetuneController(const Parts &parts, const QString &workerProgram, QMainWindow *window)
    : QObject(window), m_parts(parts), m_window(window), m_runs(parts.document, workerProgram, nullptr),
      m_models(parts.models, parts.runs, parts.layers, parts.worker, nullptr)
{
    makeDock();
    makeActions();
    connectRuns();
    connect(&m_models, &TrainedModels::failed, this, &FinetuneController::failed);
    connect(&m_models, &TrainedModels::changed, this, &FinetuneController::showRow);
    connect(parts.document, &PoseDocument::wasReset, this, &FinetuneController::updateActions);
    connect(parts.document, &PoseDocument::changed, this, [this](const PoseChange &change) {
        if (change.layersChanged)
            updateActions();
    });
    connect(parts.runs, &RunController::stateChanged, this, &FinetuneController::updateActions);
    updateActions();
}

FinetuneController::~FinetuneController() = default;

void FinetuneController::makeDock()
{
    m_dock = new QDockWidget(tr("Training"), m_window);
    m_dock->setObjectName(QStringLiteral("trainingDock"));
    m_dock->setAccessibleName(tr("Training"));
    m_panel = new TrainingPanel(m_dock);
    m_dock->setWidget(m_panel);
    m_window->addDockWidget(Qt::RightDockWidgetArea, m_dock);
    m_dock->hide();
    m_dock->toggleViewAction()->setObjectName(QStringLiteral("showTrainingAction"));
    m_dock->toggleViewAction()->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G));
    connect(m_panel, &TrainingPanel::cancelRequested, this, &FinetuneController::cancel);
    connect(m_panel, &TrainingPanel::resumeRequested, this, &FinetuneController::resume);
    connect(m_panel, &TrainingPanel::runChosen, this, [this](const QString &id) { show(id.toStdString()); });
    connect(m_panel->changes(), &ChangeView::useRequested, this, &FinetuneController::use);
    connect(m_panel->changes(), &ChangeView::keepRequested, this, &FinetuneController::keep);
    connect(m_panel->changes(), &ChangeView::compareRequested, this, &FinetuneController::compare);
}

QAction *FinetuneController::add(const char *objectName, const QString &text, const QKeySequence &keys,
                                 void (FinetuneController::*slot)())
{
    QAction *action = addMenuAction(m_parts.menu, m_window, objectName, text, keys);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void FinetuneController::makeActions()
{
    m_finetune = add("finetuneAction", tr("&Fine-Tune…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F),
                     &FinetuneController::showDialog);
    m_cancel = add("cancelTrainingAction", tr("&Cancel the Training"), {}, &FinetuneController::cancel);
    m_resume = add("resumeTrainingAction", tr("&Resume the Training"), {}, &FinetuneController::resume);
    m_parts.menu->addSeparator();
    m_use = add("useModelAction", tr("&Use the Trained Model"), {}, &FinetuneController::use);
    m_keep = add("keepModelAction", tr("&Keep the Old Model"), {}, &FinetuneController::keep);
    m_compare = add("compareModelsAction", tr("Show Old and New in &3D"), {}, &FinetuneController::compare);
    m_parts.menu->addSeparator();
    m_parts.menu->addAction(m_dock->toggleViewAction());
}

void FinetuneController::connectRuns()
{
    connect(&m_runs, &TrainingRuns::rowsChanged, this, &FinetuneController::showRows);
    connect(&m_runs, &TrainingRuns::busyChanged, this, [this] {
        m_cancelling = false;
        m_progress = {};
        updateActions();
        showHead();
    });
    connect(&m_runs, &TrainingRuns::progressed, this, [this](const JobProgress &progress) {
        m_progress = progress;
        readLog();
        showHead();
    });
    connect(&m_runs, &TrainingRuns::finished, this, [this](const QString &id) {
        show(id.toStdString());
        m_panel->showChanges();
        m_dock->show();
    });
    connect(&m_runs, &TrainingRuns::failed, this, &FinetuneController::failed);
    // Later, when everybody has heard of the new document: it takes the old one's messages away.
    connect(&m_runs, &TrainingRuns::interruptedFound, this, &FinetuneController::offerToResume, Qt::QueuedConnection);
}

QString FinetuneController::refusal() const
{
    if (m_runs.isBusy())
        return tr("A training is running; cancel it or wait for its end.");
    if (m_parts.document->project().trackIds().empty())
        return tr("There is nobody in this document yet: detect people first.");
    return m_parts.models->hasLifter() ? QString() : tr("No lifting model is installed.");
}

FinetuneSubject FinetuneController::subject() const
{
    const Project &project = m_parts.document->project();
    FinetuneSubject subject;
    subject.corrections = countCorrections(project);
    subject.frameCount = project.media.frameCount;
    subject.range = m_parts.selection->range();
    for (const TrackId track : project.trackIds())
        subject.people.emplace_back(track, personName(project, track));
    subject.models = m_parts.models->lifters();
    subject.models.insert(subject.models.begin(), {QString(), tr("Automatic")});
    subject.model = m_parts.models->lifter();
    subject.rehearsal = m_parts.settings->rehearsalFile();
    return subject;
}

void FinetuneController::showDialog()
{
    if (m_dialog || !refusal().isEmpty())
        return;
    m_dialog = new FinetuneDialog(subject(), m_window);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_dialog, &FinetuneDialog::trialWanted, this, [this] { m_runs.measure(m_dialog->settings()); });
    connect(&m_runs, &TrainingRuns::measured, m_dialog, &FinetuneDialog::showEstimate);
    connect(&m_runs, &TrainingRuns::measuringFailed, m_dialog, &FinetuneDialog::showTrialError);
    connect(m_dialog, &QDialog::finished, this, [this](int result) {
        m_runs.endMeasuring();
        if (result == QDialog::Accepted)
            startFrom(*m_dialog);
    });
    m_dialog->open();
}

void FinetuneController::startFrom(const FinetuneDialog &dialog)
{
    const FinetuneSettings settings = dialog.settings();
    m_parts.settings->setRehearsalFile(settings.rehearsal);
    m_shown.clear(); // the new run, as soon as it is there
    m_runs.start(settings);
    m_panel->showCurves();
    m_dock->show();
}

void FinetuneController::show(const std::string &id)
{
    if (id == m_shown)
        return;
    m_shown = id;
    showRows();
}

void FinetuneController::showRows()
{
    if (shown() == nullptr)
        m_shown = m_runs.rows().empty() ? std::string() : m_runs.rows().front().run.id;
    m_panel->setRuns(m_runs.rows(), m_shown);
    m_log = {};
    m_reader.reset();
    if (const RunRow *row = shown())
        m_reader = std::make_unique<TrainingLogReader>(row->run.logPath());
    m_panel->setLog(m_log);
    readLog();
    showRow();
}

void FinetuneController::showRow()
{
    const RunRow *row = shown();
    m_panel->changes()->setReport(row != nullptr ? row->report : std::nullopt);
    m_panel->changes()->setDecision(row != nullptr ? m_models.decision(*row) : QString());
    showHead();
    updateActions();
}

void FinetuneController::readLog()
{
    if (m_reader && m_reader->read(m_log) != TrainingLogReader::Outcome::Nothing)
        m_panel->setLog(m_log);
}

QString FinetuneController::statusOf(const RunRow &row) const
{
    if (row.isActive && m_cancelling)
        return tr("Cancelling…");
    if (row.isActive && m_log.steps.empty())
        return m_progress.stage.empty() ? tr("Waiting for the worker") : stageName(m_progress.stage);
    QStringList parts;
    if (!row.isActive)
        parts << runStateText(row);
    if (row.run.error)
        parts << errorText(*row.run.error);
    if (!m_log.steps.empty()) {
        TrainingStep last = m_log.steps.back();
        if (!row.isActive)
            last.etaSeconds = -1;
        parts << trainingProgressText(last);
    }
    return parts.join(QStringLiteral(" · "));
}

void FinetuneController::showHead()
{
    TrainingPanel::Head head;
    if (const RunRow *row = shown()) {
        head.title = tr("Run of %1").arg(runTimeText(row->run.id));
        head.status = statusOf(*row);
        if (row->isActive)
            head.share =
                m_log.steps.empty() || m_log.steps.back().steps <= 0
                    ? 0
                    : static_cast<double>(m_log.steps.back().step) / static_cast<double>(m_log.steps.back().steps);
        head.canCancel = row->isActive && !m_cancelling;
        head.canResume = !row->isActive && !m_runs.isBusy() && row->run.state != TrainingRunState::Finished;
    } else if (m_runs.isBusy()) {
        head.title = tr("New run");
        head.status = tr("The project is being copied");
    }
    m_panel->setHead(head);
}

void FinetuneController::cancel()
{
    if (m_runs.activeFolder().empty())
        return;
    m_cancelling = true;
    m_runs.cancel();
    showHead();
    updateActions();
}

void FinetuneController::resume()
{
    const RunRow *row = shown();
    if (row == nullptr)
        return;
    m_runs.resume(row->run);
    m_panel->showCurves();
    m_dock->show();
}

void FinetuneController::use()
{
    if (const RunRow *row = shown())
        m_models.use(*row);
}

void FinetuneController::keep()
{
    if (const RunRow *row = shown())
        m_models.keep(*row);
}

void FinetuneController::compare()
{
    if (const RunRow *row = shown())
        m_models.compare(*row);
}

void FinetuneController::offerToResume(const QString &id)
{
    m_parts.messages->showMessage(MessageBar::Kind::Information,
                                  tr("The training of %1 was interrupted. It can go on from its last checkpoint.")
                                      .arg(runTimeText(id.toStdString())),
                                  tr("Resume"), [this, id] {
                                      show(id.toStdString());
                                      resume();
                                  });
}

void FinetuneController::updateActions()
{
    const RunRow *row = shown();
    setAvailable(m_finetune, refusal());
    m_cancel->setEnabled(!m_runs.activeFolder().empty() && !m_cancelling);
    m_resume->setEnabled(row != nullptr && !row->isActive && !m_runs.isBusy()
                         && row->run.state != TrainingRunState::Finished);
    const bool canUse = row != nullptr && m_models.canUse(*row);
    const bool canCompare = row != nullptr && m_models.canCompare(*row);
    m_use->setEnabled(canUse);
    m_keep->setEnabled(canUse);
    m_compare->setEnabled(canCompare);
    m_panel->changes()->setChoicesEnabled(canUse, canCompare);
}

} // namespace poselift
