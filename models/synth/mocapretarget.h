#pragma once

#include "core/pose/skeleton.h"
#include "models/synth/bodyplacement.h"

#include <Eigen/Core>
#include <Eigen/Geometry>

#include <string>
#include <vector>

namespace poselift {

/// Turns joint positions of motion capture into rotations of a rig. Each bone is swung, from where
/// its parent would leave it, to the direction between the two joints that it stands for; the
/// pelvis and the chest also take their left-to-right axis from the hips and shoulders; thighs and
/// upper arms are twisted so that knees and elbows bend like hinges. The body's proportions stay
/// the mesh's: only directions are taken over. Hands, feet and fingers go with their limb.
class MocapRetarget
{
public:
    /// Errors: MissingJoints when the motion capture lacks a joint of h36m17, or the rig a bone.
    static Result<MocapRetarget> create(const BodyMesh &mesh, const Skeleton &mocap);

    /// @param joints  [J, 3], m, y up
    BodyPose pose(const float *joints) const;

private:
    /// A limb: an upper and a lower bone and the three joints that they run between.
    struct Limb
    {
        int upper = 0, lower = 0;             ///< bones
        int begin = 0, middle = 0, end = 0;   ///< joints of the motion capture
        Eigen::Vector3f upperRest, lowerRest; ///< unit directions in the rest pose
        Eigen::Vector3f hingeRest;            ///< the axis that knee or elbow bends about
    };

    using Joints = std::vector<Eigen::Vector3f>;
    Result<void> bind(const BodyMesh &mesh, const Skeleton &mocap);
    Limb limb(const BodyMesh &mesh, int upper, int lower, int begin, int middle, int end, bool arm) const;
    void placeLimb(const Limb &limb, const Eigen::Quaternionf &parent, const Joints &joints,
                   std::vector<Eigen::Quaternionf> &global) const;

    Eigen::Vector3f m_rootRest = Eigen::Vector3f::Zero();
    std::vector<int> m_parents;
    std::vector<int> m_trunk; ///< bones Hips, Spine, Spine1, Spine2, Neck, Head
    std::vector<int>
        m_joints; ///< root, left_hip, right_hip, spine, thorax, neck_base, head, left_shoulder, right_shoulder
    std::vector<int> m_shoulders;
    std::vector<Limb> m_arms; ///< left, right
    std::vector<Limb> m_legs;
    std::vector<bool> m_placed; ///< bones that get a rotation of their own; the others follow their parent
};

} // namespace poselift
