#include "widgets/scene3d/skeletonentity.h"

#include "widgets/scene3d/sceneframe.h"
#include "widgets/scene3d/scenery.h"

#include <QQuaternion>
#include <Qt3DCore/QTransform>
#include <Qt3DExtras/QPhongMaterial>
#include <Qt3DRender/QGeometryRenderer>

namespace poselift {

SkeletonEntity::SkeletonEntity(const Skeleton &skeleton, PoseLayer layer, const FigureParts &parts,
                               const PosePalette &palette, Qt3DCore::QNode *parent)
    : Qt3DCore::QEntity(parent), m_bones(skeleton.bones), m_jointMesh(parts.joint),
      m_correctedMesh(parts.correctedJoint), m_corrected(skeleton.joints.size()), m_layer(layer)
{
    setObjectName(QStringLiteral("person"));
    for (int j = 0; j < skeleton.jointCount(); ++j) {
        const auto side = static_cast<std::size_t>(jointSide(skeleton, j));
        m_jointParts.push_back(makePart(parts.joint, parts.materials[side],
                                        QString::fromStdString(skeleton.joints[static_cast<std::size_t>(j)])));
    }
    for (const std::pair<int, int> &bone : m_bones) {
        const BodySide side = boneSide(skeleton, bone);
        m_boneParts.push_back(makePart(palette.style(side, layer).dashed ? parts.dashedBone : parts.bone,
                                       parts.materials[static_cast<std::size_t>(side)], QStringLiteral("bone")));
    }
}

SkeletonEntity::Part SkeletonEntity::makePart(Qt3DRender::QGeometryRenderer *mesh,
                                              Qt3DExtras::QPhongMaterial *material, const QString &name)
{
    Part part{new Qt3DCore::QEntity(this), nullptr};
    part.transform = new Qt3DCore::QTransform(part.entity);
    part.entity->setObjectName(name);
    part.entity->addComponent(mesh);
    part.entity->addComponent(material);
    part.entity->addComponent(part.transform);
    part.entity->setEnabled(false);
    return part;
}

void SkeletonEntity::setPose(const Pose3D &pose, const std::vector<bool> &corrected)
{
    m_pose = pose;
    m_pose.resize(m_jointParts.size());
    for (std::size_t joint = 0; joint < m_jointParts.size(); ++joint)
        shapeJoint(joint, joint < corrected.size() && corrected[joint]);
    placeAll();
}

void SkeletonEntity::setSelected(bool selected)
{
    if (m_selected == selected)
        return;
    m_selected = selected;
    placeAll();
}

void SkeletonEntity::placeAll()
{
    if (m_pose.empty())
        return;
    for (std::size_t j = 0; j < m_jointParts.size(); ++j)
        placeJoint(j);
    for (std::size_t b = 0; b < m_boneParts.size(); ++b)
        placeBone(b);
}

void SkeletonEntity::shapeJoint(std::size_t joint, bool corrected)
{
    if (m_corrected[joint] == corrected)
        return;
    m_corrected[joint] = corrected;
    m_jointParts[joint].entity->removeComponent(corrected ? m_jointMesh : m_correctedMesh);
    m_jointParts[joint].entity->addComponent(corrected ? m_correctedMesh : m_jointMesh);
}

void SkeletonEntity::placeJoint(std::size_t joint)
{
    const Part &part = m_jointParts[joint];
    part.entity->setEnabled(m_pose[joint].valid);
    if (!m_pose[joint].valid)
        return;
    part.transform->setTranslation(sceneFromCamera(m_pose[joint]));
    const double radius = figureSizes(m_layer == PoseLayer::Secondary, m_selected).joint;
    part.transform->setScale(static_cast<float>(radius * (m_corrected[joint] ? kCorrectedJointFactor : 1.0)));
}

void SkeletonEntity::placeBone(std::size_t bone)
{
    const Part &part = m_boneParts[bone];
    const Joint3D &a = m_pose[static_cast<std::size_t>(m_bones[bone].first)];
    const Joint3D &b = m_pose[static_cast<std::size_t>(m_bones[bone].second)];
    const bool visible = a.valid && b.valid;
    part.entity->setEnabled(visible);
    if (!visible)
        return;
    const QVector3D from = sceneFromCamera(a), to = sceneFromCamera(b);
    const auto radius = static_cast<float>(figureSizes(m_layer == PoseLayer::Secondary, m_selected).bone);
    part.transform->setTranslation((from + to) / 2.0F);
    part.transform->setRotation(QQuaternion::rotationTo({0, 1, 0}, to - from));
    part.transform->setScale3D({radius, (to - from).length(), radius});
}

} // namespace poselift
