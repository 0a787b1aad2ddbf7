#pragma once

#include "widgets/scene3d/scenecontent.h"
#include "widgets/scene3d/skeletonentity.h"

#include <Qt3DCore/QEntity>

#include <array>
#include <vector>

namespace Qt3DExtras {
class QPhongMaterial;
} // namespace Qt3DExtras

namespace poselift {

class LinesEntity;

/// The whole scene as a QEntity tree: people of two layers, ground grid, camera frustum, axes and
/// light. Needs no window, so that tests can look at the tree.
class PoseSceneEntity : public Qt3DCore::QEntity
{
    Q_OBJECT
public:
    explicit PoseSceneEntity(Qt3DCore::QNode *parent = nullptr);

    /// New skeleton or colours: the people of the layer are rebuilt.
    void rebuildLayer(const SceneContent &content, PoseLayer layer);
    /// Moves the people of a layer; makes a person only when there are more than ever before.
    void updatePeople(const SceneContent &content, PoseLayer layer);
    void updateSelection(const SceneContent &content);
    /// Ground, frustum and colours around the people. @p ground: middle of the grid, scene coordinates.
    void updateScenery(const SceneContent &content, const QVector3D &ground);
    void moveGround(const QVector3D &ground);
    /// Rings around the chosen joint and the one under the mouse; they face the eye.
    void updateJointRings(const SceneContent &content, const QMatrix4x4 &sceneFromEye);
    /// Lets the light come from a little above and left of the eye.
    void setLightDirection(const QVector3D &direction);

    const std::vector<SkeletonEntity *> &people(PoseLayer layer) const;
    LinesEntity *grid() const { return m_grid; }
    LinesEntity *frustum() const { return m_frustum; }

private:
    struct Layer
    {
        FigureParts parts;
        std::vector<SkeletonEntity *> people;
    };

    void makeParts(PoseLayer which);
    void colourParts(const SceneContent &content, PoseLayer which);
    void makeSelectionRing();
    void makeJointRings();
    void makeLight();
    Layer &layer(PoseLayer which) { return m_layers[static_cast<std::size_t>(which)]; }

    std::array<Layer, kPoseLayerCount> m_layers;
    LinesEntity *m_grid = nullptr;
    LinesEntity *m_frustum = nullptr;
    LinesEntity *m_axes = nullptr;
    Qt3DCore::QEntity *m_ring = nullptr;
    Qt3DCore::QTransform *m_ringTransform = nullptr;
    Qt3DExtras::QPhongMaterial *m_ringMaterial = nullptr;
    struct JointRing
    {
        Qt3DCore::QEntity *entity = nullptr;
        Qt3DCore::QTransform *transform = nullptr;
    };
    JointRing m_selectedJoint;
    JointRing m_hoveredJoint;
    QObject *m_light = nullptr; ///< a QDirectionalLight
};

} // namespace poselift
