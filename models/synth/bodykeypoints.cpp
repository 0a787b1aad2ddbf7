#include "models/synth/bodykeypoints.h"

#include <algorithm>
#include <map>

namespace poselift {

namespace {

// Metres from a joint to the skin before it, in any direction and for stout bodies.
constexpr float kTrunkDepth = 0.24F;
constexpr float kLimbDepth = 0.12F;
constexpr float kSkinDepth = 0.035F; // places on the skin itself: the rest of hair and nose

struct Definition
{
    const char *bone;                 ///< its head is the joint; LEFT and RIGHT are put before it
    std::vector<const char *> around; ///< bones that begin so
    float depth;
};

const std::map<std::string, Definition> kOfLimbs{
    {"ankle", {"Foot", {"Foot", "Leg", "Toe"}, kLimbDepth}},
    {"knee", {"Leg", {"Leg", "UpLeg"}, kLimbDepth}},
    {"hip", {"UpLeg", {"UpLeg"}, kTrunkDepth}},
    {"wrist", {"Hand", {"Hand", "ForeArm"}, kLimbDepth}},
    {"elbow", {"ForeArm", {"ForeArm", "Arm"}, kLimbDepth}},
    {"shoulder", {"Arm", {"Arm", "Shoulder"}, kTrunkDepth}},
};

std::optional<std::uint32_t> headVertex(const BodyMesh &mesh, const std::string &part, std::size_t side)
{
    if (part == "head_top")
        return mesh.headTop;
    if (part == "nose")
        return mesh.nose;
    if (part == "eye")
        return mesh.eyes[side];
    return part == "ear" ? std::optional(mesh.ears[side]) : std::nullopt;
}

} // namespace

Result<BodyKeypoints> BodyKeypoints::create(const BodyMesh &mesh, const Skeleton &skeleton)
{
    BodyKeypoints result;
    for (const std::string &joint : skeleton.joints) {
        const bool sided = joint.starts_with("left_") || joint.starts_with("right_");
        const bool right = joint.starts_with("right_");
        const std::string part = sided ? joint.substr(joint.find('_') + 1) : joint;
        const std::string side = !sided ? "" : right ? "Right" : "Left";
        Keypoint keypoint;
        keypoint.around.resize(mesh.bones.size());
        const auto mark = [&](const std::string &beginning) {
            for (std::size_t b = 0; b < mesh.bones.size(); ++b)
                keypoint.around[b] = keypoint.around[b] || mesh.bones[b].name.starts_with(beginning);
        };
        int bone = -1;
        if (const auto limb = kOfLimbs.find(part); sided && limb != kOfLimbs.end()) {
            bone = mesh.boneIndex(side + limb->second.bone);
            for (const char *beginning : limb->second.around)
                mark(side + beginning);
            if (limb->second.depth == kTrunkDepth) // the trunk's skin covers these
                mark(part == "hip" ? "Hips" : "Spine2");
            keypoint.depth = limb->second.depth;
        } else if (part == "neck") {
            bone = mesh.boneIndex("Neck");
            for (const char *beginning : {"Neck", "Spine2", "LeftShoulder", "RightShoulder", "Head"})
                mark(beginning);
            keypoint.depth = kTrunkDepth;
        } else {
            keypoint.vertex = headVertex(mesh, part, right ? 1 : 0);
            mark("Head");
            keypoint.depth = kSkinDepth;
        }
        if (bone >= 0)
            keypoint.bone = static_cast<std::size_t>(bone);
        if (!keypoint.bone && !keypoint.vertex)
            return Error(ErrorCode::MissingJoints,
                         {{"name", skeleton.name}, {"expected", joint}, {"found", "no such bone"}});
        result.m_keypoints.push_back(std::move(keypoint));
    }
    return result;
}

std::vector<Eigen::Vector3f> BodyKeypoints::places(const std::vector<PlacedBone> &bones,
                                                   const std::vector<Eigen::Vector3f> &vertices) const
{
    std::vector<Eigen::Vector3f> places;
    for (const Keypoint &keypoint : m_keypoints)
        places.push_back(keypoint.bone ? bones[*keypoint.bone].head : vertices[*keypoint.vertex]);
    return places;
}

bool BodyKeypoints::isUnderSkin(std::size_t joint, std::uint16_t bone, float metresBefore) const
{
    const Keypoint &keypoint = m_keypoints[joint];
    return keypoint.around[bone] && metresBefore <= keypoint.depth;
}

} // namespace poselift
