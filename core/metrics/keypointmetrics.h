#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace poselift {

/// N poses of J keypoints: predictions and truth [N, J, 2] in pixels, known [N, J] (0: not counted).
struct KeypointComparison
{
    std::span<const double> prediction;
    std::span<const double> truth;
    std::span<const std::uint8_t> known;
    int keypoints = 0; ///< J

    std::size_t poses() const { return keypoints > 0 ? known.size() / static_cast<std::size_t>(keypoints) : 0; }
};

/// Share of correct keypoints.
struct PckResult
{
    std::vector<double> perKeypoint; ///< [J]; −1 for a keypoint that is never known
    std::vector<std::int64_t> count; ///< [J] known keypoints
    double mean = 0.0;               ///< unweighted mean over the keypoints that occur
};

/// PCK: ‖(p − g) / size‖ < @p threshold, strictly, where size is the width and height of the
/// person's box, [N, 2] px (mmpose, keypoint_pck_accuracy).
PckResult pck(const KeypointComparison &data, std::span<const double> sizes, double threshold);
/// Mean over @p steps thresholds i/steps, i = 0 … steps − 1, of the mean PCK with both sizes equal
/// to @p normPx (mmpose, keypoint_auc).
double pckAuc(const KeypointComparison &data, double normPx, int steps);

/// PCKh@threshold: ‖p − g‖ ≤ threshold · head size, head size = 0.6 · diagonal of the head box,
/// [N] px (Andriluka et al. 2014).
PckResult pckh(const KeypointComparison &data, std::span<const double> headSizes, double threshold = 0.5);
/// Mean of @p result over the keypoints not in @p excluded, weighted by how often each is known.
/// MPII excludes pelvis and thorax (6, 7).
double weightedMean(const PckResult &result, std::span<const int> excluded);

/// Object keypoint similarity of one pose: mean over known keypoints of
/// exp(−d² / (2 · area · (2σ)²)) (COCO keypoint evaluation). 0 when nothing is known.
/// @param prediction, truth [J, 2] px; @param area of the person, px²; @param sigmas [J]
double oks(std::span<const double> prediction, std::span<const double> truth, std::span<const std::uint8_t> known,
           double area, std::span<const double> sigmas);

} // namespace poselift
