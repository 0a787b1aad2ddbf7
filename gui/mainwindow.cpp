#include "gui/mainwindow.h"

#include "core/document/journal/projectjournal.h"
#include "gui/actions.h"
#include "gui/documentcontroller.h"
#include "gui/edit3dcontroller.h"
#include "gui/editcontroller.h"
#include "gui/errortext.h"
#include "gui/finetunecontroller.h"
#include "gui/frameediting.h"
#include "gui/historycontroller.h"
#include "gui/journalcontroller.h"
#include "gui/keys/keymapcontroller.h"
#include "gui/labelledframes.h"
#include "gui/language.h"
#include "gui/layerbar.h"
#include "gui/liveliftcontroller.h"
#include "gui/modelchoice.h"
#include "gui/panefocus.h"
#include "gui/peoplecontroller.h"
#include "gui/playbackcontroller.h"
#include "gui/queuecontroller.h"
#include "gui/rangecontroller.h"
#include "gui/rangeeditcontroller.h"
#include "gui/recentfiles.h"
#include "gui/runcontroller.h"
#include "gui/themecontroller.h"
#include "gui/viewscontroller.h"
#include "gui/workerprogram.h"
#include "widgets/image/frameview.h"
#include "widgets/image/picturebar.h"
#include "widgets/jobs/jobpanel.h"
#include "widgets/jobs/messagebar.h"
#include "widgets/scene3d/sceneview.h"
#include "widgets/timeline/playbackbar.h"
#include "widgets/timeline/timelineview.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QMenu>
#include <QMessageBox>
#include <QSplitter>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace poselift {

MainWindow::MainWindow(const WindowOptions &options)
    : m_settings(options.settingsFile)
{
    setObjectName(QStringLiteral("mainWindow"));
    setAccessibleName(tr("Poselift"));
    setAcceptDrops(true);
    m_actions = new Actions(this, m_document.undoStack());
    makeViews();
    makePanels();
    makeControllers(options);
    makeKeyControllers();
    connectActions();
    connectPlayback();
    connectMessages();
    connectViewSettings();
    makeStatusBar();
    restoreLayout();
    updateTitle();
    updateActions();
    m_keymap->apply();
    if (options.askForModels)
        m_runs->askForModels();
    if (options.offerSample && m_settings.isFirstStart())
        offerSample();
}

MainWindow::~MainWindow()
{
    // Children are deleted after the members they use: the controllers must go first.
    delete m_queue->dock();
    delete m_queue;
    delete m_keymap;
    delete m_labelled;
    delete m_edits3d;
    delete m_people;
    delete m_rangeEdits;
    delete m_range;
    delete m_frameEditing;
    delete m_edits;
    delete m_views;
    delete m_liveLift;
    delete m_finetune->dock();
    delete m_finetune;
    delete m_runs;
    delete m_history->dock();
    delete m_history;
    delete m_journalController;
    delete m_documents;
    delete m_journal;
    delete m_playback;
    delete m_models;
    m_document.undoStack()->disconnect();
    m_document.disconnect();
    m_selection.disconnect();
}

void MainWindow::openPath(const QString &path)
{
    m_documents->open(path);
}

void MainWindow::makeViews()
{
    auto *left = new QWidget(this);
    left->setObjectName(QStringLiteral("framePane"));
    m_detectorBanner = new MessageBar(left);
    m_detectorBanner->setObjectName(QStringLiteral("detectorBanner"));
    m_pictureBar = new PictureBar(left);
    m_frameView = new FrameView(left);
    auto *leftLayout = new QVBoxLayout(left);
    leftLayout->setContentsMargins(0, 0, 0, 0);
    leftLayout->setSpacing(0);
    leftLayout->addWidget(m_detectorBanner);
    leftLayout->addWidget(m_pictureBar);
    leftLayout->addWidget(m_frameView, 1);

    auto *right = new QWidget(this);
    right->setObjectName(QStringLiteral("scenePane"));
    m_layerBar = new LayerBar(right);
    m_sceneView = createSceneView(right);
    auto *rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(0, 0, 0, 0);
    rightLayout->setSpacing(0);
    rightLayout->addWidget(m_layerBar);
    rightLayout->addWidget(m_sceneView, 1);

    m_viewSplitter = new QSplitter(Qt::Horizontal, this);
    m_viewSplitter->setObjectName(QStringLiteral("viewSplitter"));
    m_viewSplitter->addWidget(left);
    m_viewSplitter->addWidget(right);
    m_viewSplitter->setSizes({800, 600});
    m_viewSplitter->setChildrenCollapsible(false);

    auto *below = new QWidget(this);
    below->setObjectName(QStringLiteral("timelinePane"));
    m_playbackBar = new PlaybackBar(below);
    m_timeline = new TimelineView(below);
    auto *belowLayout = new QVBoxLayout(below);
    belowLayout->setContentsMargins(0, 0, 0, 0);
    belowLayout->setSpacing(0);
    belowLayout->addWidget(m_playbackBar);
    belowLayout->addWidget(m_timeline, 1);

    m_mainSplitter = new QSplitter(Qt::Vertical, this);
    m_mainSplitter->setObjectName(QStringLiteral("mainSplitter"));
    m_mainSplitter->addWidget(m_viewSplitter);
    m_mainSplitter->addWidget(below);
    m_mainSplitter->setStretchFactor(0, 1);
    m_mainSplitter->setSizes({700, 150});
    m_mainSplitter->setChildrenCollapsible(false);

    auto *central = new QWidget(this);
    central->setObjectName(QStringLiteral("centralPane"));
    m_messages = new MessageBar(central);
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_journalMessages = new MessageBar(central);
    m_journalMessages->setObjectName(QStringLiteral("journalMessages"));
    layout->addWidget(m_messages);
    layout->addWidget(m_journalMessages);
    layout->addWidget(m_mainSplitter, 1);
    setCentralWidget(central);
}

void MainWindow::makePanels()
{
    m_models = new ModelChoice(&m_document, &m_selection, &m_settings, this);
    m_models->addSeparator();
    m_models->addAction(m_actions->run);
    addToolBar(Qt::TopToolBarArea, m_models);
    auto *runButton = qobject_cast<QToolButton *>(m_models->widgetForAction(m_actions->run));
    runButton->setObjectName(QStringLiteral("runButton"));
    runButton->setAccessibleName(tr("Detect and lift people"));
    runButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_actions->run->setIconText(runButton->accessibleName()); // else Chinese shows the menu's mnemonic

    m_jobPanel = new JobPanel(this);
    auto *dock = new QDockWidget(tr("Jobs"), this);
    dock->setObjectName(QStringLiteral("jobDock"));
    dock->setAccessibleName(tr("Jobs"));
    dock->setWidget(m_jobPanel);
    addDockWidget(Qt::RightDockWidgetArea, dock);
    dock->hide(); // shown with the first job
    connect(m_jobPanel, &JobPanel::runningJobCountChanged, dock, [dock](int count) {
        if (count > 0)
            dock->show();
    });
    dock->toggleViewAction()->setObjectName(QStringLiteral("showJobsAction"));
    dock->toggleViewAction()->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J));
    m_models->toggleViewAction()->setObjectName(QStringLiteral("showModelsAction"));
    m_actions->panelsMenu->addAction(dock->toggleViewAction());
    m_actions->panelsMenu->addAction(m_models->toggleViewAction());

    auto *viewButton = new QToolButton(m_layerBar);
    viewButton->setObjectName(QStringLiteral("viewPresetButton"));
    viewButton->setText(tr("View"));
    viewButton->setAccessibleName(tr("Where the 3D view looks from"));
    viewButton->setToolTip(viewButton->accessibleName());
    viewButton->setPopupMode(QToolButton::InstantPopup);
    viewButton->addActions({m_actions->viewCamera, m_actions->viewFront, m_actions->viewSide, m_actions->viewTop,
                            m_actions->fit, m_actions->followPerson});
    m_layerBar->addButton(viewButton);
}

void MainWindow::makeControllers(const WindowOptions &options)
{
    const QString program = options.workerProgram.isEmpty() ? workerProgram() : options.workerProgram;
    m_worker = new WorkerClient(program, {QStringLiteral("serve")}, this);
    m_theme = new ThemeController(&m_settings, m_actions->themeMenu, this);
    m_language = new LanguageController(&m_settings, m_actions->languageMenu, this);
    m_recent = new RecentFiles(&m_settings, m_actions->recentMenu, this);
    m_playback = new PlaybackController(&m_selection, this);
    m_journal = new ProjectJournal(&m_document, this);
    m_documents = new DocumentController(&m_document, m_journal, m_playback, m_recent, &m_settings, this);
    m_journalController = new JournalController(&m_document, m_journal, m_documents, m_journalMessages, this);
    m_history = new HistoryController(&m_document, &m_selection, m_playback, this);
    m_edits = new EditController(&m_document, &m_selection, m_playback, m_frameView, m_actions->editMenu, this);
    m_actions->editMenu->addSeparator();
    m_range = new RangeController(&m_document, &m_selection, m_playback, m_timeline, m_actions->editMenu, this);
    m_rangeEdits = new RangeEditController(&m_document, &m_selection, m_playback, m_actions->editMenu, this);
    m_people = new PeopleController(&m_document, &m_selection, m_playback, m_actions->editMenu, this);
    m_frameEditing
        = new FrameEditing(&m_document, &m_selection, m_playback, m_frameView, m_actions->editMenu, this);
    m_queue = new QueueController(&m_document, &m_selection, m_playback, &m_settings, m_actions->editMenu, this);
    m_actions->panelsMenu->addAction(m_queue->dock()->toggleViewAction());
    m_actions->panelsMenu->addAction(m_history->dock()->toggleViewAction());
    m_views = new ViewsController(&m_document, &m_selection, m_playback,
                                  {m_frameView, m_sceneView, m_timeline, m_layerBar}, this);
    m_edits3d = new Edit3dController(&m_document, &m_selection, m_playback, m_sceneView, m_layerBar,
                                     m_actions->editMenu, this);
    m_runs = new RunController(&m_document, m_models, m_jobPanel, m_worker, this);
    m_liveLift = new LiveLiftController(&m_document, &m_selection, &m_settings, m_layerBar, program, this);
    m_liveLift->addActionsAfter(m_actions->lift);
    m_finetune = new FinetuneController({&m_document, &m_selection, &m_settings, m_models, m_runs, m_layerBar, m_worker,
                                         m_messages, m_actions->modelMenu},
                                        program, this);
    m_actions->panelsMenu->addAction(m_finetune->dock()->toggleViewAction());
}

void MainWindow::makeKeyControllers()
{
    m_labelled = new LabelledFrames(&m_document, &m_selection, m_playback, this);
    m_panes = new PaneFocus(this, {m_frameView, m_sceneView, m_playbackBar, m_timeline, m_models});
    m_keymap = new KeymapController(this, &m_settings,
                                    {{m_frameView->objectName(), tr("Picture"), m_frameView->keys()},
                                     {m_sceneView->objectName(), tr("3D View"), m_sceneView->keys()},
                                     {m_timeline->objectName(), tr("Timeline"), m_timeline->keys()}});
}

void MainWindow::makeStatusBar()
{
    m_cameraButton = new QToolButton(this);
    m_cameraButton->setObjectName(QStringLiteral("cameraButton"));
    m_cameraButton->setAccessibleName(tr("Camera of the video"));
    m_cameraButton->setAutoRaise(true);
    connect(m_cameraButton, &QToolButton::clicked, this, &MainWindow::editCamera);
    statusBar()->setObjectName(QStringLiteral("statusBar"));
    statusBar()->setAccessibleName(tr("Status"));
    statusBar()->addPermanentWidget(m_cameraButton);
    connect(m_frameView, &FrameView::cursorMoved, this, [this](const QPointF &point) {
        statusBar()->showMessage(tr("x %1, y %2 px").arg(locale().toString(point.x(), 'f', 1),
                                                         locale().toString(point.y(), 'f', 1)));
    });
    connect(m_edits3d, &Edit3dController::message, this,
            [this](const QString &text) { statusBar()->showMessage(text); });
    showCameraState();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_closing) {
        saveLayout();
        m_settings.sync();
        event->accept();
        return;
    }
    event->ignore();
    if (m_documents->isSaving()) {
        connect(m_documents, &DocumentController::saved, this, &MainWindow::close, Qt::SingleShotConnection);
        return;
    }
    m_documents->whenSafe([this] { confirmRunningJobs([this] {
        m_closing = true;
        close();
    }); });
}

void MainWindow::confirmRunningJobs(const std::function<void()> &proceed)
{
    if (!m_runs->isBusy() && !m_finetune->isBusy())
        return proceed();
    auto *question = new QMessageBox(QMessageBox::Question, tr("Jobs are running"),
                                     m_runs->isBusy()
                                         ? tr("A background job is still running. Closing ends it without a result.")
                                         : tr("A training is still running. Closing interrupts it; it can go on from its "
                                              "last checkpoint the next time."),
                                     QMessageBox::Close | QMessageBox::Cancel, this);
    question->setObjectName(QStringLiteral("runningJobsQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    connect(question, &QMessageBox::finished, this, [proceed](int button) {
        if (button == QMessageBox::Close)
            proceed();
    });
    question->open();
}

void MainWindow::offerSample()
{
    m_settings.markStarted();
    if (DocumentController::samplePath().isEmpty())
        return;
    m_messages->showMessage(MessageBar::Kind::Information,
                            tr("Welcome. Open a video with Ctrl+O or drop it here, or look at the sample first."),
                            tr("Open the Sample"), [this] { m_documents->openSample(); });
}

void MainWindow::updateTitle()
{
    const QString name = m_documents->displayName();
    setWindowModified(m_document.isModified());
    if (name.isEmpty())
        setWindowTitle(tr("Poselift"));
    else if (m_document.isReadOnly())
        setWindowTitle(tr("%1[*] (read-only) — Poselift").arg(name));
    else
        setWindowTitle(tr("%1[*] — Poselift").arg(name));
}

void MainWindow::updateActions()
{
    const bool media = m_document.hasMedia();
    m_actions->run->setEnabled(m_runs->canRun());
    m_actions->detect->setEnabled(m_runs->canDetect());
    m_actions->lift->setEnabled(m_runs->canLift());
    m_actions->cancelJobs->setEnabled(m_runs->isBusy());
    m_actions->restartWorker->setEnabled(m_worker->state() == WorkerClient::State::Dead
                                         || m_worker->state() == WorkerClient::State::Stopped);
    m_actions->save->setEnabled(media);
    m_actions->saveAs->setEnabled(media);
    m_actions->camera->setEnabled(m_document.project().camera.isValid());
    m_actions->sample->setEnabled(!DocumentController::samplePath().isEmpty());
    for (QAction *action : {m_actions->play, m_actions->nextFrame, m_actions->previousFrame, m_actions->forward10,
                            m_actions->back10, m_actions->forward100, m_actions->back100, m_actions->first,
                            m_actions->last, m_actions->goToFrame})
        action->setEnabled(m_playback->hasVideo());
}

void MainWindow::updateDetectorBanner()
{
    if (!m_models->modelsKnown() || m_models->hasDetector()) {
        m_detectorBanner->hide();
        return;
    }
    m_detectorBanner->showMessage(MessageBar::Kind::Warning, errorText(Error(ErrorCode::NoDetector)));
}

void MainWindow::showCameraState()
{
    const CameraIntrinsics &camera = m_document.project().camera;
    m_cameraButton->setVisible(camera.isValid());
    const QString focal = locale().toString(camera.fx, 'f', 0);
    m_cameraButton->setText(camera.assumed ? tr("Camera: focal length %1 px (assumed)").arg(focal)
                                           : tr("Camera: focal length %1 px").arg(focal));
    m_cameraButton->setToolTip(tr("Edit the camera"));
}

void MainWindow::restoreLayout()
{
    if (!restoreGeometry(m_settings.windowGeometry()))
        resize(1440, 900);
    restoreState(m_settings.windowState());
    m_viewSplitter->restoreState(m_settings.splitter(QStringLiteral("views")));
    m_mainSplitter->restoreState(m_settings.splitter(QStringLiteral("main")));
    // An empty job panel from the last time would only take room.
    findChild<QDockWidget *>(QStringLiteral("jobDock"))->hide();
}

void MainWindow::saveLayout()
{
    m_settings.setWindowGeometry(saveGeometry());
    m_settings.setWindowState(saveState());
    m_settings.setSplitter(QStringLiteral("views"), m_viewSplitter->saveState());
    m_settings.setSplitter(QStringLiteral("main"), m_mainSplitter->saveState());
}

} // namespace poselift
