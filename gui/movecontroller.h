#pragma once

#include "core/document/poseeditor.h"
#include "core/pose/edit/keypointtransform.h"

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QTimer>

class QAction;
class QMenu;
class QPointF;

namespace poselift {

class FrameView;
class PlaybackController;
class PoseDocument;
class Selection;

/// Moves, turns and scales the chosen keypoints in the frame that is shown: by dragging, by the
/// arrows, by the wheel, and by actions of the edit menu. A drag is one undo step; so are nudges,
/// turns or scalings in quick succession.
class MoveController : public QObject
{
    Q_OBJECT
public:
    MoveController(PoseDocument *document, Selection *selection, PlaybackController *playback, FrameView *view,
                   QMenu *menu, QObject *parent);

private:
    /// Everything is computed from where the keypoints were when the gesture began: steps do not add
    /// up their rounding, and going back to the start leaves exactly nothing.
    struct Gesture
    {
        Movement movement = Movement::Move;
        int number = 0; ///< of PoseEditor::beginDrag(); 0: none is under way
        qint64 frame = 0;
        TrackId track = 0;
        std::vector<int> joints;
        Pose2D start;
        KeypointTransform transform;
    };

    void makeActions(QMenu *menu);
    QAction *add(QMenu *menu, const char *objectName, const QString &text, const QKeySequence &keys);
    void updateActions();

    void beginJointDrag(TrackId track, int joint);
    void dragJoint(const QPointF &imagePoint);
    void beginPersonDrag(TrackId track);
    void dragPerson(const QPointF &deltaPx);
    void cancelDrag();
    void nudge(const QPointF &deltaPx);
    void turn(double degrees);
    void scale(double factor);

    void begin(Movement movement, TrackId track, std::vector<int> joints);
    /// Goes on with what steps in quick succession have begun, or begins.
    void goOn(Movement movement, std::vector<int> joints);
    void carryOut();
    void end();
    /// The chosen joints; all of the person when fewer than @p atLeast are chosen.
    std::vector<int> chosenJoints(std::size_t atLeast) const;

    PoseDocument *m_document;
    Selection *m_selection;
    PlaybackController *m_playback;
    FrameView *m_view;
    PoseEditor m_editor;
    QList<QAction *> m_actions;
    Gesture m_gesture;
    int m_grabbed = -1;     ///< the joint under the mouse
    QTimer m_pause;         ///< after it the next step begins a gesture of its own
    bool m_editing = false; ///< the change of the undo stack is ours
};

} // namespace poselift
