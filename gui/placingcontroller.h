#pragma once

#include "core/document/poseeditor.h"

#include <QObject>

class QAction;
class QMenu;
class QPointF;

namespace poselift {

class FrameView;
class PlaybackController;
class PoseDocument;
class Selection;

/// Steps through the joints of the chosen person, and has those that are nowhere placed with clicks,
/// one after the other: for a new person, on the wish of the user (an action of the edit menu), or
/// when Tab comes to a joint without a place. A hint in the view says which joint it is.
class PlacingController : public QObject
{
    Q_OBJECT
public:
    PlacingController(PoseDocument *document, Selection *selection, PlaybackController *playback, FrameView *view,
                      QMenu *menu, QObject *parent);

private:
    void makeAction(QMenu *menu);
    void personChosen(TrackId track);
    void step(int steps);
    void start();
    void stop();
    void place(const QPointF &imagePoint);
    void update();
    bool isWithoutPlace(int joint) const;
    /// The next joint without a place from @p joint in steps of 1 or -1, all round; -1: there is none.
    int nextWithoutPlace(int joint, int step) const;
    Pose2D pose() const;

    PoseDocument *m_document;
    Selection *m_selection;
    PlaybackController *m_playback;
    FrameView *m_view;
    PoseEditor m_editor;
    QAction *m_action = nullptr;
    bool m_active = false;   ///< a click places the current joint
    bool m_guided = false;   ///< and Tab passes over the joints that have a place
    bool m_stepping = false; ///< the current joint changes because of us
};

} // namespace poselift
