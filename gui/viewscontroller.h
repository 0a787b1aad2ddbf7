#pragma once

#include "core/document/posedocument.h"
#include "core/media/videoframe.h"
#include "widgets/style/posepalette.h"

#include <QObject>

namespace poselift {

class FrameView;
class LayerBar;
class PlaybackController;
class SceneView;
class Selection;
class TimelineView;

/// The views that ViewsController keeps in step; all borrowed.
struct Views
{
    FrameView *frame = nullptr;
    SceneView *scene = nullptr;
    TimelineView *timeline = nullptr;
    LayerBar *layers = nullptr;
};

/// Shows the document, frame by frame, in all views: the picture, the keypoints over it and the 3D
/// poses always belong to the same frame, the one whose picture has arrived.
class ViewsController : public QObject
{
    Q_OBJECT
public:
    ViewsController(PoseDocument *document, Selection *selection, PlaybackController *playback, const Views &views,
                    QObject *parent);

    void setColourScheme(ColourScheme scheme);
    void fitViews();

private:
    void documentReset();
    void documentChanged(const PoseChange &change);
    void showFrame(const VideoFrame &frame);
    void showLayers();
    void showPeople();
    void showStrips();
    bool touchesStrips(const PoseChange &change) const;
    void fitWholeClip();
    void updateExtent();

    PoseDocument *m_document;
    Selection *m_selection;
    PlaybackController *m_playback;
    Views m_views;
    qint64 m_frame = 0; ///< whose picture is shown
    bool m_fitted = false; ///< the 3D view has been fitted to this document's people
};

} // namespace poselift
