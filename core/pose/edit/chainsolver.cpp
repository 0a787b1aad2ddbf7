#include "core/pose/edit/chainsolver.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace poselift {

namespace {

using Eigen::Vector3d;

constexpr double kNoLength = 1e-9; ///< m: shorter ways have no direction
constexpr double kStraight = 1e-4; ///< sine of the bend below which a limb has no side
constexpr double kReached = 1e-9;  ///< m
constexpr int kMostIterations = 1000;

/// Unit vector of @p way, or @p otherwise when it has no direction.
Vector3d directionOf(const Vector3d &way, const Vector3d &otherwise)
{
    const double length = way.norm();
    return length > kNoLength ? Vector3d(way / length) : otherwise;
}

/// Unit vector square to the unit vector @p axis, as near to @p hint as possible.
Vector3d squareTo(const Vector3d &axis, const Vector3d &hint)
{
    const Vector3d part = hint - axis * axis.dot(hint);
    if (part.norm() > kStraight * hint.norm())
        return part.normalized();
    return axis.unitOrthogonal();
}

/// The side to which the chain bends now, square to its way from root to end.
Vector3d bendOf(std::span<const Vector3d> chain, const Vector3d &axis, const Vector3d &hint)
{
    const Vector3d upper = chain[1] - chain[0];
    const Vector3d bend = upper - axis * axis.dot(upper);
    return bend.norm() > kStraight * upper.norm() ? squareTo(axis, bend) : squareTo(axis, hint);
}

/// @p to at @p length from @p from, in the direction in which it lies.
Vector3d atLength(const Vector3d &from, const Vector3d &to, double length, const Vector3d &otherwise)
{
    return from + length * directionOf(to - from, otherwise);
}

/// Without bends: all bones in one direction.
std::vector<Vector3d> stretched(const Vector3d &root, std::span<const double> lengths, const Vector3d &direction)
{
    std::vector<Vector3d> chain{root};
    for (const double length : lengths)
        chain.push_back(chain.back() + length * direction);
    return chain;
}

/// Moves the inner joints of a straight chain a little to the side of @p hint: FABRIK on a line
/// never leaves the line.
void unstraighten(std::vector<Vector3d> &chain, const Vector3d &hint)
{
    const Vector3d axis = directionOf(chain.back() - chain.front(), Vector3d::UnitY());
    const double size = (chain.back() - chain.front()).norm();
    double bend = 0.0;
    for (const Vector3d &joint : chain)
        bend = std::max(bend, (joint - chain.front()).cross(axis).norm());
    if (bend > kStraight * size)
        return;
    const Vector3d side = squareTo(axis, hint);
    for (std::size_t i = 1; i + 1 < chain.size(); ++i)
        chain[i] += 0.01 * size * side;
}

void reachBackwards(std::vector<Vector3d> &chain, std::span<const double> lengths, const Vector3d &target)
{
    chain.back() = target;
    for (std::size_t i = chain.size() - 1; i > 0; --i)
        chain[i - 1] = atLength(chain[i], chain[i - 1], lengths[i - 1], Vector3d::UnitY());
}

void reachForwards(std::vector<Vector3d> &chain, std::span<const double> lengths, const Vector3d &root)
{
    chain.front() = root;
    for (std::size_t i = 0; i + 1 < chain.size(); ++i)
        chain[i + 1] = atLength(chain[i], chain[i + 1], lengths[i], -Vector3d::UnitY());
}

} // namespace

std::vector<Vector3d> solveTwoBones(std::span<const Vector3d> chain, std::span<const double> lengths,
                                    const Vector3d &target, const Vector3d &bendHint)
{
    assert(chain.size() == 3 && lengths.size() == 2);
    const Vector3d &root = chain[0];
    const double upper = lengths[0], lower = lengths[1];
    const Vector3d before = directionOf(chain[2] - root, directionOf(chain[1] - root, Vector3d::UnitY()));
    const Vector3d axis = directionOf(target - root, before);
    const double reach = std::clamp((target - root).norm(), std::abs(upper - lower), upper + lower);
    const Vector3d turned = Eigen::Quaterniond::FromTwoVectors(before, axis) * bendOf(chain, before, bendHint);
    const Vector3d side = squareTo(axis, turned);
    // A chain that is folded completely (equal bones, target in the root) bends at any angle.
    const double along = reach > kNoLength ? (upper * upper + reach * reach - lower * lower) / (2.0 * reach) : 0.0;
    const double cosine = std::clamp(along / upper, -1.0, 1.0);
    const double sine = std::sqrt(std::max(0.0, 1.0 - cosine * cosine));
    return {root, root + upper * (cosine * axis + sine * side), root + reach * axis};
}

std::vector<Vector3d> solveFabrik(std::span<const Vector3d> chain, std::span<const double> lengths,
                                  const Vector3d &target)
{
    assert(chain.size() >= 2 && lengths.size() + 1 == chain.size());
    const Vector3d root = chain.front();
    const Vector3d direction = directionOf(target - root, directionOf(chain.back() - root, Vector3d::UnitY()));
    if ((target - root).norm() >= std::accumulate(lengths.begin(), lengths.end(), 0.0))
        return stretched(root, lengths, direction);
    std::vector<Vector3d> solved(chain.begin(), chain.end());
    unstraighten(solved, Vector3d::UnitX());
    reachForwards(solved, lengths, root);
    for (int i = 0; i < kMostIterations && (solved.back() - target).norm() > kReached; ++i) {
        reachBackwards(solved, lengths, target);
        reachForwards(solved, lengths, root);
    }
    return solved;
}

std::vector<Vector3d> solveChain(std::span<const Vector3d> chain, std::span<const double> lengths,
                                 const Vector3d &target, const Vector3d &bendHint)
{
    return lengths.size() == 2 ? solveTwoBones(chain, lengths, target, bendHint) : solveFabrik(chain, lengths, target);
}

} // namespace poselift
