#include "gui/actions.h"

#include "gui/menuaction.h"
#include "widgets/style/icons.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QUndoStack>

#include <utility>

namespace poselift {

Actions::Actions(QMainWindow *window, QUndoStack *undoStack) : QObject(window), m_window(window)
{
    window->menuBar()->setObjectName(QStringLiteral("menuBar"));
    window->menuBar()->setAccessibleName(tr("Menus"));
    makeFileMenu();
    makeEditMenu(undoStack);
    makeAnalyseMenu();
    modelMenu = addMenu("modelMenu", tr("Mo&del"));
    makePlaybackMenu();
    makeViewMenu();
    makeHelpMenu();
    setIcons();
}

void Actions::setIcons()
{
    const std::pair<QAction *, const char *> icons[] = {
        {open, "open"}, {save, "save"}, {undo, "undo"}, {redo, "redo"}, {run, "people"}, {detect, "detect"}, {lift, "lift"},
        {cancelJobs, "cancel"}, {play, "play"}, {nextFrame, "step_forward"}, {previousFrame, "step_back"}, {fit, "fit"},
        {names, "names"}, {hideOverlay, "overlay"}, {viewCamera, "view_camera"}, {viewFront, "view_front"},
        {viewSide, "view_side"}, {viewTop, "view_top"}, {followPerson, "follow"}, {keys, "help"}, {sample, "sample"},
    };
    for (const auto &[action, name] : icons)
        action->setIcon(themedIcon(QString::fromLatin1(name)));
}

QMenu *Actions::addMenu(const char *objectName, const QString &title)
{
    QMenu *menu = m_window->menuBar()->addMenu(title);
    menu->setObjectName(QString::fromLatin1(objectName));
    QString name = title;
    menu->setAccessibleName(name.remove(u'&'));
    menu->setToolTipsVisible(true);
    return menu;
}

QAction *Actions::add(QMenu *menu, const char *objectName, const QString &text, const QList<QKeySequence> &keys)
{
    auto *action = new QAction(text, m_window);
    action->setObjectName(QString::fromLatin1(objectName));
    action->setShortcuts(keys);
    menu->addAction(action);
    return action;
}

QAction *Actions::addToggle(QMenu *menu, const char *objectName, const QString &text, const QList<QKeySequence> &keys)
{
    QAction *action = add(menu, objectName, text, keys);
    action->setCheckable(true);
    return action;
}

void Actions::makeFileMenu()
{
    QMenu *menu = addMenu("fileMenu", tr("&File"));
    open = add(menu, "openAction", tr("&Open…"), {QKeySequence(Qt::CTRL | Qt::Key_O)});
    openFolder = add(menu, "openFolderAction", tr("Open a &Folder of Pictures…"),
                     {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)});
    recentMenu = menu->addMenu(tr("Open &Recent"));
    recentMenu->setObjectName(QStringLiteral("recentMenu"));
    recentMenu->setAccessibleName(tr("Recent files"));
    recentMenu->setToolTipsVisible(true);
    menu->addSeparator();
    save = add(menu, "saveAction", tr("&Save"), {QKeySequence(Qt::CTRL | Qt::Key_S)});
    saveAs = add(menu, "saveAsAction", tr("Save &As…"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S)});
    menu->addSeparator();
    quit = add(menu, "quitAction", tr("&Quit"), {QKeySequence(Qt::CTRL | Qt::Key_Q)});
    quit->setMenuRole(QAction::QuitRole);
}

void Actions::makeEditMenu(QUndoStack *undoStack)
{
    QMenu *menu = editMenu = addMenu("editMenu", tr("&Edit"));
    undo = undoStack->createUndoAction(m_window, tr("&Undo"));
    redo = undoStack->createRedoAction(m_window, tr("&Redo"));
    undo->setObjectName(QStringLiteral("undoAction"));
    redo->setObjectName(QStringLiteral("redoAction"));
    undo->setProperty(kCommandText, tr("&Undo"));
    redo->setProperty(kCommandText, tr("&Redo"));
    undo->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Z)});
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    menu->addAction(undo);
    menu->addAction(redo);
    menu->addSeparator();
    camera = add(menu, "cameraAction", tr("&Camera…"), {QKeySequence(Qt::CTRL | Qt::Key_K)});
    changeKeys = add(menu, "changeKeysAction", tr("&Keys…"));
}

void Actions::makeAnalyseMenu()
{
    QMenu *menu = addMenu("analyseMenu", tr("&Analyse"));
    run = add(menu, "runAction", tr("Detect and &Lift People"), {QKeySequence(Qt::Key_F5)});
    detect = add(menu, "detectAction", tr("&Detect People Only"), {QKeySequence(Qt::CTRL | Qt::Key_D)});
    lift = add(menu, "liftAction", tr("&Re-Lift to 3D"), {QKeySequence(Qt::CTRL | Qt::Key_R)});
    menu->addSeparator();
    cancelJobs = add(menu, "cancelJobsAction", tr("&Cancel All Jobs"), {QKeySequence(Qt::CTRL | Qt::Key_Period)});
    restartWorker = add(menu, "restartWorkerAction", tr("Restart the &Worker"));
}

void Actions::makePlaybackMenu()
{
    QMenu *menu = addMenu("playbackMenu", tr("&Playback"));
    play = add(menu, "playAction", tr("&Play or Pause"), {QKeySequence(Qt::Key_Space)});
    menu->addSeparator();
    nextFrame = add(menu, "nextFrameAction", tr("&Next Frame"), {QKeySequence(Qt::Key_Right), QKeySequence(Qt::Key_D)});
    previousFrame = add(menu, "previousFrameAction", tr("P&revious Frame"), {QKeySequence(Qt::Key_Left), QKeySequence(Qt::Key_A)});
    forward10 = add(menu, "forward10Action", tr("10 Frames Forward"),
                    {QKeySequence(Qt::SHIFT | Qt::Key_Right), QKeySequence(Qt::SHIFT | Qt::Key_D)});
    back10 = add(menu, "back10Action", tr("10 Frames Back"),
                 {QKeySequence(Qt::SHIFT | Qt::Key_Left), QKeySequence(Qt::SHIFT | Qt::Key_A)});
    forward100 = add(menu, "forward100Action", tr("100 Frames Forward"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Right)});
    back100 = add(menu, "back100Action", tr("100 Frames Back"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Left)});
    first = add(menu, "firstFrameAction", tr("&First Frame"), {QKeySequence(Qt::Key_Home)});
    last = add(menu, "lastFrameAction", tr("&Last Frame"), {QKeySequence(Qt::Key_End)});
    goToFrame = add(menu, "goToFrameAction", tr("&Go to Frame"),
                    {QKeySequence(Qt::CTRL | Qt::Key_J), QKeySequence(Qt::CTRL | Qt::Key_G)});
    nextLabelled = add(menu, "nextLabelledAction", tr("Next &Corrected Frame"));
    previousLabelled = add(menu, "previousLabelledAction", tr("Previous C&orrected Frame"));
    menu->addSeparator();
    slower = add(menu, "slowerAction", tr("&Slower"), {QKeySequence(Qt::Key_Less)});
    faster = add(menu, "fasterAction", tr("Fas&ter"), {QKeySequence(Qt::Key_Greater)});
}

void Actions::makeViewMenu()
{
    QMenu *menu = addMenu("viewMenu", tr("&View"));
    fit = add(menu, "fitAction", tr("&Fit"), {QKeySequence(Qt::Key_F)});
    zoomIn = add(menu, "zoomInAction", tr("Zoom &In"), {QKeySequence(Qt::CTRL | Qt::Key_Plus), QKeySequence(Qt::CTRL | Qt::Key_Equal)});
    zoomOut = add(menu, "zoomOutAction", tr("Zoom &Out"), {QKeySequence(Qt::CTRL | Qt::Key_Minus)});
    pixels = add(menu, "pixelsAction", tr("One &Pixel per Pixel"), {QKeySequence(Qt::CTRL | Qt::Key_0)});
    menu->addSeparator();
    names = addToggle(menu, "namesAction", tr("Joint &Names"), {QKeySequence(Qt::Key_T)});
    hideOverlay = addToggle(menu, "hideOverlayAction", tr("&Hide the Overlay"), {QKeySequence(Qt::Key_H)});
    trackLabels = addToggle(menu, "trackLabelsAction", tr("Numbers of P&eople"), {QKeySequence(Qt::SHIFT | Qt::Key_T)});
    magnifier = addToggle(menu, "magnifierAction", tr("Magnifier while Dragging"), {QKeySequence(Qt::Key_M)});
    adjustPicture = addToggle(menu, "adjustPictureAction", tr("&Brightness and Contrast"), {QKeySequence(Qt::Key_B)});
    menu->addSeparator();
    viewCamera = add(menu, "viewCameraAction", tr("3D from the &Camera"), {QKeySequence(Qt::CTRL | Qt::Key_1)});
    viewFront = add(menu, "viewFrontAction", tr("3D from the F&ront"), {QKeySequence(Qt::CTRL | Qt::Key_2)});
    viewSide = add(menu, "viewSideAction", tr("3D from the &Side"), {QKeySequence(Qt::CTRL | Qt::Key_3)});
    viewTop = add(menu, "viewTopAction", tr("3D from &Above"), {QKeySequence(Qt::CTRL | Qt::Key_4)});
    followPerson = addToggle(menu, "followPersonAction", tr("3D Follo&ws the Chosen Person"), {QKeySequence(Qt::CTRL | Qt::Key_5)});
    menu->addSeparator();
    timelineZoomIn = add(menu, "timelineZoomInAction", tr("Zoom the Timeline In"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Up)});
    timelineZoomOut = add(menu, "timelineZoomOutAction", tr("Zoom the Timeline Out"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Down)});
    timelineAll = add(menu, "timelineAllAction", tr("Show the Whole Timeline"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_0)});
    menu->addSeparator();
    nextPane = add(menu, "nextPaneAction", tr("Nex&t Part of the Window"));
    previousPane = add(menu, "previousPaneAction", tr("Pre&vious Part of the Window"));
    menu->addSeparator();
    const auto subMenu = [menu](const char *objectName, const QString &title, const QString &name) {
        QMenu *sub = menu->addMenu(title);
        sub->setObjectName(QString::fromLatin1(objectName));
        sub->setAccessibleName(name);
        return sub;
    };
    colourMenu = subMenu("colourMenu", tr("Co&lours of Left and Right"), tr("Colours of left and right"));
    themeMenu = subMenu("themeMenu", tr("The&me"), tr("Theme"));
    languageMenu = subMenu("languageMenu", tr("Lan&guage"), tr("Language"));
    panelsMenu = subMenu("panelsMenu", tr("Panels an&d Toolbars"), tr("Panels and toolbars"));
}

void Actions::makeHelpMenu()
{
    QMenu *menu = addMenu("helpMenu", tr("&Help"));
    keys = add(menu, "keysAction", tr("&Keys and Mouse"), {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)});
    legend = add(menu, "legendAction", tr("Signs &in the Picture"), {QKeySequence(Qt::SHIFT | Qt::Key_F1)});
    sample = add(menu, "sampleAction", tr("Open the &Sample"));
    menu->addSeparator();
    about = add(menu, "aboutAction", tr("&About Poselift"));
    about->setMenuRole(QAction::AboutRole);
}

} // namespace poselift
