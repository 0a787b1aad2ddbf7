#include "core/pose/skeletonmapping.h"

#include "core/pose/skeletonfile.h"

#include <algorithm>
#include <array>
#include <span>

namespace poselift {

namespace {

/// A joint that is computed where the source does not have one of its name: the mean of `sources`.
/// The first row whose sources are all there is used; sources are joints of the source skeleton,
/// never other derived joints.
struct DerivedJoint
{
    std::string_view name;
    std::array<std::string_view, 4> sources; ///< unused ones are empty
};

/// The one table of derived joints. A joint of the same name in the source always comes first.
/// - mid_hip, mid_shoulder: by definition.
/// - root (Human3.6M, 3DHP), pelvis (SMPL, MPII, 3DHP), hip (Halpe): each other's names for one
///   point, else the middle of the hips, the usual stand-in for COCO-like sources (a regressed
///   SMPL pelvis lies some 2 cm above it).
/// - neck: the middle of the shoulders, which is how OpenPose defines it; LSP's and 3DHP's neck
///   lies a few centimetres above.
/// - thorax (Human3.6M, MPII): the middle of the shoulders (as e.g. MMPose converts COCO to H36M).
/// - upper_neck (MPII): OpenPose's or LSP's neck; not derived from shoulders, it is too high up.
/// - spine (Human3.6M, 3DHP-17): half-way from the middle of the hips to that of the shoulders.
/// No head, face, hand or foot joint is derived: nothing on the trunk tells where they are.
constexpr std::array kDerivedJoints{
    DerivedJoint{"mid_hip", {"left_hip", "right_hip"}},
    DerivedJoint{"mid_shoulder", {"left_shoulder", "right_shoulder"}},
    DerivedJoint{"root", {"pelvis"}},
    DerivedJoint{"root", {"mid_hip"}},
    DerivedJoint{"root", {"hip"}},
    DerivedJoint{"root", {"left_hip", "right_hip"}},
    DerivedJoint{"pelvis", {"root"}},
    DerivedJoint{"pelvis", {"mid_hip"}},
    DerivedJoint{"pelvis", {"hip"}},
    DerivedJoint{"pelvis", {"left_hip", "right_hip"}},
    DerivedJoint{"hip", {"root"}},
    DerivedJoint{"hip", {"pelvis"}},
    DerivedJoint{"hip", {"mid_hip"}},
    DerivedJoint{"hip", {"left_hip", "right_hip"}},
    DerivedJoint{"neck", {"left_shoulder", "right_shoulder"}},
    DerivedJoint{"thorax", {"left_shoulder", "right_shoulder"}},
    DerivedJoint{"upper_neck", {"neck"}},
    DerivedJoint{"spine", {"left_hip", "right_hip", "left_shoulder", "right_shoulder"}},
};

/// The sources of @p row in @p from; empty when one is missing.
JointSource sourcesOf(const DerivedJoint &row, const Skeleton &from)
{
    JointSource source;
    for (const std::string_view name : row.sources) {
        if (name.empty())
            continue;
        const int index = from.indexOf(name);
        if (index < 0)
            return {};
        source.parts.emplace_back(index, 0.0);
    }
    for (auto &[index, weight] : source.parts)
        weight = 1.0 / static_cast<double>(source.parts.size());
    return source;
}

JointSource findSource(const Skeleton &from, const std::string &target)
{
    if (const int same = from.indexOf(target); same >= 0)
        return {{{same, 1.0}}};
    for (const DerivedJoint &row : kDerivedJoints) {
        if (row.name != target)
            continue;
        if (JointSource source = sourcesOf(row, from); !source.parts.empty())
            return source;
    }
    return {};
}

Keypoint2D derivedKeypoint(const JointSource &source, const Pose2D &pose)
{
    Keypoint2D result;
    result.confidence = 1.0F;
    result.state = KeypointState::Visible;
    result.origin = pose[static_cast<std::size_t>(source.parts.front().first)].origin;
    for (const auto &[index, weight] : source.parts) {
        const Keypoint2D &part = pose[static_cast<std::size_t>(index)];
        if (!part.isKnown())
            return {};
        result.x += weight * part.x;
        result.y += weight * part.y;
        result.confidence = std::min(result.confidence, part.confidence);
        if (part.state == KeypointState::Occluded)
            result.state = KeypointState::Occluded;
    }
    return result;
}

Joint3D derivedJoint(const JointSource &source, const Pose3D &pose)
{
    Joint3D result{0, 0, 0, true};
    for (const auto &[index, weight] : source.parts) {
        const Joint3D &part = pose[static_cast<std::size_t>(index)];
        if (!part.valid)
            return {};
        result.x += weight * part.x;
        result.y += weight * part.y;
        result.z += weight * part.z;
    }
    return result;
}

} // namespace

bool isDerivedJoint(std::string_view jointName)
{
    return std::any_of(kDerivedJoints.begin(), kDerivedJoints.end(),
                       [jointName](const DerivedJoint &row) { return row.name == jointName; });
}

Result<SkeletonMapping> SkeletonMapping::create(const Skeleton &from, const std::vector<std::string> &toJoints,
                                                const std::vector<std::string> &optionalTargets)
{
    SkeletonMapping mapping;
    std::vector<std::string> missing;
    for (const std::string &target : toJoints) {
        mapping.m_sources.push_back(findSource(from, target));
        const bool isOptional =
            std::find(optionalTargets.begin(), optionalTargets.end(), target) != optionalTargets.end();
        if (mapping.m_sources.back().parts.empty() && !isOptional)
            missing.push_back(target);
    }
    if (!missing.empty())
        return Error(ErrorCode::MissingJoints, {{"name", from.name},
                                                {"expected", joined(missing)},
                                                {"found", joined(from.joints)}});
    return mapping;
}

Pose2D SkeletonMapping::map(const Pose2D &pose) const
{
    Pose2D mapped(m_sources.size());
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        const auto &parts = m_sources[i].parts;
        if (parts.size() == 1)
            mapped[i] = pose[static_cast<std::size_t>(parts.front().first)];
        else if (!parts.empty())
            mapped[i] = derivedKeypoint(m_sources[i], pose);
    }
    return mapped;
}

Pose3D SkeletonMapping::map(const Pose3D &pose) const
{
    Pose3D mapped(m_sources.size());
    for (std::size_t i = 0; i < m_sources.size(); ++i) {
        const auto &parts = m_sources[i].parts;
        if (parts.size() == 1)
            mapped[i] = pose[static_cast<std::size_t>(parts.front().first)];
        else if (!parts.empty())
            mapped[i] = derivedJoint(m_sources[i], pose);
    }
    return mapped;
}

} // namespace poselift
