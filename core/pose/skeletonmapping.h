#pragma once

#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace poselift {

/// One target joint as a weighted mean of source joints (one source with weight 1 for a plain copy).
struct JointSource
{
    std::vector<std::pair<int, double>> parts; ///< (source index, weight), weights sum to 1
    friend bool operator==(const JointSource &, const JointSource &) = default;
};

/// Maps poses of one skeleton to another by joint name. Derived joints are documented in
/// skeletonmapping.cpp, in one table: mid_hip = (left_hip + right_hip)/2, mid_shoulder likewise, …
class SkeletonMapping
{
public:
    /// Fails with MissingJoints, listing both sides, when a target joint that is not in
    /// @p optionalTargets can neither be copied nor derived.
    static Result<SkeletonMapping> create(const Skeleton &from, const std::vector<std::string> &toJoints,
                                          const std::vector<std::string> &optionalTargets = {});

    int targetCount() const { return static_cast<int>(m_sources.size()); }
    /// Sources per target joint; empty parts for an optional joint that cannot be had.
    const std::vector<JointSource> &sources() const { return m_sources; }
    /// A derived keypoint is known when all its parts are; its confidence is their minimum.
    Pose2D map(const Pose2D &pose) const;
    Pose3D map(const Pose3D &pose) const;

private:
    std::vector<JointSource> m_sources;
};

/// Share of frames [0, 1] in which the pose looks left/right flipped (see .cpp for the test used);
/// above 0.5 an importer warns. 0 when no frame shows enough to tell.
double flippedShare(const Skeleton &skeleton, const std::vector<Pose3D> &poses);

/// True for a name of the table of derived joints ("mid_hip"), whatever the source skeleton.
bool isDerivedJoint(std::string_view jointName);

} // namespace poselift
