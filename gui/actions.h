#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>

class QAction;
class QMainWindow;
class QMenu;
class QUndoStack;

namespace poselift {

/// All actions and menus of the main window. Makes them; MainWindow connects them.
class Actions : public QObject
{
    Q_OBJECT
public:
    Actions(QMainWindow *window, QUndoStack *undoStack);

    // File
    QAction *open, *openFolder, *save, *saveAs, *quit;
    QMenu *recentMenu;
    // Edit
    QMenu *editMenu;
    QAction *undo, *redo, *camera, *changeKeys;
    // Analyse
    QAction *run, *detect, *lift, *cancelJobs, *restartWorker;
    // Model
    QMenu *modelMenu;
    // Playback
    QAction *play, *nextFrame, *previousFrame, *forward10, *back10, *forward100, *back100, *first, *last, *goToFrame,
        *slower, *faster, *nextLabelled, *previousLabelled;
    // View
    QAction *fit, *zoomIn, *zoomOut, *pixels, *names, *hideOverlay, *trackLabels, *followPerson, *magnifier, *adjustPicture;
    QAction *viewCamera, *viewFront, *viewSide, *viewTop;
    QAction *timelineZoomIn, *timelineZoomOut, *timelineAll;
    QAction *nextPane, *previousPane;
    QMenu *themeMenu, *languageMenu, *colourMenu, *panelsMenu;
    // Help
    QAction *keys, *legend, *sample, *about;

private:
    void makeFileMenu();
    void makeEditMenu(QUndoStack *undoStack);
    void makeAnalyseMenu();
    void makePlaybackMenu();
    void makeViewMenu();
    void makeHelpMenu();
    void setIcons();
    QMenu *addMenu(const char *objectName, const QString &title);
    QAction *add(QMenu *menu, const char *objectName, const QString &text, const QList<QKeySequence> &keys = {});
    QAction *addToggle(QMenu *menu, const char *objectName, const QString &text, const QList<QKeySequence> &keys = {});

    QMainWindow *m_window;
};

} // namespace poselift
