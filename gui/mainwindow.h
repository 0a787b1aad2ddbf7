#pragma once

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "core/document/workerclient.h"
#include "gui/settingsstore.h"

#include <QMainWindow>

#include <functional>

class QSplitter;
class QToolButton;

namespace poselift {

class Actions;
class DocumentController;
class Edit3dController;
class EditController;
class FinetuneController;
class FrameEditing;
class FrameView;
class HistoryController;
class JobPanel;
class JournalController;
class KeymapController;
class LabelledFrames;
class LanguageController;
class LayerBar;
class LiveLiftController;
class MessageBar;
class ModelChoice;
class PaneFocus;
class PeopleController;
class PictureBar;
class PlaybackBar;
class PlaybackController;
class ProjectJournal;
class QueueController;
class RangeController;
class RangeEditController;
class RecentFiles;
class RunController;
class SceneView;
class ThemeController;
class TimelineView;
class ViewsController;

/// What the window is made with; tests put their own in.
struct WindowOptions
{
    QString settingsFile;  ///< empty: the user's
    QString workerProgram; ///< empty: poselift-cli beside this executable
    bool askForModels = true;
    bool offerSample = true;
};

/// The main window: makes the parts and connects them, nothing else.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(const WindowOptions &options = {});
    ~MainWindow() override;

    void openPath(const QString &path);
    PoseDocument *document() { return &m_document; }
    Selection *selection() { return &m_selection; }
    WorkerClient *worker() { return m_worker; }
    PlaybackController *playback() { return m_playback; }
    FrameView *frameView() { return m_frameView; }
    SceneView *sceneView() { return m_sceneView; }
    LiveLiftController *liveLift() { return m_liveLift; }
    FinetuneController *finetune() { return m_finetune; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void makeViews();
    void makePanels();
    void makeControllers(const WindowOptions &options);
    void makeKeyControllers();
    void makeStatusBar();
    void connectActions();
    void connectPlayback();
    void connectMessages();
    void connectViewSettings();
    void makeColourMenu();
    void offerSample();
    void updateTitle();
    void updateActions();
    void updateDetectorBanner();
    void showCameraState();
    void showError(const Error &error);
    void confirmRunningJobs(const std::function<void()> &proceed);
    void restartWorker();
    void editCamera();
    void showAbout();
    void changeSpeed(int steps);
    void restoreLayout();
    void saveLayout();

    SettingsStore m_settings;
    PoseDocument m_document;
    Selection m_selection;
    Actions *m_actions = nullptr;
    WorkerClient *m_worker = nullptr;
    FrameView *m_frameView = nullptr;
    SceneView *m_sceneView = nullptr;
    TimelineView *m_timeline = nullptr;
    PlaybackBar *m_playbackBar = nullptr;
    LayerBar *m_layerBar = nullptr;
    JobPanel *m_jobPanel = nullptr;
    MessageBar *m_messages = nullptr;       ///< over everything
    MessageBar *m_journalMessages = nullptr; ///< below m_messages: what becomes of the edits
    MessageBar *m_detectorBanner = nullptr; ///< over the frame view
    PictureBar *m_pictureBar = nullptr;     ///< between the two
    QSplitter *m_viewSplitter = nullptr;
    QSplitter *m_mainSplitter = nullptr;
    QToolButton *m_cameraButton = nullptr;
    ModelChoice *m_models = nullptr;
    PlaybackController *m_playback = nullptr;
    RecentFiles *m_recent = nullptr;
    ProjectJournal *m_journal = nullptr;
    DocumentController *m_documents = nullptr;
    JournalController *m_journalController = nullptr;
    HistoryController *m_history = nullptr;
    EditController *m_edits = nullptr;
    Edit3dController *m_edits3d = nullptr;
    RangeController *m_range = nullptr;
    RangeEditController *m_rangeEdits = nullptr;
    PeopleController *m_people = nullptr;
    FrameEditing *m_frameEditing = nullptr;
    ViewsController *m_views = nullptr;
    QueueController *m_queue = nullptr;
    RunController *m_runs = nullptr;
    LiveLiftController *m_liveLift = nullptr;
    FinetuneController *m_finetune = nullptr;
    ThemeController *m_theme = nullptr;
    LanguageController *m_language = nullptr;
    LabelledFrames *m_labelled = nullptr;
    PaneFocus *m_panes = nullptr;
    KeymapController *m_keymap = nullptr;
    bool m_closing = false;
};

} // namespace poselift
