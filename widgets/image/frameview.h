#pragma once

#include "core/media/videoframe.h"
#include "widgets/image/frametransform.h"
#include "widgets/image/frameviewkeys.h"
#include "widgets/image/overlayperson.h"
#include "widgets/image/pictureadjustment.h"
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
/// click chooses a person or joint. When editable:
/// - Ctrl+click or Shift+click adds a joint to the selection or takes it out; a drag that begins
///   beside the joints, or with Shift or Ctrl anywhere, chooses those in a rectangle; a double-click
///   on a joint or a bone chooses its limb;
/// - left-drag of a joint moves it, Alt+drag the whole person; Alt+wheel turns, Ctrl+Alt+wheel scales;
/// - a right click on a joint is reported, and in placing mode every other click.
/// The view only reports these wishes. Keys (when focused, see frameViewKeys(); all can be set through
/// keys()): when editable and a joint is selected the arrows nudge it, and Tab and Shift+Tab go to the
/// next and previous joint. Space held is the pan tool; tapped without a drag it is reported by
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
    /// Of the selected person, primary layer; the last one is the current one.
    void setSelectedJoints(std::vector<int> joints);

    void setColourScheme(ColourScheme scheme);
    ColourScheme colourScheme() const { return m_scheme; }
    bool isOverlayVisible() const { return m_overlayVisible; }
    bool areJointNamesVisible() const { return m_jointNames; }
    bool areTrackLabelsVisible() const { return m_trackLabels; }

    /// Whether joints can be moved; the view only reports the wishes.
    void setEditable(bool editable) { m_editable = editable; }
    ViewKeys *keys() { return &m_keys; }
    /// In placing mode a click says where a joint is to be, instead of choosing what is there.
    void setPlacing(bool placing);
    /// What a click or the keys would do now, at the lower edge. Empty: nothing.
    void setHint(const QString &hint);
    const QString &hint() const { return m_hint; }
    /// Display only; the frame's pixels are not touched. Kept when the frame changes.
    void setAdjustment(const PictureAdjustment &adjustment);
    /// A lens beside a joint that is dragged or placed.
    void setMagnifierEnabled(bool enabled) { m_magnifierEnabled = enabled; }
    /// The picture point that the lens shows now, if it shows one.
    std::optional<QPointF> magnifiedPoint() const;
    /// Ends what the mouse is doing without its effect; false when it was doing nothing.
    bool cancelDrag();

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
    /// Instead of a joint a whole person is being dragged; personDragged() follows.
    void personDragStarted(poselift::TrackId track);
    /// How far from where the drag began, picture pixels.
    void personDragged(const QPointF &deltaPx);
    void jointDragEnded(); ///< the one or the other
    void jointDragCancelled();
    /// These joints of the primary layer are to be the selection; the last is the current one.
    void jointsChosen(poselift::TrackId track, const std::vector<int> &joints);
    /// A click in placing mode, picture pixels.
    void placeRequested(const QPointF &imagePoint);
    /// The selection is to be turned clockwise by so much.
    void turnRequested(double degrees);
    void scaleRequested(double factor);
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
    /// What a drag of the pressed button does.
    enum class Gesture { None, Pan, MoveJoint, MovePerson, ChooseInBand, Place };

    struct JointSelection
    {
        TrackId track = 0;
        std::vector<int> joints;
    };

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
    void doubleClickAt(QPointF position);
    std::optional<FrameViewKey> ownKey(const QKeyEvent *event) const;
    void handleKey(FrameViewKey key);
    void holdPanTool(const QKeyEvent *event);
    Gesture gestureOf(const QMouseEvent *event);
    bool grabJointAt(QPointF position);
    bool grabPersonAt(QPointF position);
    void startDrag();
    bool dragTo(QPointF position);
    void endDrag(QPointF position);
    void endClick(const QMouseEvent *event);
    void toggleJoint(const JointHit &hit);
    void chooseLimb(TrackId track, const std::vector<int> &limb);
    bool wheelEdits(const QWheelEvent *event);
    JointSelection bandSelection() const;
    QRectF band() const { return QRectF(m_pressPosition, m_lastPosition).normalized(); }
    void drawOverlay(QPainter *painter);
    void drawBand(QPainter *painter);
    void drawHint(QPainter *painter);
    const QImage &shownFrame();
    void forgetGesture();
    void updateCursor();

    QImage m_image; ///< shares the pixels of m_frame
    VideoFrame m_frame;
    QImage m_scaled; ///< the view's background with the frame at the current zoom, device pixels
    bool m_scaledValid = false;
    PictureAdjustment m_adjustment;
    QImage m_adjusted; ///< m_scaled through m_adjustment; null while that is neutral or out of date
    double m_sampleAspect = 1.0;
    FrameTransform m_transform;
    QString m_message;
    QString m_hint;
    std::array<Layer, kPoseLayerCount> m_layers;
    ColourScheme m_scheme = ColourScheme::ColourBlindSafe;
    TrackId m_selectedTrack = 0;
    std::vector<int> m_selectedJoints;
    int m_selectedJoint = -1; ///< the last of them
    bool m_overlayVisible = true;
    bool m_jointNames = false;
    bool m_trackLabels = true;

    std::optional<JointHit> m_hovered;
    QPointF m_pressPosition;
    QPointF m_lastPosition;
    bool m_editable = false;
    bool m_placing = false;
    bool m_magnifierEnabled = true;
    Gesture m_gesture = Gesture::None;
    Qt::MouseButton m_pressedButton = Qt::NoButton;
    Qt::KeyboardModifiers m_pressedModifiers;
    bool m_doubleClicked = false; ///< the press was the second of a double-click
    bool m_dragging = false;      ///< the mouse has gone further than a click shakes
    std::optional<JointHit> m_grabbed; ///< the joint, or only the person, under the button
    QPointF m_grabOffset;              ///< from the mouse to the joint, view pixels
    ViewKeys m_keys = frameViewKeys();
    bool m_spaceHeld = false; ///< the key of the pan tool, Space by default
    QKeyCombination m_panKey; ///< the one that is held
    bool m_pannedWithSpace = false;
};

} // namespace poselift
