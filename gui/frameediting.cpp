#include "gui/frameediting.h"

#include "gui/jointselectioncontroller.h"
#include "gui/movecontroller.h"
#include "gui/placingcontroller.h"

namespace poselift {

FrameEditing::FrameEditing(PoseDocument *document, Selection *selection, PlaybackController *playback, FrameView *view,
                           QMenu *menu, QObject *parent)
    : QObject(parent)
{
    new JointSelectionController(document, selection, playback, view, menu, this);
    new MoveController(document, selection, playback, view, menu, this);
    new PlacingController(document, selection, playback, view, menu, this);
}

} // namespace poselift
