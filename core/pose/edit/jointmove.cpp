#include "core/pose/edit/jointmove.h"

#include "core/pose/edit/chainsolver.h"

#include <Eigen/Geometry>

#include <algorithm>

namespace poselift {

namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;

constexpr double kNoMove = 1e-9; ///< m

Vector3d vectorOf(const Joint3D &joint)
{
    return {joint.x, joint.y, joint.z};
}

/// Carries out one move: positions before and after, joint by joint.
class Mover
{
public:
    explicit Mover(const PosableFigure &figure) : m_figure(figure), m_result(figure.pose) {}

    Pose3D moved(int joint, const Vector3d &target);

private:
    bool isValid(int joint) const { return m_figure.pose[static_cast<std::size_t>(joint)].valid; }
    Vector3d before(int joint) const { return vectorOf(m_figure.pose[static_cast<std::size_t>(joint)]); }
    Vector3d after(int joint) const { return vectorOf(m_result[static_cast<std::size_t>(joint)]); }
    void place(int joint, const Vector3d &at);
    double lengthOf(int joint) const;
    std::vector<int> validChainTo(int joint) const;
    void translateAll(const Vector3d &way);
    void translateBelow(int joint);
    void turnBelow(int joint, const Quaterniond &turn, int except = -1);
    void bend(const std::vector<int> &chain, const Vector3d &target);
    Quaterniond turnOfBone(int from, int to) const;
    Vector3d bendHint(int joint) const;
    Vector3d front() const;

    const PosableFigure &m_figure;
    Pose3D m_result;
};

void Mover::place(int joint, const Vector3d &at)
{
    m_result[static_cast<std::size_t>(joint)] = {at.x(), at.y(), at.z(), true};
}

/// Of the bone on which @p joint hangs.
double Mover::lengthOf(int joint) const
{
    const double held = m_figure.lengths[static_cast<std::size_t>(joint)];
    return held > 0.0 ? held : std::max(kNoMove, (before(joint) - before(m_figure.tree.parent(joint))).norm());
}

/// The chain without what lies above an invalid joint.
std::vector<int> Mover::validChainTo(int joint) const
{
    std::vector<int> chain = m_figure.tree.chainTo(joint);
    for (std::size_t i = chain.size() - 1; i > 0; --i) {
        if (!isValid(chain[i - 1])) {
            chain.erase(chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(i));
            break;
        }
    }
    return chain;
}

void Mover::translateAll(const Vector3d &way)
{
    for (const int joint : m_figure.tree.order()) {
        if (isValid(joint))
            place(joint, before(joint) + way);
    }
}

/// What hangs on @p joint goes the same way.
void Mover::translateBelow(int joint)
{
    for (const int child : m_figure.tree.children(joint)) {
        if (!isValid(child))
            continue;
        place(child, before(child) + after(joint) - before(joint));
        translateBelow(child);
    }
}

/// What hangs on @p joint turns about it; its bones get the figure's lengths.
void Mover::turnBelow(int joint, const Quaterniond &turn, int except)
{
    for (const int child : m_figure.tree.children(joint)) {
        if (child == except || !isValid(child))
            continue;
        const Vector3d way = turn * (before(child) - before(joint));
        const double size = way.norm();
        place(child, after(joint) + (size > 0.0 ? Vector3d(way * (lengthOf(child) / size)) : way));
        turnBelow(child, turn);
    }
}

Quaterniond Mover::turnOfBone(int from, int to) const
{
    const Vector3d old = before(to) - before(from), now = after(to) - after(from);
    if (old.norm() < kNoMove || now.norm() < kNoMove)
        return Quaterniond::Identity();
    return Quaterniond::FromTwoVectors(old, now);
}

/// Where the body looks: square to its sides and its height. Away from the camera when unknown.
Vector3d Mover::front() const
{
    const Skeleton &skeleton = m_figure.skeleton;
    const int shoulders[] = {skeleton.indexOf("left_shoulder"), skeleton.indexOf("right_shoulder")};
    const int hips[] = {skeleton.indexOf("left_hip"), skeleton.indexOf("right_hip")};
    for (const int joint : {shoulders[0], shoulders[1], hips[0], hips[1]}) {
        if (joint < 0 || !isValid(joint))
            return Vector3d::UnitZ();
    }
    const Vector3d left = before(shoulders[0]) - before(shoulders[1]) + before(hips[0]) - before(hips[1]);
    const Vector3d up = before(shoulders[0]) + before(shoulders[1]) - before(hips[0]) - before(hips[1]);
    return left.cross(up);
}

/// Where a straight chain bends: knees forwards, everything else backwards, as elbows do.
Vector3d Mover::bendHint(int joint) const
{
    const bool isKnee = m_figure.skeleton.joints[static_cast<std::size_t>(joint)].ends_with("_knee");
    return isKnee ? front() : Vector3d(-front());
}

void Mover::bend(const std::vector<int> &chain, const Vector3d &target)
{
    std::vector<Vector3d> joints;
    std::vector<double> lengths;
    for (const int joint : chain) {
        joints.push_back(before(joint));
        if (joint != chain.front())
            lengths.push_back(lengthOf(joint));
    }
    const std::vector<Vector3d> solved = solveChain(joints, lengths, target, bendHint(chain[1]));
    for (std::size_t i = 1; i < chain.size(); ++i)
        place(chain[i], solved[i]);
    if (chain.size() == 2 && m_figure.tree.isLimbRoot(chain[1]))
        return translateBelow(chain[1]); // an arm keeps its direction when the shoulder shrugs
    for (std::size_t i = 1; i < chain.size(); ++i)
        turnBelow(chain[i], turnOfBone(chain[i - 1], chain[i]), i + 1 < chain.size() ? chain[i + 1] : -1);
}

Pose3D Mover::moved(int joint, const Vector3d &target)
{
    if (!isValid(joint) || (target - before(joint)).norm() < kNoMove)
        return m_result;
    const std::vector<int> chain = validChainTo(joint);
    if (m_figure.tree.parent(joint) < 0) {
        translateAll(target - before(joint));
    } else if (chain.size() == 1) {
        place(joint, target); // hangs on nothing that is known
        translateBelow(joint);
    } else {
        bend(chain, target);
    }
    return m_result;
}

} // namespace

Pose3D jointMoved(const PosableFigure &figure, int joint, const Joint3D &target)
{
    return Mover(figure).moved(joint, vectorOf(target));
}

Pose3D jointMovedAlone(const PosableFigure &figure, int joint, const Joint3D &target)
{
    Pose3D pose = figure.pose;
    Joint3D &moved = pose[static_cast<std::size_t>(joint)];
    if (moved.valid && (vectorOf(target) - vectorOf(moved)).norm() >= kNoMove)
        moved = {target.x, target.y, target.z, true};
    return pose;
}

} // namespace poselift
