#pragma once

#include <QObject>

class QMenu;

namespace poselift {

class FrameView;
class PlaybackController;
class PoseDocument;
class Selection;

/// What the mouse and the keys do to joints in the frame view: choosing, moving, placing. Makes the
/// controllers of these and, in their order, the actions in @p menu.
class FrameEditing : public QObject
{
    Q_OBJECT
public:
    FrameEditing(PoseDocument *document, Selection *selection, PlaybackController *playback, FrameView *view,
                 QMenu *menu, QObject *parent);
};

} // namespace poselift
