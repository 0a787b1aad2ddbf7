#pragma once

#include "core/document/poseeditor.h"
#include "core/pose/edit/keypointedits.h"

#include <QList>
#include <QObject>

class QAction;
class QKeySequence;
class QMenu;

namespace poselift {

class FrameView;
class PlaybackController;
class PoseDocument;
class Selection;

/// Correcting what is known of keypoints in the frame that is shown: states, locks, sides, copies, and
/// who is there. Owns the actions of the edit menu for that. Positions are MoveController's.
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
    /// The chosen joints, or all of the chosen person, in the frame that is shown.
    KeypointSelection chosen() const;

    PoseDocument *m_document;
    Selection *m_selection;
    PlaybackController *m_playback;
    PoseEditor m_editor;
    QList<QAction *> m_personActions; ///< need a person
    QList<QAction *> m_jointActions;  ///< need a joint of a person
    QAction *m_paste = nullptr;
    Pose2D m_copied;
};

} // namespace poselift
