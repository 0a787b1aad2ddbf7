#pragma once

#include "core/document/poseeditor.h"

#include <QObject>
#include <QTimer>

#include <optional>

class QAction;
class QKeySequence;
class QMenu;

namespace poselift {

class LayerBar;
class PlaybackController;
class PoseDocument;
class SceneView;
class Selection;

/// Correcting joints in the 3D view: makes the mouse's and the keys' wishes edits of the layer that
/// the layer bar shows first, in the frame that is shown. Owns the actions of the edit menu for
/// that. Tells the 3D view which joint is chosen and learns from it; joints of the two skeletons are
/// matched by name.
class Edit3dController : public QObject
{
    Q_OBJECT
public:
    Edit3dController(PoseDocument *document, Selection *selection, PlaybackController *playback, SceneView *view,
                     LayerBar *layers, QMenu *menu, QObject *parent);

Q_SIGNALS:
    /// Where the joint is, or why it cannot go on; empty when there is nothing to say any more.
    void message(const QString &text);

private:
    void makeActions(QMenu *menu);
    QAction *add(QMenu *menu, const char *objectName, const QString &text, const QKeySequence &keys);
    void connectView();
    void updateActions();
    void chooseJoint(TrackId track, int joint);
    void showChosenJoint();
    void beginDrag(TrackId track, int joint);
    void drag(const Joint3D &target, bool holdLengths);
    void endDrag(bool cancelled);
    void nudge(const Joint3D &way);
    void moveJoint(const Joint3D &target, bool holdLengths, int drag);
    void releaseJoint();
    void releaseFrame();
    qint64 frame() const;
    const JointLayer *editedLayer() const;
    QString refusalText(const Error &error) const;

    PoseDocument *m_document;
    Selection *m_selection;
    PlaybackController *m_playback;
    SceneView *m_view;
    LayerBar *m_layers;
    PoseEditor m_editor;
    QAction *m_holdLengths = nullptr;
    QAction *m_releaseJoint = nullptr;
    QAction *m_releaseFrame = nullptr;
    int m_joint = -1;                     ///< chosen, of the edited layer's skeleton
    std::optional<PoseEditStart> m_start; ///< of the drag that goes on
    int m_drag = 0;
    int m_nudges = 0;    ///< number of the drag that nudges in quick succession make
    QTimer m_nudgePause; ///< ends it
};

} // namespace poselift
