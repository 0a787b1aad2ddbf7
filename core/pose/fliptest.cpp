// The left/right flip test. A body is not its own mirror image: with l from the right hip to the
// left one and u from the hips to the shoulders, l × u points forward (right-handed frames: the
// camera frame x right, y down, z forward, and mocap's y up alike). A frame looks flipped when
//   1. the line of the hips and the line of the shoulders point to opposite sides: nobody twists
//      by more than 90°, but one pair is exchanged when legs and arms come from different orders
//      (SPIN's H36M regressor has the left leg at joints 1 to 3, the usual order the right one), or
//   2. what must be in front lies behind: knees bend forward, toes are in front of ankles, the
//      nose is in front of the ears (or of the neck).
// Frames without such evidence (straight legs and no face or toes) do not vote.
#include "core/pose/skeletonmapping.h"

#include <Eigen/Core>
#include <Eigen/Geometry>

#include <optional>

namespace poselift {

namespace {

using Eigen::Vector3d;

enum class Vote { None, Usual, Flipped };

class FlipTest
{
public:
    explicit FlipTest(const Skeleton &skeleton) : m_skeleton(skeleton) {}

    Vote vote(const Pose3D &pose) const
    {
        const auto hips = difference(pose, "right_hip", "left_hip");
        const auto shoulders = difference(pose, "right_shoulder", "left_shoulder");
        const auto midHip = middle(pose, "left_hip", "right_hip");
        const auto midShoulder = middle(pose, "left_shoulder", "right_shoulder");
        if (!hips || !shoulders || !midHip || !midShoulder)
            return Vote::None;
        // cos 110°: a strong twist seen through noise is not taken for an exchange.
        constexpr double kOpposite = -0.34;
        if (hips->dot(*shoulders) < kOpposite * hips->norm() * shoulders->norm())
            return Vote::Flipped;
        const Vector3d forward = (*hips + *shoulders).cross(*midShoulder - *midHip);
        if (forward.norm() < 1e-9)
            return Vote::None;
        const double evidence = frontEvidence(pose, forward.normalized());
        if (evidence == 0)
            return Vote::None;
        return evidence > 0 ? Vote::Usual : Vote::Flipped;
    }

private:
    std::optional<Vector3d> joint(const Pose3D &pose, std::string_view name) const
    {
        const int index = m_skeleton.indexOf(name);
        if (index < 0 || !pose[static_cast<std::size_t>(index)].valid)
            return std::nullopt;
        const Joint3D &found = pose[static_cast<std::size_t>(index)];
        return Vector3d(found.x, found.y, found.z);
    }

    std::optional<Vector3d> difference(const Pose3D &pose, std::string_view from, std::string_view to) const
    {
        const auto a = joint(pose, from);
        const auto b = joint(pose, to);
        return a && b ? std::optional<Vector3d>(*b - *a) : std::nullopt;
    }

    std::optional<Vector3d> middle(const Pose3D &pose, std::string_view one, std::string_view other) const
    {
        const auto a = joint(pose, one);
        const auto b = joint(pose, other);
        return a && b ? std::optional<Vector3d>((*a + *b) / 2) : std::nullopt;
    }

    /// Metres that the things of the front lie in front of what is behind them, summed.
    double frontEvidence(const Pose3D &pose, const Vector3d &forward) const
    {
        double evidence = kneeBend(pose, "left_", forward) + kneeBend(pose, "right_", forward);
        for (const char *ankle : {"left_ankle", "right_ankle"}) {
            const std::string side = std::string(ankle).substr(0, std::string(ankle).find('_') + 1);
            for (const char *toe : {"big_toe", "toe", "foot"}) {
                if (const auto foot = difference(pose, ankle, side + toe)) {
                    evidence += foot->dot(forward);
                    break;
                }
            }
        }
        const auto nose = joint(pose, "nose");
        auto behind = middle(pose, "left_ear", "right_ear");
        if (!behind)
            behind = joint(pose, "neck");
        if (nose && behind)
            evidence += (*nose - *behind).dot(forward);
        return evidence;
    }

    /// How far the knee lies in front of the line from hip to ankle; 0 for a leg that is straight
    /// within noise (knee nearer to the line than 5 % of the leg's length, about 11° of flexion).
    double kneeBend(const Pose3D &pose, const std::string &side, const Vector3d &forward) const
    {
        const auto leg = difference(pose, side + "hip", side + "ankle");
        const auto thigh = difference(pose, side + "hip", side + "knee");
        if (!leg || !thigh || leg->norm() < 1e-9)
            return 0;
        const Vector3d bend = *thigh - leg->normalized() * thigh->dot(leg->normalized());
        return bend.norm() < 0.05 * leg->norm() ? 0 : bend.dot(forward);
    }

    const Skeleton &m_skeleton;
};

} // namespace

double flippedShare(const Skeleton &skeleton, const std::vector<Pose3D> &poses)
{
    const FlipTest test(skeleton);
    std::size_t flipped = 0;
    std::size_t votes = 0;
    for (const Pose3D &pose : poses) {
        const Vote vote = test.vote(pose);
        votes += vote != Vote::None ? 1 : 0;
        flipped += vote == Vote::Flipped ? 1 : 0;
    }
    return votes > 0 ? static_cast<double>(flipped) / static_cast<double>(votes) : 0.0;
}

} // namespace poselift
