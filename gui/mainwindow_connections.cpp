// The wiring of the main window: which part hears of which.

#include "gui/actions.h"
#include "gui/dialogs/cameradialog.h"
#include "gui/dialogs/legenddialog.h"
#include "gui/documentcontroller.h"
#include "gui/errortext.h"
#include "gui/finetunecontroller.h"
#include "gui/keys/keymapcontroller.h"
#include "gui/labelledframes.h"
#include "gui/language.h"
#include "gui/mainwindow.h"
#include "gui/modelchoice.h"
#include "gui/panefocus.h"
#include "gui/playbackcontroller.h"
#include "gui/runcontroller.h"
#include "gui/themecontroller.h"
#include "gui/viewscontroller.h"
#include "widgets/image/frameview.h"
#include "widgets/image/picturebar.h"
#include "widgets/jobs/messagebar.h"
#include "widgets/scene3d/sceneview.h"
#include "widgets/timeline/playbackbar.h"
#include "widgets/timeline/timelineview.h"

#include <QActionGroup>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QStatusBar>

#include <algorithm>

namespace poselift {

void MainWindow::connectActions()
{
    const auto on = [this](QAction *action, auto receiver, auto slot) {
        connect(action, &QAction::triggered, receiver, slot);
    };
    on(m_actions->open, m_documents, [this] { m_documents->openWithDialog(); });
    on(m_actions->openFolder, m_documents, [this] { m_documents->openFolderWithDialog(); });
    on(m_actions->save, m_documents, [this] { m_documents->save(); });
    on(m_actions->saveAs, m_documents, [this] { m_documents->saveAs(); });
    on(m_actions->quit, this, [this] { close(); });
    on(m_actions->camera, this, [this] { editCamera(); });
    on(m_actions->run, m_runs, [this] { m_runs->run(); });
    on(m_actions->detect, m_runs, [this] { m_runs->detect(); });
    on(m_actions->lift, m_runs, [this] { m_runs->lift(); });
    on(m_actions->cancelJobs, m_runs, [this] { m_runs->cancelAll(); });
    on(m_actions->restartWorker, this, [this] { restartWorker(); });

    on(m_actions->play, m_playback, [this] { m_playback->togglePlaying(); });
    const auto stepOn = [this, on](QAction *action, int frames) {
        on(action, m_playback, [this, frames] { m_playback->step(frames); });
    };
    stepOn(m_actions->nextFrame, 1);
    stepOn(m_actions->previousFrame, -1);
    stepOn(m_actions->forward10, 10);
    stepOn(m_actions->back10, -10);
    stepOn(m_actions->forward100, 100);
    stepOn(m_actions->back100, -100);
    on(m_actions->first, m_playback, [this] { m_playback->goToFirst(); });
    on(m_actions->last, m_playback, [this] { m_playback->goToLast(); });
    on(m_actions->goToFrame, m_playbackBar, [this] { m_playbackBar->editFrame(); });
    on(m_actions->slower, this, [this] { changeSpeed(-1); });
    on(m_actions->faster, this, [this] { changeSpeed(1); });

    on(m_actions->fit, m_views, [this] { m_views->fitViews(); });
    on(m_actions->zoomIn, m_frameView, [this] { m_frameView->zoomIn(); });
    on(m_actions->zoomOut, m_frameView, [this] { m_frameView->zoomOut(); });
    on(m_actions->pixels, m_frameView, [this] { m_frameView->zoomToPixels(); });
    on(m_actions->viewCamera, m_sceneView, [this] { m_sceneView->showPreset(ViewPreset::Camera); });
    on(m_actions->viewFront, m_sceneView, [this] { m_sceneView->showPreset(ViewPreset::Front); });
    on(m_actions->viewSide, m_sceneView, [this] { m_sceneView->showPreset(ViewPreset::Side); });
    on(m_actions->viewTop, m_sceneView, [this] { m_sceneView->showPreset(ViewPreset::Top); });
    on(m_actions->timelineZoomIn, m_timeline, [this] { m_timeline->zoomIn(); });
    on(m_actions->timelineZoomOut, m_timeline, [this] { m_timeline->zoomOut(); });
    on(m_actions->timelineAll, m_timeline, [this] { m_timeline->showAll(); });

    on(m_actions->nextLabelled, m_labelled, [this] { m_labelled->goToNext(); });
    on(m_actions->previousLabelled, m_labelled, [this] { m_labelled->goToPrevious(); });
    on(m_actions->nextPane, m_panes, [this] { m_panes->goToNext(); });
    on(m_actions->previousPane, m_panes, [this] { m_panes->goToPrevious(); });
    on(m_actions->keys, m_keymap, [this] { m_keymap->showKeys(); });
    on(m_actions->changeKeys, m_keymap, [this] { m_keymap->editKeys(); });
    connect(m_frameView, &FrameView::panKeyTapped, m_keymap, &KeymapController::trigger);
    on(m_actions->legend, this, [this] {
        auto *dialog = new LegendDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    on(m_actions->sample, m_documents, [this] { m_documents->openSample(); });
    on(m_actions->about, this, [this] { showAbout(); });
}

void MainWindow::connectPlayback()
{
    connect(m_playbackBar, &PlaybackBar::playRequested, m_playback, &PlaybackController::setPlaying);
    connect(m_playbackBar, &PlaybackBar::stepRequested, m_playback, &PlaybackController::step);
    connect(m_playbackBar, &PlaybackBar::firstRequested, m_playback, &PlaybackController::goToFirst);
    connect(m_playbackBar, &PlaybackBar::lastRequested, m_playback, &PlaybackController::goToLast);
    connect(m_playbackBar, &PlaybackBar::speedChosen, m_playback, &PlaybackController::setSpeed);
    connect(m_playbackBar, &PlaybackBar::frameEntered, m_playback, &PlaybackController::goToFrame);
    connect(m_playbackBar, &PlaybackBar::timeEntered, m_playback, &PlaybackController::goToTime);
    connect(m_playback, &PlaybackController::playingChanged, m_playbackBar, &PlaybackBar::setPlaying);
    connect(m_playback, &PlaybackController::speedChanged, m_playbackBar, &PlaybackBar::setSpeed);
    const auto showPosition = [this] {
        m_playbackBar->setPosition(m_selection.frame(), m_playback->secondsOf(m_selection.frame()));
    };
    connect(m_playback, &PlaybackController::extentChanged, this, [this, showPosition] {
        m_playbackBar->setExtent(m_playback->frameCount(), m_playback->durationSeconds());
        showPosition();
        updateActions();
    });
    connect(&m_selection, &Selection::frameChanged, this, showPosition);
}

void MainWindow::connectMessages()
{
    connect(&m_document, &PoseDocument::wasReset, this, [this] {
        m_messages->hide();
        showCameraState();
        updateActions();
    });
    connect(&m_document, &PoseDocument::changed, this, &MainWindow::showCameraState);
    connect(m_documents, &DocumentController::nameChanged, this, &MainWindow::updateTitle);
    connect(m_documents, &DocumentController::statusChanged, statusBar(),
            [this](const QString &sentence) { statusBar()->showMessage(sentence); });
    connect(m_documents, &DocumentController::failed, this, &MainWindow::showError);
    connect(m_documents, &DocumentController::openedReadOnly, this, [this](const Error &reason) {
        m_messages->showMessage(MessageBar::Kind::Warning, errorText(reason));
    });
    connect(m_documents, &DocumentController::mediaMissing, this, [this](const QString &path) {
        m_messages->showMessage(MessageBar::Kind::Warning,
                                tr("The video of this project is not at %1. Its poses are there all the same.").arg(path),
                                tr("Locate…"), [this] { m_documents->locateMedia(); });
    });
    connect(m_documents, &DocumentController::mediaDiffers, this, [this](const QString &path) {
        m_messages->showMessage(MessageBar::Kind::Warning,
                                tr("%1 is not the video that this project was made from: its frames have other times. "
                                   "The poses were kept, but may not fit.").arg(path),
                                tr("Locate…"), [this] { m_documents->locateMedia(); });
    });
    connect(m_playback, &PlaybackController::failed, this, &MainWindow::showError);
    connect(m_playback, &PlaybackController::indexProgressed, this, [this](qint64 done, qint64 total) {
        if (total > 0)
            statusBar()->showMessage(tr("Reading the video's index: %1 %").arg(100 * done / total));
    });
    connect(m_playback, &PlaybackController::indexed, statusBar(), &QStatusBar::clearMessage);
    connect(m_runs, &RunController::failed, this, &MainWindow::showError);
    connect(m_finetune, &FinetuneController::failed, this, &MainWindow::showError);
    connect(m_keymap, &KeymapController::failed, this, &MainWindow::showError);
    connect(m_labelled, &LabelledFrames::noneFound, this,
            [this](const QString &sentence) { statusBar()->showMessage(sentence, 5000); });
    connect(m_runs, &RunController::accepted, this,
            [this](const QString &sentence) { statusBar()->showMessage(sentence, 10000); });
    connect(m_runs, &RunController::stateChanged, this, &MainWindow::updateActions);
    connect(m_models, &ModelChoice::modelsChanged, this, &MainWindow::updateDetectorBanner);
    connect(m_worker, &WorkerClient::stateChanged, this, &MainWindow::updateActions);
    connect(m_worker, &WorkerClient::died, this, [this](const Error &error) {
        m_messages->showMessage(MessageBar::Kind::Error, errorText(error), tr("Restart the Worker"),
                                [this] { restartWorker(); });
    });
    connect(m_language, &LanguageController::restartNeeded, this, [this](const QString &sentence) {
        m_messages->showMessage(MessageBar::Kind::Information, sentence);
    });
}

void MainWindow::connectViewSettings()
{
    const auto remember = [this](QAction *action, const QString &key, bool fallback, auto apply) {
        connect(action, &QAction::toggled, this, [this, key, apply](bool on) {
            m_settings.setFlag(key, on);
            apply(on);
        });
        action->setChecked(m_settings.flag(key, fallback));
        apply(action->isChecked());
    };
    remember(m_actions->names, QStringLiteral("jointNames"), false,
             [this](bool on) { m_frameView->setJointNamesVisible(on); });
    remember(m_actions->trackLabels, QStringLiteral("trackLabels"), true,
             [this](bool on) { m_frameView->setTrackLabelsVisible(on); });
    remember(m_actions->followPerson, QStringLiteral("followPerson"), false,
             [this](bool on) { m_sceneView->setFollowSelected(on); });
    remember(m_actions->magnifier, QStringLiteral("magnifier"), true,
             [this](bool on) { m_frameView->setMagnifierEnabled(on); });
    // Not remembered, like the sliders themselves: pictures of another day are lit differently.
    m_pictureBar->hide();
    connect(m_actions->adjustPicture, &QAction::toggled, m_pictureBar, &QWidget::setVisible);
    connect(m_pictureBar, &PictureBar::closeRequested, m_actions->adjustPicture, [this] {
        m_actions->adjustPicture->setChecked(false);
        m_frameView->setFocus();
    });
    connect(m_pictureBar, &PictureBar::adjustmentChanged, m_frameView, &FrameView::setAdjustment);
    // Not remembered: a start without an overlay would look broken.
    connect(m_actions->hideOverlay, &QAction::toggled, m_frameView,
            [this](bool hide) { m_frameView->setOverlayVisible(!hide); });
    connect(m_theme, &ThemeController::darkChanged, m_sceneView, &SceneView::setDarkBackground);
    m_sceneView->setDarkBackground(m_theme->isDark());
    makeColourMenu();
}

void MainWindow::makeColourMenu()
{
    auto *group = new QActionGroup(this);
    const QString key = QStringLiteral("colourScheme");
    const auto chosen = static_cast<ColourScheme>(m_settings.choice(key, 0));
    const auto addScheme = [this, group, chosen, key](const char *objectName, const QString &text, ColourScheme scheme) {
        QAction *action = m_actions->colourMenu->addAction(text);
        action->setObjectName(QString::fromLatin1(objectName));
        action->setCheckable(true);
        action->setChecked(scheme == chosen);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, scheme, key] {
            m_settings.setChoice(key, static_cast<int>(scheme));
            m_views->setColourScheme(scheme);
        });
    };
    addScheme("coloursSafe", tr("Safe for the &colour-blind (left blue, right dashed orange)"), ColourScheme::ColourBlindSafe);
    addScheme("coloursMmpose", tr("As &MMPose (left green, right orange)"), ColourScheme::Mmpose);
    addScheme("coloursVideoPose3d", tr("As &VideoPose3D (right red)"), ColourScheme::VideoPose3d);
    m_views->setColourScheme(chosen);
}

void MainWindow::restartWorker()
{
    m_worker->restart();
    if (!m_models->modelsKnown())
        m_runs->askForModels();
}

void MainWindow::showError(const Error &error)
{
    if (error.isCancelled())
        return;
    m_messages->showMessage(MessageBar::Kind::Error, errorText(error));
}

void MainWindow::editCamera()
{
    auto *dialog = new CameraDialog(m_document.project().camera, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CameraDialog::accepted, this, [this, dialog] { m_document.setCamera(dialog->camera()); });
    dialog->open();
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("About Poselift"),
                                tr("Poselift %1: 3D human pose from video.").arg(QStringLiteral(POSELIFT_VERSION)),
                                QMessageBox::Ok, this);
    box->setObjectName(QStringLiteral("aboutBox"));
    box->setInformativeText(tr("Licence: GNU General Public License, version 3 or later.\nWorker: %1")
                                .arg(m_worker->workerVersion().isEmpty() ? tr("not running") : m_worker->workerVersion()));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::changeSpeed(int steps)
{
    const std::vector<double> &speeds = PlaybackBar::speeds();
    const auto now = std::lower_bound(speeds.begin(), speeds.end(), m_playback->speed());
    const auto index = std::clamp<std::ptrdiff_t>(std::distance(speeds.begin(), now) + steps, 0,
                                                  static_cast<std::ptrdiff_t>(speeds.size()) - 1);
    m_playback->setSpeed(speeds[static_cast<std::size_t>(index)]);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() != 1 || !urls.first().isLocalFile())
        return;
    event->acceptProposedAction();
    openPath(urls.first().toLocalFile());
}

} // namespace poselift
