#include "widgets/scene3d/posesceneentity.h"

#include "widgets/scene3d/linesentity.h"
#include "widgets/scene3d/meshes.h"
#include "widgets/scene3d/sceneframe.h"
#include "widgets/scene3d/scenery.h"

#include <QMatrix4x4>
#include <QQuaternion>
#include <Qt3DCore/QTransform>
#include <Qt3DExtras/QCuboidMesh>
#include <Qt3DExtras/QPhongMaterial>
#include <Qt3DExtras/QSphereMesh>
#include <Qt3DExtras/QTorusMesh>
#include <Qt3DRender/QDirectionalLight>

namespace poselift {

namespace {

constexpr int kDashes = 4;

void colourMaterial(Qt3DExtras::QPhongMaterial *material, const QColor &colour)
{
    // Much ambient light: the colour tells the side and must be recognisable in the shade too.
    material->setAmbient(colour.darker(210));
    material->setDiffuse(colour);
    material->setSpecular(QColor(40, 40, 40));
    material->setShininess(20.0F);
}

} // namespace

PoseSceneEntity::PoseSceneEntity(Qt3DCore::QNode *parent) : Qt3DCore::QEntity(parent)
{
    setObjectName(QStringLiteral("poseScene"));
    makeParts(PoseLayer::Primary);
    makeParts(PoseLayer::Secondary);
    m_grid = new LinesEntity(this);
    m_grid->setObjectName(QStringLiteral("groundGrid"));
    m_frustum = new LinesEntity(this);
    m_frustum->setObjectName(QStringLiteral("cameraFrustum"));
    m_axes = new LinesEntity(this);
    m_axes->setObjectName(QStringLiteral("cameraAxes"));
    m_axes->setLines(axisLines(kAxisLengthMetres));
    makeSelectionRing();
    makeJointRings();
    makeLight();
}

void PoseSceneEntity::makeParts(PoseLayer which)
{
    FigureParts &parts = layer(which).parts;
    if (which == PoseLayer::Primary) {
        auto *sphere = new Qt3DExtras::QSphereMesh(this);
        sphere->setRadius(1.0F);
        sphere->setRings(16);
        sphere->setSlices(24);
        parts.joint = sphere;
    } else {
        auto *cube = new Qt3DExtras::QCuboidMesh(this);
        cube->setXExtent(2.0F);
        cube->setYExtent(2.0F);
        cube->setZExtent(2.0F);
        parts.joint = cube;
    }
    parts.correctedJoint = makeOctahedronMesh(this);
    parts.bone = makeCylinderMesh(1, this);
    parts.dashedBone = makeCylinderMesh(kDashes, this);
    for (Qt3DExtras::QPhongMaterial *&material : parts.materials)
        material = new Qt3DExtras::QPhongMaterial(this);
}

void PoseSceneEntity::makeSelectionRing()
{
    auto *torus = new Qt3DExtras::QTorusMesh(this);
    torus->setRadius(0.35F);
    torus->setMinorRadius(0.012F);
    torus->setRings(48);
    torus->setSlices(8);
    m_ringMaterial = new Qt3DExtras::QPhongMaterial(this);
    m_ringTransform = new Qt3DCore::QTransform(this);
    m_ring = new Qt3DCore::QEntity(this);
    m_ring->setObjectName(QStringLiteral("selectionRing"));
    m_ringTransform->setRotationX(90.0F); // Qt's torus lies in the x–y plane
    m_ring->addComponent(torus);
    m_ring->addComponent(m_ringMaterial);
    m_ring->addComponent(m_ringTransform);
    m_ring->setEnabled(false);
}

void PoseSceneEntity::makeJointRings()
{
    const auto make = [this](JointRing *ring, const char *name, float minorRadius) {
        auto *torus = new Qt3DExtras::QTorusMesh(this);
        torus->setRadius(1.0F);
        torus->setMinorRadius(minorRadius);
        torus->setRings(40);
        torus->setSlices(8);
        ring->transform = new Qt3DCore::QTransform(this);
        ring->entity = new Qt3DCore::QEntity(this);
        ring->entity->setObjectName(QString::fromLatin1(name));
        ring->entity->addComponent(torus);
        ring->entity->addComponent(m_ringMaterial);
        ring->entity->addComponent(ring->transform);
        ring->entity->setEnabled(false);
    };
    make(&m_selectedJoint, "selectedJointRing", 0.16F);
    make(&m_hoveredJoint, "hoveredJointRing", 0.09F);
}

void PoseSceneEntity::updateJointRings(const SceneContent &content, const QMatrix4x4 &sceneFromEye)
{
    const auto place = [&](const JointRing &ring, int joint, double factor) {
        const std::optional<QVector3D> at = content.jointPlace(joint);
        ring.entity->setEnabled(at.has_value());
        if (!at)
            return;
        // Qt's torus lies in the x–y plane, square to the line of sight when turned like the eye.
        ring.transform->setRotation(QQuaternion::fromRotationMatrix(sceneFromEye.toGenericMatrix<3, 3>()));
        ring.transform->setTranslation(*at);
        ring.transform->setScale(static_cast<float>(factor * figureSizes(false, true).joint));
    };
    place(m_selectedJoint, content.selectedJoint, kSelectedRingFactor);
    place(m_hoveredJoint, content.hoveredJoint, kHoveredRingFactor);
}

void PoseSceneEntity::makeLight()
{
    auto *entity = new Qt3DCore::QEntity(this);
    auto *light = new Qt3DRender::QDirectionalLight(entity);
    light->setIntensity(0.75F);
    entity->addComponent(light);
    m_light = light;
}

void PoseSceneEntity::setLightDirection(const QVector3D &direction)
{
    static_cast<Qt3DRender::QDirectionalLight *>(m_light)->setWorldDirection(direction);
}

const std::vector<SkeletonEntity *> &PoseSceneEntity::people(PoseLayer which) const
{
    return m_layers[static_cast<std::size_t>(which)].people;
}

void PoseSceneEntity::colourParts(const SceneContent &content, PoseLayer which)
{
    for (const BodySide side : {BodySide::Left, BodySide::Right, BodySide::Middle}) {
        colourMaterial(layer(which).parts.materials[static_cast<std::size_t>(side)],
                       content.palette().style(side, which).colour);
    }
}

void PoseSceneEntity::rebuildLayer(const SceneContent &content, PoseLayer which)
{
    for (SkeletonEntity *person : layer(which).people)
        delete person;
    layer(which).people.clear();
    colourParts(content, which);
    updatePeople(content, which);
}

void PoseSceneEntity::updatePeople(const SceneContent &content, PoseLayer which)
{
    Layer &drawn = layer(which);
    const SceneContent::Layer &wanted = content.layer(which);
    while (drawn.people.size() < wanted.people.size()) {
        drawn.people.push_back(
            new SkeletonEntity(wanted.skeleton, which, drawn.parts, content.palette(), this));
    }
    for (std::size_t i = 0; i < drawn.people.size(); ++i) {
        const bool present = i < wanted.people.size();
        drawn.people[i]->setEnabled(present);
        if (!present)
            continue;
        drawn.people[i]->setSelected(content.selectedTrack != 0
                                     && wanted.people[i].track == content.selectedTrack);
        drawn.people[i]->setPose(wanted.people[i].pose, wanted.people[i].corrected);
    }
    updateSelection(content);
}

void PoseSceneEntity::updateSelection(const SceneContent &content)
{
    for (const PoseLayer which : {PoseLayer::Primary, PoseLayer::Secondary}) {
        const auto &wanted = content.layer(which).people;
        for (std::size_t i = 0; i < wanted.size() && i < layer(which).people.size(); ++i) {
            layer(which).people[i]->setSelected(content.selectedTrack != 0
                                                && wanted[i].track == content.selectedTrack);
        }
    }
    const ScenePerson *selected = content.person(content.selectedTrack);
    const std::optional<QVector3D> centre = selected ? sceneCentre(selected->pose) : std::nullopt;
    m_ring->setEnabled(centre.has_value());
    if (centre)
        m_ringTransform->setTranslation({centre->x(), static_cast<float>(-content.groundHeight), centre->z()});
}

void PoseSceneEntity::updateScenery(const SceneContent &content, const QVector3D &ground)
{
    const SceneColours colours = sceneColours(content.dark);
    m_grid->setLines(gridLines(kGridRadiusMetres, colours));
    m_frustum->setLines(frustumLines(content.camera, kFrustumDepthMetres, colours.frustum));
    colourMaterial(m_ringMaterial, colours.highlight);
    m_ringMaterial->setAmbient(colours.highlight);
    moveGround(ground);
    updateSelection(content);
}

void PoseSceneEntity::moveGround(const QVector3D &ground)
{
    m_grid->transform()->setTranslation(ground);
}

} // namespace poselift
