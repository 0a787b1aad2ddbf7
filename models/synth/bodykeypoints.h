#pragma once

#include "core/pose/skeleton.h"
#include "models/synth/bodyplacement.h"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace poselift {

/// Where the joints of a skeleton are on a placed body. Hips, knees, ankles, shoulders, elbows and
/// wrists are the rig's joints, the neck is the top of the spine; the top of the head, nose, eyes
/// and ears are places of the head's skin.
class BodyKeypoints
{
public:
    /// Errors: MissingJoints when the body has no such joint or the rig no such bone.
    static Result<BodyKeypoints> create(const BodyMesh &mesh, const Skeleton &skeleton);

    std::size_t count() const { return m_keypoints.size(); }
    /// [J] world, m. @param vertices  of skin()
    std::vector<Eigen::Vector3f> places(const std::vector<PlacedBone> &bones,
                                        const std::vector<Eigen::Vector3f> &vertices) const;
    /// True when a joint counts as visible although skin lies before it: skin of a bone that meets
    /// in the joint, no farther before it than the flesh is thick.
    bool isUnderSkin(std::size_t joint, std::uint16_t bone, float metresBefore) const;

private:
    struct Keypoint
    {
        std::optional<std::size_t> bone;     ///< its head …
        std::optional<std::uint32_t> vertex; ///< … or a place of the skin
        std::vector<bool> around;            ///< [bones] that meet here
        float depth = 0.0F;                  ///< m of flesh before it, at most
    };
    std::vector<Keypoint> m_keypoints;
};

} // namespace poselift
