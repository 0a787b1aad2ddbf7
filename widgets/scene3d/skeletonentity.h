#pragma once

#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"
#include "widgets/style/posepalette.h"

#include <Qt3DCore/QEntity>

#include <array>
#include <vector>

namespace Qt3DCore {
class QTransform;
} // namespace Qt3DCore
namespace Qt3DExtras {
class QPhongMaterial;
} // namespace Qt3DExtras
namespace Qt3DRender {
class QGeometryRenderer;
} // namespace Qt3DRender

namespace poselift {

/// Meshes and materials of one layer, shared by all its people.
struct FigureParts
{
    Qt3DRender::QGeometryRenderer *joint = nullptr; ///< sphere (first layer) or cube (second)
    Qt3DRender::QGeometryRenderer *correctedJoint = nullptr;
    Qt3DRender::QGeometryRenderer *bone = nullptr;
    Qt3DRender::QGeometryRenderer *dashedBone = nullptr;
    std::array<Qt3DExtras::QPhongMaterial *, 3> materials{}; ///< by BodySide
};

/// One person: a joint per skeleton joint, a cylinder per bone. setPose() moves them and hides the
/// invalid ones; nothing is created after construction.
class SkeletonEntity : public Qt3DCore::QEntity
{
    Q_OBJECT
public:
    SkeletonEntity(const Skeleton &skeleton, PoseLayer layer, const FigureParts &parts,
                   const PosePalette &palette, Qt3DCore::QNode *parent);

    /// @param corrected  joints that are drawn as corrected; empty: none
    void setPose(const Pose3D &pose, const std::vector<bool> &corrected = {});
    void setSelected(bool selected);
    bool isSelected() const { return m_selected; }

private:
    struct Part
    {
        Qt3DCore::QEntity *entity = nullptr;
        Qt3DCore::QTransform *transform = nullptr;
    };

    Part makePart(Qt3DRender::QGeometryRenderer *mesh, Qt3DExtras::QPhongMaterial *material, const QString &name);
    void shapeJoint(std::size_t joint, bool corrected);
    void placeJoint(std::size_t joint);
    void placeBone(std::size_t bone);
    void placeAll();

    std::vector<std::pair<int, int>> m_bones;
    std::vector<Part> m_jointParts;
    std::vector<Part> m_boneParts;
    Qt3DRender::QGeometryRenderer *m_jointMesh;
    Qt3DRender::QGeometryRenderer *m_correctedMesh;
    std::vector<bool> m_corrected;
    Pose3D m_pose;
    PoseLayer m_layer;
    bool m_selected = false;
};

} // namespace poselift
