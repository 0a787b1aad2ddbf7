#pragma once

#include "core/document/poseeditor.h"
#include "gui/backgroundedit.h"

#include <QList>
#include <QObject>

#include <functional>
#include <utility>

class QAction;
class QKeySequence;
class QMainWindow;
class QMenu;

namespace poselift {

class PlaybackController;
class PoseDocument;
class Selection;

/// Edits of keypoints over frames: of the chosen joints, else of all, of the chosen person, in the
/// chosen range, else in the frame that is shown. Each is one undo step; a long one is made in the
/// background. Owns the menus for that.
class RangeEditController : public QObject
{
    Q_OBJECT
public:
    RangeEditController(PoseDocument *document, Selection *selection, PlaybackController *playback, QMenu *menu,
                        QMainWindow *window);

private:
    /// What must have been chosen before an action can do anything.
    enum Need
    {
        Person = 0,
        Joints = 1,
        Range = 2,
        SidedJoints = 4,
        SidedSkeleton = 8
    };
    enum class Scope
    {
        Joint,
        Frame,
        Range
    };
    using Act = std::function<void()>;

    void makeEditMenu(QMenu *menu);
    void makeMotionActions(QMenu *menu);
    void makeSwapActions(QMenu *menu);
    void makeStateActions(QMenu *menu);
    void makePredictionMenu(QMenu *menu);
    QMenu *addMenu(QMenu *menu, const char *objectName, const QString &title, const QString &name);
    void add(QMenu *menu, const char *objectName, const QString &text, const QKeySequence &keys, int needs, Act act);
    void updateActions();
    QString reasonAgainst(int needs) const;
    void describeTarget();
    QString jointText() const;

    void interpolate(Interpolation method);
    void openSmoothing();
    void smooth(const KeypointSelection &selection);
    void swapSides(std::vector<int> joints);
    void setState(RangeEdit edit, KeypointState state);
    void setLocked(bool locked);
    void deleteKeypoints();
    void decide(RangeEdit edit, Scope scope);
    void carryOut(RangeEdit edit, const KeypointSelection &selection, qint64 frames, BackgroundEdit::PatchMaker make);
    void apply(RangeEdit edit, KeypointPatch patch);

    qint64 frame() const;
    FrameRange frames() const;
    std::vector<int> joints() const;
    std::vector<int> limbs() const;
    KeypointSelection target() const;

    PoseDocument *m_document;
    Selection *m_selection;
    PlaybackController *m_playback;
    QMainWindow *m_window;
    PoseEditor m_editor;
    BackgroundEdit m_background;
    SmoothingOptions m_smoothing;               ///< of the last time
    QList<std::pair<QAction *, int>> m_actions; ///< with what they need
    QAction *m_target = nullptr;                ///< first line of the menu: what it works on
};

} // namespace poselift
