#pragma once

#include <span>
#include <vector>

namespace poselift {

/// Where a joint's map has its peak.
struct MapPeak
{
    double u = 0.0; ///< px of the network's input, continuous (cell i covers [i·stride, (i+1)·stride))
    double v = 0.0;
    float mass = 0.0F; ///< probability of the whole map that lies in the window around the peak, [0, 1]
};

/// Cells on each side of the peak that belong to the window.
inline constexpr double kWindowRadius = 2.5;

/// Peaks of @p joints maps of logits [joints, rows, columns]. The logits of a map are one softmax
/// over its cells. The place is the mean of the probability in a window that is moved until it is
/// centred on it (mean shift; Comaniciu and Meer 2002), which, unlike a window around the highest
/// cell, is unbiased for a symmetric peak at any sub-cell place.
std::vector<MapPeak> decodeMaps(std::span<const float> logits, int joints, int rows, int columns, int stride);

/// Averages maps [joints, rows, columns] with those of the mirrored picture, in place: each map with
/// the mirrored map of the joint on the other side. @param mirroredJoint [joints]
void averageWithMirrored(std::span<float> maps, std::span<const float> ofMirroredPicture,
                         std::span<const int> mirroredJoint, int rows, int columns);

} // namespace poselift
