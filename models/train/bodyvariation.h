#pragma once

#include "core/pose/skeleton.h"
#include "models/train/random.h"

#include <Eigen/Core>

#include <span>
#include <vector>

namespace poselift {

/// How much bodies vary; standard deviations of the logarithm of a length. About the spread of
/// adults' heights (6 %, with both sexes) and of single segments at equal height.
struct BodyVariationOptions
{
    float heightSigma = 0.06F;  ///< of the whole body
    float segmentSigma = 0.06F; ///< of each segment, the same on both sides
    float limit = 2.5F;         ///< both are cut at this many standard deviations
};

/// Changes the limb lengths of mocap poses along the bones of a skeleton, joint directions kept.
class BodyVariation
{
public:
    /// @p skeleton must be a tree with its root joint first in every chain (h36m17 is).
    explicit BodyVariation(const Skeleton &skeleton);

    struct Scales
    {
        std::vector<float> bone; ///< per bone of the tree, in parent-before-child order
        float root = 1.0F;       ///< of the root joint's path: the legs' scale, so feet stay on the ground
    };
    Scales draw(const BodyVariationOptions &options, Random &random) const;
    /// The scales that give the body of @p pose [J, 3] the bones of @p lengths, one per bone of bones().
    Scales towards(std::span<const float> lengths, const float *pose) const;

    /// @param from, to  [J] joints of one pose, world frame; may not be the same array
    void apply(const Scales &scales, const Eigen::Vector3f *from, Eigen::Vector3f *to) const;

    struct Bone
    {
        int parent = 0;
        int child = 0;
        int segment = 0; ///< left and right bones of the same name share one
    };
    const std::vector<Bone> &bones() const { return m_bones; } ///< parent before child
    int segmentCount() const { return m_segments; }

private:
    float legScale(const std::vector<float> &segments, float fallback) const;

    int m_root = 0;
    int m_segments = 0;
    std::vector<int> m_legSegments;
    std::vector<Bone> m_bones;
};

} // namespace poselift
