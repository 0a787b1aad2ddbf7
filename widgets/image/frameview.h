#pragma once

#include "core/media/videoframe.h"
#include "widgets/image/frametransform.h"
#include "widgets/image/frameviewkeys.h"
#include "widgets/image/overlayperson.h"
#include "widgets/style/posepalette.h"

#include <QImage>
#include <QWidget>

#include <array>
#include <optional>
#include <vector>

namespace poselift {

/// Shows one frame of a video with people drawn over it.
///
///     FrameView view;
///     view.setSkeleton(skeleton);
///     view.setFrame(frame);
///     view.setPeople({{1, {}, pose}});
///     view.show();
///
/// Mouse: wheel or pinch zooms at the cursor, middle-drag or Space+drag pans, double-click fits,
/// click chooses a person or joint; when editable, left-drag moves a joint and a right click on one
/// is reported. Keys (when focused, see frameViewKeys(); all can be set through keys()): when
/// editable and a joint is selected the arrows nudge it, and Tab and Shift+Tab go to the next and
/// previous joint. Space held is the pan tool; tapped without a drag it is reported by
/// panKeyTapped(), so that the window can do what it does on that key.
class FrameView : public QWidget
{
    Q_OBJECT
public:
    explicit FrameView(QWidget *parent = nullptr);
    ~FrameView() override;

    /// Shows @p frame; its pixels are shared, not copied, and kept alive. A null frame shows the message.
    void setFrame(const VideoFrame &frame);
    /// Width / height of one pixel of the video; the picture is widened by it at display.
    void setSampleAspect(double sampleAspect);
    /// Shown in the middle without a frame, else in a corner ("Loading frame 120…"). Empty: nothing.
    void setMessage(const QString &message);

    void setSkeleton(const Skeleton &skeleton, PoseLayer layer = PoseLayer::Primary);
    void setPeople(std::vector<OverlayPerson> people, PoseLayer layer = PoseLayer::Primary);
    void setSelectedTrack(TrackId track); ///< 0: nobody
    void setSelectedJoint(int joint);     ///< -1: none

    void setColourScheme(ColourScheme scheme);
    ColourScheme colourScheme() const { return m_scheme; }
    bool isOverlayVisible() const { return m_overlayVisible; }
    bool areJointNamesVisible() const { return m_jointNames; }
    bool areTrackLabelsVisible() const { return m_trackLabels; }

    /// Whether joints can be moved; the view only reports the wishes.
    void setEditable(bool editable) { m_editable = editable; }
    ViewKeys *keys() { return &m_keys; }

    const FrameTransform &transform() const { return m_transform; }
    /// The joint under a position of this widget, nearest first, the selected person preferred.
    std::optional<JointHit> jointAt(QPointF position) const;
    /// The person under a position: by joint, bone, or the box around the person; 0 for nobody.
    TrackId personAt(QPointF position) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

public Q_SLOTS:
    void setOverlayVisible(bool visible);
    void setJointNamesVisible(bool visible);
    void setTrackLabelsVisible(bool visible);
    void fitToView();
    void zoomToPixels(); ///< one picture pixel per screen pixel
    void zoomIn();
    void zoomOut();

Q_SIGNALS:
    /// A click chose this person; 0 when it met nobody.
    void personClicked(poselift::TrackId track);
    void jointClicked(poselift::TrackId track, int joint);
    /// The joint under the mouse changed; joint is -1 when there is none.
    void jointHovered(poselift::TrackId track, int joint);
    /// A joint of the primary layer is being dragged; jointDragged() follows until the button is up.
    void jointDragStarted(poselift::TrackId track, int joint);
    /// Where the dragged joint is to be, picture pixels.
    void jointDragged(const QPointF &imagePoint);
    void jointDragEnded();
    void jointRightClicked(poselift::TrackId track, int joint);
    /// The selected joint is to move by so many picture pixels.
    void nudgeRequested(const QPointF &deltaPx);
    /// The next (1) or previous (−1) joint is wanted.
    void jointStepRequested(int steps);
    /// Position of the mouse in picture pixels (first pixel's centre at 0.5, 0.5).
    void cursorMoved(const QPointF &imagePoint);
    void zoomChanged(double scale);
    /// The key of the pan tool was pressed and released, and nothing was dragged.
    void panKeyTapped(const QKeySequence &key);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Layer
    {
        Skeleton skeleton;
        std::vector<OverlayPerson> people;
    };

    const Layer &layer(PoseLayer which) const { return m_layers[static_cast<std::size_t>(which)]; }
    Layer &layer(PoseLayer which) { return m_layers[static_cast<std::size_t>(which)]; }
    const OverlayPerson *findPerson(PoseLayer which, TrackId track) const;
    void updateTransform();
    void transformChanged();
    void drawFrame(QPainter *painter);
    void drawMessage(QPainter *painter);
    const QImage &scaledFrame();
    void showJointToolTip(QPoint globalPosition, QPointF position);
    void hoverAt(QPointF position);
    void clickAt(QPointF position);
    std::optional<FrameViewKey> ownKey(const QKeyEvent *event) const;
    void handleKey(FrameViewKey key);
    void holdPanTool(const QKeyEvent *event);
    void grabJointAt(QPointF position);
    bool dragTo(QPointF position);
    void updateCursor();

    QImage m_image; ///< shares the pixels of m_frame
    VideoFrame m_frame;
    QImage m_scaled; ///< the view's background with the frame at the current zoom, device pixels
    bool m_scaledValid = false;
    double m_sampleAspect = 1.0;
    FrameTransform m_transform;
    QString m_message;
    std::array<Layer, kPoseLayerCount> m_layers;
    ColourScheme m_scheme = ColourScheme::ColourBlindSafe;
    TrackId m_selectedTrack = 0;
    int m_selectedJoint = -1;
    bool m_overlayVisible = true;
    bool m_jointNames = false;
    bool m_trackLabels = true;

    std::optional<JointHit> m_hovered;
    QPointF m_pressPosition;
    QPointF m_lastPosition;
    bool m_editable = false;
    std::optional<JointHit> m_grabbed; ///< under the left button
    QPointF m_grabOffset;              ///< from the mouse to the joint, view pixels
    bool m_dragging = false;
    bool m_panning = false;
    ViewKeys m_keys = frameViewKeys();
    bool m_spaceHeld = false; ///< the key of the pan tool, Space by default
    QKeyCombination m_panKey; ///< the one that is held
    bool m_pannedWithSpace = false;
};

} // namespace poselift
