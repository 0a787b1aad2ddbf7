#pragma once

#include <Eigen/Core>

#include <span>
#include <vector>

namespace poselift {

// Chains of bones whose first joint stays and whose lengths are held; metres in any frame. A target
// out of reach is met as nearly as the lengths allow. All results are exact to rounding, also for
// straight and folded chains.

/// The two-bone chain root–middle–end bent so that its end meets @p target, by the law of cosines.
/// The side to which it bends is that of @p chain, turned along with the way from root to end; a
/// straight chain bends towards @p bendHint (need not be of unit length or square to the chain).
/// @param chain    root, middle, end as they are now
/// @param lengths  of the two bones, m, > 0
std::vector<Eigen::Vector3d> solveTwoBones(std::span<const Eigen::Vector3d> chain, std::span<const double> lengths,
                                           const Eigen::Vector3d &target, const Eigen::Vector3d &bendHint);

/// Chain of any number of bones (≥ 1) by FABRIK (Aristidou and Lasenby, "FABRIK: A fast, iterative
/// solver for the Inverse Kinematics problem", Graphical Models 73, 2011).
/// @param lengths  one less than @p chain, m, > 0
std::vector<Eigen::Vector3d> solveFabrik(std::span<const Eigen::Vector3d> chain, std::span<const double> lengths,
                                         const Eigen::Vector3d &target);

/// One of the two: two bones bend exactly, others by FABRIK.
std::vector<Eigen::Vector3d> solveChain(std::span<const Eigen::Vector3d> chain, std::span<const double> lengths,
                                        const Eigen::Vector3d &target, const Eigen::Vector3d &bendHint);

} // namespace poselift
