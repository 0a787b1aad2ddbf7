#include "models/synth/mocapretarget.h"

#include <algorithm>
#include <cmath>

namespace poselift {

using Eigen::Quaternionf;
using Eigen::Vector3f;

namespace {

enum TrunkBone
{
    kHips,
    kSpine,
    kSpine1,
    kSpine2,
    kNeck,
    kHead
};
enum TrunkJoint
{
    kRoot,
    kLeftHip,
    kRightHip,
    kSpineJoint,
    kThorax,
    kNeckBase,
    kHeadJoint,
    kLeftShoulder,
    kRightShoulder
};

constexpr float kShoulderShare = 0.15F; // of the arm's swing that the collar bone takes part in
constexpr float kStraight = 0.15F;      // sine of the bend below which a hinge's axis says nothing …
constexpr float kBent = 0.5F;           // … and above which it is believed
constexpr float kMostTwist = 1.2F;      // rad
// CMU's line from the hips to the spine joint leans back from the pelvis: over all frames of the
// training takes the thighs point 15° forwards of it and the chest as much.
constexpr float kPelvisTilt = 0.2F; // rad

/// The turn whose columns are the axes of a part of the body: y along @p up, x as near to @p left as that allows.
Quaternionf frameOf(const Vector3f &up, const Vector3f &left)
{
    Eigen::Matrix3f axes;
    axes.col(1) = up.normalized();
    axes.col(0) = (left - left.dot(axes.col(1)) * axes.col(1)).normalized();
    axes.col(2) = axes.col(0).cross(axes.col(1));
    return Quaternionf(axes);
}

/// @p rotation followed by the shortest turn that takes @p rest, so turned, to @p direction.
Quaternionf swung(const Quaternionf &rotation, const Vector3f &rest, const Vector3f &direction)
{
    return (Quaternionf::FromTwoVectors(rotation * rest, direction) * rotation).normalized();
}

Result<std::vector<int>> indices(const std::vector<std::string> &names, const std::string &where, auto indexOf)
{
    std::vector<int> found;
    for (const std::string &name : names) {
        found.push_back(indexOf(name));
        if (found.back() < 0)
            return Error(ErrorCode::MissingJoints, {{"name", where}, {"expected", name}, {"found", "none"}});
    }
    return found;
}

} // namespace

Result<MocapRetarget> MocapRetarget::create(const BodyMesh &mesh, const Skeleton &mocap)
{
    MocapRetarget retarget;
    if (Result<void> bound = retarget.bind(mesh, mocap); !bound)
        return bound.error();
    return retarget;
}

Result<void> MocapRetarget::bind(const BodyMesh &mesh, const Skeleton &mocap)
{
    const auto bone = [&](const std::string &name) { return mesh.boneIndex(name); };
    const auto joint = [&](const std::string &name) { return mocap.indexOf(name); };
    const Result<std::vector<int>> trunk =
        indices({"Hips", "Spine", "Spine1", "Spine2", "Neck", "Head"}, "the rig", bone);
    const Result<std::vector<int>> joints = indices(
        {"root", "left_hip", "right_hip", "spine", "thorax", "neck_base", "head", "left_shoulder", "right_shoulder"},
        mocap.name, joint);
    const Result<std::vector<int>> shoulders = indices({"LeftShoulder", "RightShoulder"}, "the rig", bone);
    for (const Result<std::vector<int>> *found : {&trunk, &joints, &shoulders}) {
        if (!*found)
            return found->error();
    }
    m_trunk = *trunk;
    m_joints = *joints;
    m_shoulders = *shoulders;
    for (const std::string side : {"Left", "Right"}) {
        const std::string prefix = side == "Left" ? "left_" : "right_";
        const Result<std::vector<int>> bones =
            indices({side + "Arm", side + "ForeArm", side + "Hand", side + "UpLeg", side + "Leg", side + "Foot"},
                    "the rig", bone);
        const Result<std::vector<int>> ends = indices({prefix + "shoulder", prefix + "elbow", prefix + "wrist",
                                                       prefix + "hip", prefix + "knee", prefix + "ankle"},
                                                      mocap.name, joint);
        if (!bones || !ends)
            return bones ? ends.error() : bones.error();
        m_arms.push_back(limb(mesh, (*bones)[0], (*bones)[1], (*ends)[0], (*ends)[1], (*ends)[2], true));
        m_legs.push_back(limb(mesh, (*bones)[3], (*bones)[4], (*ends)[3], (*ends)[4], (*ends)[5], false));
    }
    for (const RigBone &rigBone : mesh.bones)
        m_parents.push_back(rigBone.parent);
    m_rootRest = mesh.bones.front().head;
    m_placed.assign(mesh.bones.size(), false);
    for (const std::vector<int> *some : {&m_trunk, &m_shoulders}) {
        for (const int index : *some)
            m_placed[static_cast<std::size_t>(index)] = true;
    }
    for (const std::vector<Limb> *some : {&m_arms, &m_legs}) {
        for (const Limb &one : *some)
            m_placed[static_cast<std::size_t>(one.upper)] = m_placed[static_cast<std::size_t>(one.lower)] = true;
    }
    return {};
}

MocapRetarget::Limb MocapRetarget::limb(const BodyMesh &mesh, int upper, int lower, int begin, int middle, int end,
                                        bool arm) const
{
    const auto &upperBone = mesh.bones[static_cast<std::size_t>(upper)];
    const auto &lowerBone = mesh.bones[static_cast<std::size_t>(lower)];
    Limb limb{upper, lower, begin, middle, end, {}, {}, {}};
    limb.upperRest = (lowerBone.head - upperBone.head).normalized();
    limb.lowerRest = (lowerBone.tail - lowerBone.head).normalized();
    // The elbow is bent in the rest pose or bends forwards from it; the knee bends about the body's
    // left-to-right axis.
    const Vector3f bend =
        limb.upperRest.cross(arm ? Vector3f(limb.lowerRest + 0.1F * Vector3f::UnitZ()) : limb.lowerRest);
    limb.hingeRest = arm ? Vector3f(bend.normalized()) : Vector3f(Vector3f::UnitX());
    return limb;
}

void MocapRetarget::placeLimb(const Limb &limb, const Quaternionf &parent, const Joints &joints,
                              std::vector<Quaternionf> &global) const
{
    const auto at = [&](int joint) { return joints[static_cast<std::size_t>(joint)]; };
    const Vector3f upper = (at(limb.middle) - at(limb.begin)).normalized();
    const Vector3f lower = (at(limb.end) - at(limb.middle)).normalized();
    Quaternionf turn = swung(parent, limb.upperRest, upper);
    const Vector3f bend = upper.cross(lower);
    const float sure = std::clamp((bend.norm() - kStraight) / (kBent - kStraight), 0.0F, 1.0F);
    if (sure > 0) {
        Vector3f axis = turn * limb.hingeRest;
        axis -= axis.dot(upper) * upper;
        const float twist = std::atan2(upper.dot(axis.cross(bend)), axis.dot(bend));
        turn = Eigen::AngleAxisf(sure * std::clamp(twist, -kMostTwist, kMostTwist), upper) * turn;
    }
    global[static_cast<std::size_t>(limb.upper)] = turn;
    global[static_cast<std::size_t>(limb.lower)] = swung(turn, limb.lowerRest, lower);
}

BodyPose MocapRetarget::pose(const float *values) const
{
    const std::size_t count = 1
                              + static_cast<std::size_t>(std::max(
                                  std::ranges::max(m_joints),
                                  std::max({m_arms[0].end, m_arms[1].end, m_legs[0].end, m_legs[1].end,
                                            m_arms[0].middle, m_arms[1].middle, m_legs[0].middle, m_legs[1].middle})));
    Joints joints(count);
    for (std::size_t j = 0; j < count; ++j)
        joints[j] = Vector3f(values[3 * j], values[3 * j + 1], values[3 * j + 2]);
    const auto at = [&](TrunkJoint joint) { return joints[static_cast<std::size_t>(m_joints[joint])]; };
    const auto bone = [&](TrunkBone which) { return static_cast<std::size_t>(m_trunk[which]); };

    std::vector<Quaternionf> global(m_parents.size(), Quaternionf::Identity());
    const Quaternionf pelvis = frameOf(at(kSpineJoint) - at(kRoot), at(kLeftHip) - at(kRightHip))
                               * Eigen::AngleAxisf(kPelvisTilt, Vector3f::UnitX());
    const Quaternionf chest = frameOf(at(kThorax) - at(kSpineJoint), at(kLeftShoulder) - at(kRightShoulder));
    const Quaternionf head = swung(chest, Vector3f::UnitY(), (at(kHeadJoint) - at(kNeckBase)).normalized());
    global[bone(kHips)] = pelvis;
    global[bone(kSpine)] = pelvis.slerp(1.0F / 3, chest);
    global[bone(kSpine1)] = pelvis.slerp(2.0F / 3, chest);
    global[bone(kSpine2)] = chest;
    global[bone(kNeck)] = chest.slerp(0.5F, head);
    global[bone(kHead)] = head;
    for (std::size_t side = 0; side < 2; ++side) {
        const Limb &arm = m_arms[side];
        placeLimb(m_legs[side], pelvis, joints, global);
        placeLimb(arm, chest, joints, global);
        // The collar bone follows a raised arm a little.
        const Vector3f hanging = chest * arm.upperRest;
        const Vector3f direction = global[static_cast<std::size_t>(arm.upper)] * arm.upperRest;
        const Quaternionf whole = Quaternionf::FromTwoVectors(hanging, direction);
        global[static_cast<std::size_t>(m_shoulders[side])] =
            Quaternionf::Identity().slerp(kShoulderShare, whole) * chest;
    }

    BodyPose pose;
    pose.root = at(kRoot);
    pose.local.resize(global.size());
    for (std::size_t i = 0; i < global.size(); ++i) {
        const int parent = m_parents[i];
        if (!m_placed[i]) {
            global[i] = parent < 0 ? Quaternionf::Identity() : global[static_cast<std::size_t>(parent)];
            pose.local[i] = Quaternionf::Identity();
        } else {
            pose.local[i] = parent < 0 ? global[i] : global[static_cast<std::size_t>(parent)].conjugate() * global[i];
        }
    }
    return pose;
}

} // namespace poselift
