#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>

#include <vector>

class QAction;
class QMenu;

namespace poselift {

class FrameView;
class PlaybackController;
class PoseDocument;
class Selection;

/// Which joints of the chosen person are chosen: what the mouse says in the frame view, and the
/// actions of the edit menu for the whole person, a limb, and nothing.
class JointSelectionController : public QObject
{
    Q_OBJECT
public:
    JointSelectionController(PoseDocument *document, Selection *selection, PlaybackController *playback,
                             FrameView *view, QMenu *menu, QObject *parent);

private:
    void makeActions(QMenu *menu);
    QAction *add(QMenu *menu, const char *objectName, const QString &text, const QKeySequence &keys,
                 void (JointSelectionController::*slot)());
    void updateActions();
    void chooseAll();
    void chooseLimb();
    void chooseNothing();

    PoseDocument *m_document;
    Selection *m_selection;
    PlaybackController *m_playback;
    FrameView *m_view;
    QAction *m_all = nullptr;
    QAction *m_limb = nullptr;
};

} // namespace poselift
