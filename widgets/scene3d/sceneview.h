#pragma once

#include "core/geometry/camera.h"
#include "core/pose/project.h"
#include "widgets/style/posepalette.h"

#include <QImage>
#include <QWidget>

#include <functional>
#include <vector>

namespace poselift {

/// One person of one frame as the 3D view draws it.
struct ScenePerson
{
    TrackId track = 0;
    Pose3D pose; ///< metres, camera frame (x right, y down, z forward), order of the layer's skeleton
    friend bool operator==(const ScenePerson &, const ScenePerson &) = default;
};

/// Everyone of a 3D layer with a valid joint in @p frame.
std::vector<ScenePerson> scenePeopleAt(const JointLayer &layer, std::int64_t frame);

enum class ViewPreset {
    Front,  ///< from the camera's side, level, along +z of the camera
    Side,   ///< from the people's side: along −x of the camera
    Top,    ///< from above
    Camera, ///< exactly the video's camera
};

/// What a 3D view of poses can do, however it draws. createSceneView() chooses the implementation.
///
/// Mouse: left-drag orbits, middle- or Shift+left-drag pans, wheel zooms. Keys (when focused):
/// arrows orbit, Shift+arrows pan, + and − zoom, Home fits everyone, 1 front, 3 side, 7 top,
/// 0 camera.
class SceneView : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    virtual void setSkeleton(const Skeleton &skeleton, PoseLayer layer = PoseLayer::Primary) = 0;
    /// Called for every frame: moves what is there, makes new things only for more people than ever.
    virtual void setPeople(std::vector<ScenePerson> people, PoseLayer layer = PoseLayer::Primary) = 0;
    virtual void setSelectedTrack(TrackId track) = 0; ///< 0: nobody
    /// The video's camera: drawn as a frustum, used by ViewPreset::Camera.
    virtual void setCamera(const CameraIntrinsics &camera) = 0;
    /// Height of the ground below the camera in metres (camera frame's +y); see estimateGround().
    virtual void setGroundHeight(double metresBelowCamera) = 0;
    virtual void setColourScheme(ColourScheme scheme) = 0;
    virtual void setDarkBackground(bool dark) = 0;
    virtual void setFollowSelected(bool follow) = 0; ///< keeps the selected person in the middle

    /// Calls @p done once, later, with what the view shows in device pixels; a null image on failure.
    virtual void captureImage(std::function<void(const QImage &)> done) = 0;
    /// Why the view draws without OpenGL; empty when it uses it.
    virtual QString fallbackReason() const { return {}; }
    /// The part of this widget (its coordinates) that captureImage() shows.
    virtual QRect captureRect() const { return rect(); }

public Q_SLOTS:
    virtual void showPreset(poselift::ViewPreset preset) = 0;
    virtual void fitPeople() = 0; ///< moves the eye so that everyone is in sight

Q_SIGNALS:
    void personClicked(poselift::TrackId track);
};

/// Height of the ground below the camera, metres: a high percentile of the lowest foot joint of all
/// people over all frames. Assumes that the camera is level (its y axis points straight down), which
/// is all that is known without a calibration against the ground. 0 people: 1.5 m.
double estimateGroundHeight(const JointLayer &layer);

/// The Qt3D view, or, where OpenGL is not to be had, one that draws with QPainter and says so.
SceneView *createSceneView(QWidget *parent = nullptr);

} // namespace poselift
