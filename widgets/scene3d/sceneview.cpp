#include "widgets/scene3d/sceneview.h"

#include "widgets/scene3d/cameracontroller.h"
#include "widgets/scene3d/jointdragger.h"
#include "widgets/scene3d/jointnudge.h"
#include "widgets/scene3d/sceneframe.h"
#include "widgets/style/jointnames.h"

#include <QCursor>
#include <QKeyEvent>
#include <QLineF>
#include <QLocale>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <limits>

namespace poselift {

namespace {

constexpr double kStartYaw = -30.0;  ///< a little from the left and above: depth can be seen
constexpr double kStartPitch = 12.0;
constexpr double kPersonHitPx = 16.0;

double distanceToSegment(QPointF p, QPointF a, QPointF b)
{
    const QPointF along = b - a;
    const double squared = QPointF::dotProduct(along, along);
    const double t = squared > 0 ? std::clamp(QPointF::dotProduct(p - a, along) / squared, 0.0, 1.0) : 0.0;
    return QLineF(p, a + along * t).length();
}

} // namespace

SceneView::SceneView(QWidget *parent)
    : QWidget(parent), m_controller(new CameraController(&m_eye, this)),
      m_dragger(new JointDragger(&m_content, &m_eye, this))
{
    m_controller->setJointDragger(m_dragger);
    connectDragger();
    setObjectName(QStringLiteral("sceneView"));
    setAccessibleName(tr("3D view of the people"));
    setFocusPolicy(Qt::StrongFocus);
    m_eye.setDirection(kStartYaw, kStartPitch);
    m_ground = m_content.gridCentre();
    connect(m_controller, &CameraController::moved, this, [this] {
        m_keepFitted = false;
        eyeMoved();
    });
    connect(m_controller, &CameraController::fitRequested, this, &SceneView::fitPeople);
    connect(m_controller, &CameraController::presetRequested, this,
            [this](int preset) { showPreset(static_cast<ViewPreset>(preset)); });
    connect(m_controller, &CameraController::clicked, this,
            [this](QPointF position) { Q_EMIT personClicked(personAt(position)); });
}

SceneView::~SceneView() = default;

void SceneView::connectDragger()
{
    connect(m_dragger, &JointDragger::hoveredChanged, this, &SceneView::hover);
    connect(m_dragger, &JointDragger::clicked, this, &SceneView::jointClicked);
    connect(m_dragger, &JointDragger::started, this, &SceneView::jointDragStarted);
    connect(m_dragger, &JointDragger::dragged, this, &SceneView::drag);
    connect(m_dragger, &JointDragger::ended, this, [this](bool cancelled) {
        m_refusal.clear();
        showHint({});
        Q_EMIT jointDragEnded(cancelled);
    });
}

void SceneView::setEditable(bool editable)
{
    m_dragger->setEnabled(editable);
}

bool SceneView::isJointDragged() const
{
    return m_dragger->isDragging();
}

void SceneView::setSelectedJoint(int joint)
{
    if (m_content.selectedJoint == joint)
        return;
    m_content.selectedJoint = joint;
    selectionMoved();
}

void SceneView::setRefusal(const QString &reason)
{
    m_refusal = reason;
}

void SceneView::drag(const Joint3D &target, bool shifted)
{
    const bool holds = m_holdsLengths != shifted;
    m_refusal.clear();
    Q_EMIT jointDragged(target, holds);
    const QString lengths = holds ? tr("bone lengths kept") : tr("bone lengths released");
    showHint(hintOf(m_dragger->hoveredJoint(), m_refusal.isEmpty() ? lengths : m_refusal));
}

void SceneView::hover(int joint)
{
    m_content.hoveredJoint = joint;
    selectionMoved();
    const ScenePerson *person = m_content.person(m_content.selectedTrack);
    const bool corrected = person != nullptr && joint >= 0 && person->isCorrected(static_cast<std::size_t>(joint));
    showHint(hintOf(joint, corrected ? tr("corrected by hand") : QString()));
}

/// "left wrist: x −120, y 340, z 3 950 mm; bone lengths kept"
QString SceneView::hintOf(int joint, const QString &end) const
{
    const std::optional<QVector3D> place = m_content.jointPlace(joint);
    const Skeleton &skeleton = m_content.layer(PoseLayer::Primary).skeleton;
    if (!place || joint >= skeleton.jointCount())
        return {};
    const Joint3D at = cameraFromScene(*place);
    const auto millimetres = [this](double metres) { return locale().toString(std::lround(metres * 1000.0)); };
    const QString where = tr("%1: x %2, y %3, z %4 mm")
                              .arg(displayJointName(skeleton.joints[static_cast<std::size_t>(joint)]),
                                   millimetres(at.x), millimetres(at.y), millimetres(at.z));
    return end.isEmpty() ? where : tr("%1; %2", "place of a joint; state of it").arg(where, end);
}

void SceneView::showHint(const QString &hint)
{
    if (m_hint == hint)
        return;
    m_hint = hint;
    if (hint.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(QCursor::pos() + QPoint(18, 18), hint, this);
    Q_EMIT hintChanged(hint);
}

ViewKeys *SceneView::keys()
{
    return m_controller->keys();
}

void SceneView::setSkeleton(const Skeleton &skeleton, PoseLayer which)
{
    SceneContent::Layer &layer = m_content.layer(which);
    if (layer.skeleton == skeleton)
        return;
    layer.skeleton = skeleton;
    layer.people.clear();
    layerRebuilt(which);
}

void SceneView::setPeople(std::vector<ScenePerson> people, PoseLayer which)
{
    const std::optional<QVector3D> before = selectedCentre();
    m_content.layer(which).people = std::move(people);
    peopleMoved(which);
    if (updateGroundCentre())
        sceneryChanged();
    if (!m_peopleWereShown && !m_content.points().empty()) {
        m_peopleWereShown = true;
        fitPeople();
    }
    followSelected(before);
}

std::optional<QVector3D> SceneView::selectedCentre() const
{
    const ScenePerson *person = m_content.person(m_content.selectedTrack);
    return person != nullptr ? sceneCentre(person->pose) : std::nullopt;
}

void SceneView::followSelected(const std::optional<QVector3D> &before)
{
    if (!m_followSelected || !before || m_eye.isVideoCamera() || isJointDragged())
        return;
    const std::optional<QVector3D> after = selectedCentre();
    if (!after || *after == *before)
        return;
    m_keepFitted = false;
    m_eye.setTarget(m_eye.target() + *after - *before);
    eyeMoved();
}

bool SceneView::updateGroundCentre()
{
    const QVector3D wanted = m_content.gridCentre();
    const QVector3D away = wanted - m_ground;
    // The grid follows people who walk off, in whole metres and not at every step.
    const bool near = std::hypot(away.x(), away.z()) < 2.5F && away.y() == 0.0F;
    if (near && m_peopleWereShown)
        return false;
    m_ground = wanted;
    return true;
}

void SceneView::setSelectedTrack(TrackId track)
{
    if (m_content.selectedTrack == track)
        return;
    m_content.selectedTrack = track;
    m_content.hoveredJoint = -1;
    selectionMoved();
    if (const std::optional<QVector3D> centre = selectedCentre();
        m_followSelected && centre && !m_eye.isVideoCamera()) {
        m_eye.setTarget(*centre);
        eyeMoved();
    }
}

void SceneView::setFollowSelected(bool follow)
{
    m_followSelected = follow;
    if (const std::optional<QVector3D> centre = selectedCentre();
        follow && centre && !m_eye.isVideoCamera()) {
        m_eye.setTarget(*centre);
        eyeMoved();
    }
}

void SceneView::setCamera(const CameraIntrinsics &camera)
{
    if (m_content.camera == camera)
        return;
    m_content.camera = camera;
    m_eye.setIntrinsics(camera);
    sceneryChanged();
    eyeMoved();
}

void SceneView::setGroundHeight(double metresBelowCamera)
{
    if (m_content.groundHeight == metresBelowCamera)
        return;
    m_content.groundHeight = metresBelowCamera;
    m_ground = m_content.gridCentre();
    sceneryChanged();
}

void SceneView::setColourScheme(ColourScheme scheme)
{
    if (m_content.scheme == scheme)
        return;
    m_content.scheme = scheme;
    layerRebuilt(PoseLayer::Primary);
    layerRebuilt(PoseLayer::Secondary);
}

void SceneView::setDarkBackground(bool dark)
{
    if (m_content.dark == dark)
        return;
    m_content.dark = dark;
    sceneryChanged();
    layerRebuilt(PoseLayer::Primary);
    layerRebuilt(PoseLayer::Secondary);
}

void SceneView::resetView()
{
    m_peopleWereShown = false;
    m_eye.setDirection(kStartYaw, kStartPitch);
    eyeMoved();
}

void SceneView::showPreset(ViewPreset preset)
{
    switch (preset) {
    case ViewPreset::Front:
        m_eye.setDirection(0.0, 0.0);
        break;
    case ViewPreset::Side:
        m_eye.setDirection(90.0, 0.0);
        break;
    case ViewPreset::Top:
        m_eye.setDirection(0.0, 90.0);
        break;
    case ViewPreset::Camera:
        if (m_content.camera.isValid())
            m_eye.lookThroughVideoCamera();
        eyeMoved();
        return;
    }
    fitPeople();
}

void SceneView::fitPeople()
{
    if (m_eye.isVideoCamera())
        m_eye.setDirection(m_eye.yaw(), m_eye.pitch());
    m_fittedPoints = m_content.points();
    m_eye.fitPoints(m_fittedPoints, m_controller->viewSize());
    m_keepFitted = true;
    eyeMoved();
}

void SceneView::viewResized(QSizeF size)
{
    m_controller->setViewSize(size.isEmpty() ? QSizeF(1, 1) : size);
    if (m_keepFitted && !m_eye.isVideoCamera())
        m_eye.fitPoints(m_fittedPoints, m_controller->viewSize());
    eyeMoved();
}

TrackId SceneView::personAt(QPointF position) const
{
    TrackId track = 0;
    double nearest = kPersonHitPx;
    const SceneContent::Layer &layer = m_content.layer(PoseLayer::Primary);
    for (const ScenePerson &person : layer.people) {
        for (const auto &[a, b] : layer.skeleton.bones) {
            const auto from = static_cast<std::size_t>(a), to = static_cast<std::size_t>(b);
            if (std::max(from, to) >= person.pose.size() || !person.pose[from].valid || !person.pose[to].valid)
                continue;
            const auto p = m_eye.project(sceneFromCamera(person.pose[from]), m_controller->viewSize());
            const auto q = m_eye.project(sceneFromCamera(person.pose[to]), m_controller->viewSize());
            if (!p || !q)
                continue;
            const double distance = distanceToSegment(position, *p, *q);
            if (distance < nearest) {
                nearest = distance;
                track = person.track;
            }
        }
    }
    return track;
}

bool SceneView::event(QEvent *event)
{
    // With the focus here, the view's own keys win over shortcuts of the window.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isOwn = m_controller->isCameraKey(key) || (isNudgeKey(key) && m_content.selectedJoint >= 0)
            || (key->key() == Qt::Key_Escape && isJointDragged());
        if (isOwn) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void SceneView::keyPressEvent(QKeyEvent *event)
{
    m_dragger->setModifiers(event->modifiers());
    if (event->key() == Qt::Key_Escape && isJointDragged())
        m_dragger->cancel();
    else if (isNudgeKey(event) && m_content.selectedJoint >= 0)
        nudge(event);
    else if (!m_controller->handleKey(event))
        QWidget::keyPressEvent(event);
}

void SceneView::keyReleaseEvent(QKeyEvent *event)
{
    m_dragger->setModifiers(event->modifiers());
    QWidget::keyReleaseEvent(event);
}

void SceneView::nudge(QKeyEvent *event)
{
    const std::optional<QVector3D> place = m_content.jointPlace(m_content.selectedJoint);
    if (!place || isJointDragged())
        return;
    m_refusal.clear();
    Q_EMIT jointNudged(cameraFromScene(*nudgeOfKey(event, m_eye, *place)));
    Q_EMIT hintChanged(hintOf(m_content.selectedJoint, m_refusal));
}

} // namespace poselift
