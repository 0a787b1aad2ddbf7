#pragma once

#include "widgets/scene3d/orbitcamera.h"
#include "widgets/scene3d/scenecontent.h"
#include "widgets/scene3d/sceneperson.h"

#include <QImage>
#include <QWidget>

#include <functional>
#include <vector>

namespace poselift {

class CameraController;
class JointDragger;
class ViewKeys;

enum class ViewPreset {
    Front,  ///< level, from the video camera's side
    Side,   ///< level, from the right side of the picture
    Top,    ///< from above
    Camera, ///< exactly the video's camera
};

/// A 3D view of people. createSceneView() chooses how it draws; everything else is the same.
///
///     SceneView *view = createSceneView(window);
///     view->setSkeleton(layer.skeleton);
///     view->setCamera(project.camera);
///     view->setGroundHeight(estimateGroundHeight(layer));
///     view->setPeople(scenePeopleAt(layer, frame));
///
/// With setEditable(true) joints of the chosen person can be dragged: in the view's plane, with Ctrl
/// along the video camera's ray; Shift lets bone lengths change, Esc takes the drag back. Alt+arrows
/// and Alt+Page Up/Down move the chosen joint by 1 cm, with Shift by 10. The view only says what is
/// wanted; whoever edits answers with setPeople().
///
/// Mouse: left-drag orbits, middle- or Shift+left-drag pans, wheel or right-drag zooms, click chooses
/// a person. Keys (when focused): see sceneViewKeys(); all can be set through keys().
class SceneView : public QWidget
{
    Q_OBJECT
public:
    explicit SceneView(QWidget *parent = nullptr);
    ~SceneView() override;

    void setSkeleton(const Skeleton &skeleton, PoseLayer layer = PoseLayer::Primary);
    /// Called for every frame: moves what is there, makes new things only for more people than ever.
    /// The first people are brought into sight; later the view stays where the user put it.
    void setPeople(std::vector<ScenePerson> people, PoseLayer layer = PoseLayer::Primary);
    void setSelectedTrack(TrackId track); ///< 0: nobody
    void setSelectedJoint(int joint);     ///< of the selected person, in the first layer's skeleton; −1: none
    void setEditable(bool editable);
    /// Whether drags hold bone lengths unless Shift is pressed; Shift turns it round.
    void setHoldsLengths(bool holds) { m_holdsLengths = holds; }
    /// Why a drag goes no further; shown in the hint until the next move. Empty: it does.
    void setRefusal(const QString &reason);
    /// The video's camera: drawn as a frustum, used by ViewPreset::Camera.
    void setCamera(const CameraIntrinsics &camera);
    /// Height of the ground below the camera (camera frame's +y), metres; see estimateGroundHeight().
    void setGroundHeight(double metresBelowCamera);
    void setColourScheme(ColourScheme scheme);
    void setDarkBackground(bool dark);
    void setFollowSelected(bool follow); ///< keeps the selected person at the same place of the view
    /// Lets the next people be brought into sight again (another document was opened).
    void resetView();

    ViewKeys *keys();
    const SceneContent &content() const { return m_content; }
    const OrbitCamera &eye() const { return m_eye; }
    bool isJointDragged() const;
    /// Track of the person with a joint or bone near @p position (of the drawn area); 0: nobody.
    TrackId personAt(QPointF position) const;

    /// Calls @p done once, later, with what the view shows, in device pixels; a null image when the
    /// view is not on screen or does not answer within some seconds.
    virtual void captureImage(std::function<void(const QImage &)> done) = 0;
    /// The part of this widget, in its coordinates, that captureImage() shows.
    virtual QRect captureRect() const { return rect(); }
    /// False: QWidget::grab() leaves captureRect() blank.
    virtual bool isPaintedByWidget() const = 0;
    /// Why the view draws without OpenGL; empty when it uses it.
    virtual QString fallbackReason() const { return {}; }

    QSize sizeHint() const override { return {640, 480}; }
    QSize minimumSizeHint() const override { return {160, 120}; }

public Q_SLOTS:
    void showPreset(poselift::ViewPreset preset);
    void fitPeople(); ///< moves the eye so that everyone is in sight, without turning it

Q_SIGNALS:
    void personClicked(poselift::TrackId track); ///< 0: nobody
    /// Joints are of the first layer's skeleton, targets in the camera frame, m.
    void jointClicked(poselift::TrackId track, int joint);
    void jointDragStarted(poselift::TrackId track, int joint);
    void jointDragged(const poselift::Joint3D &target, bool holdLengths);
    void jointDragEnded(bool cancelled);
    /// @param way  of the chosen joint, camera frame, m
    void jointNudged(const poselift::Joint3D &way);
    /// Name and place of the joint under the mouse or in its grip; empty when there is none.
    void hintChanged(const QString &hint);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;

    CameraController *controller() const { return m_controller; }
    /// To be called with the new size of the drawn area: people stay in sight until the user moves
    /// the eye.
    void viewResized(QSizeF size);
    /// Middle of the ground grid now drawn, scene coordinates.
    QVector3D ground() const { return m_ground; }

    virtual void layerRebuilt(PoseLayer layer) = 0; ///< skeleton or colours changed
    virtual void peopleMoved(PoseLayer layer) = 0;
    virtual void selectionMoved() = 0; ///< also the chosen joint and the one under the mouse
    virtual void sceneryChanged() = 0; ///< ground, camera frustum, background
    virtual void eyeMoved() = 0;

private:
    void connectDragger();
    void drag(const Joint3D &target, bool shifted);
    void hover(int joint);
    void nudge(QKeyEvent *event);
    QString hintOf(int joint, const QString &end) const;
    void showHint(const QString &hint);
    void followSelected(const std::optional<QVector3D> &before);
    std::optional<QVector3D> selectedCentre() const;
    bool updateGroundCentre();

    SceneContent m_content;
    OrbitCamera m_eye;
    CameraController *m_controller;
    JointDragger *m_dragger;
    bool m_holdsLengths = true;
    QString m_hint;
    QString m_refusal;
    QVector3D m_ground;
    bool m_followSelected = false;
    bool m_peopleWereShown = false;
    bool m_keepFitted = false; ///< until the user moves the eye
    std::vector<QVector3D> m_fittedPoints; ///< what fitPeople() put in sight
};

/// The Qt3D view, or, where OpenGL is not to be had, one that draws with QPainter and says so.
SceneView *createSceneView(QWidget *parent = nullptr);

} // namespace poselift
