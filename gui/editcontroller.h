#pragma once

#include "core/document/poseeditor.h"
#include "core/pose/edit/keypointedits.h"

#include <QList>
#include <QObject>
#include <QTimer>

class QAction;
class QKeySequence;
class QMenu;
class QPointF;

namespace poselift {

class FrameView;
class PlaybackController;
class PoseDocument;
class Selection;

/// Correcting keypoints in the frame view: makes the mouse's and the keys' wishes edits of the
/// chosen person and joint in the frame that is shown. Owns the actions of the edit menu for that.
class EditController : public QObject
{
    Q_OBJECT
public:
    EditController(PoseDocument *document, Selection *selection, PlaybackController *playback,
                   FrameView *view, QMenu *menu, QObject *parent);

private:
    void makeActions(QMenu *menu);
    QAction *add(QMenu *menu, const char *objectName, const QString &text, const QKeySequence &keys,
                 void (EditController::*slot)());
    void updateActions();
    void beginDrag(TrackId track, int joint);
    void drag(const QPointF &imagePoint);
    void nudge(const QPointF &deltaPx);
    void stepJoint(int steps);
    void cycleStateOf(TrackId track, int joint);
    void cycleState();
    void toggleLock();
    void deleteKeypoint();
    void swapSides();
    void copyPose();
    void pastePose();
    void copyFromPrevious();
    qint64 frame() const;
    Keypoint2D keypoint(TrackId track, int joint) const;
    /// The chosen joint, or all of the chosen person, in the frame that is shown.
    KeypointSelection chosen() const;

    PoseDocument *m_document;
    Selection *m_selection;
    PlaybackController *m_playback;
    PoseEditor m_editor;
    QList<QAction *> m_personActions; ///< need a person
    QList<QAction *> m_jointActions;  ///< need a joint of a person
    QAction *m_paste = nullptr;
    Pose2D m_copied;
    int m_drag = 0;
    KeypointTarget m_dragged;
    int m_nudges = 0;    ///< number of the drag that nudges in quick succession make
    QTimer m_nudgePause; ///< ends it
};

} // namespace poselift
