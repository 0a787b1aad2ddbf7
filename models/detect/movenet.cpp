#include "models/detect/movenet.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// Index into [1, C, rows, columns].
std::size_t at(const Tensor &tensor, int channel, int row, int column)
{
    return (static_cast<std::size_t>(channel) * tensor.extent(2) + row) * tensor.extent(3) + column;
}

struct Cell
{
    int row = 0;
    int column = 0;
};

Cell bestCentre(const Tensor &centre, const std::vector<float> &prior)
{
    const std::size_t count = centre.size();
    std::size_t best = 0;
    float bestScore = -1;
    for (std::size_t i = 0; i < count; ++i) {
        const float score = centre.data[i] * (prior.size() == count ? prior[i] : 1.0F);
        if (score > bestScore) {
            bestScore = score;
            best = i;
        }
    }
    const int columns = centre.extent(3);
    return {static_cast<int>(best) / columns, static_cast<int>(best) % columns};
}

/// Peak of heatmap / (distance to the regressed place + 1.8); the constant is the one in the
/// published graph.
Cell bestKeypoint(const Tensor &heatmap, int keypoint, double regressedRow, double regressedColumn)
{
    constexpr double kDistanceOffset = 1.8;
    Cell best;
    double bestScore = -1;
    for (int row = 0; row < heatmap.extent(2); ++row) {
        for (int column = 0; column < heatmap.extent(3); ++column) {
            const double distance = std::hypot(row - regressedRow, column - regressedColumn);
            const double score = heatmap.data[at(heatmap, keypoint, row, column)] / (distance + kDistanceOffset);
            if (score > bestScore) {
                bestScore = score;
                best = {row, column};
            }
        }
    }
    return best;
}

} // namespace

Result<void> checkMoveNetHeads(const MoveNetHeads &heads, int keypoints, const std::string &path)
{
    const int rows = heads.centre.extent(2);
    const int columns = heads.centre.extent(3);
    const std::pair<const Tensor *, int> expected[] = {
        {&heads.centre, 1}, {&heads.heatmap, keypoints}, {&heads.regression, 2 * keypoints}, {&heads.offset, 2 * keypoints}};
    for (const auto &[head, channels] : expected) {
        const std::vector<int> shape{1, channels, rows, columns};
        if (head->shape != shape)
            return Error(ErrorCode::WrongOutput, {{"path", path},
                                                  {"name", head->name},
                                                  {"expected", "the shape " + shapeText(shape)},
                                                  {"found", shapeText(head->shape)}});
    }
    return {};
}

std::vector<RawKeypoint> decodeMoveNet(const MoveNetHeads &heads, const std::vector<float> &prior, double stride)
{
    const Cell centre = bestCentre(heads.centre, prior);
    std::vector<RawKeypoint> keypoints(static_cast<std::size_t>(heads.heatmap.extent(1)));
    for (int k = 0; k < heads.heatmap.extent(1); ++k) {
        const double row = centre.row + heads.regression.data[at(heads.regression, 2 * k, centre.row, centre.column)];
        const double column =
            centre.column + heads.regression.data[at(heads.regression, 2 * k + 1, centre.row, centre.column)];
        const Cell peak = bestKeypoint(heads.heatmap, k, row, column);
        const float offsetRow = heads.offset.data[at(heads.offset, 2 * k, peak.row, peak.column)];
        const float offsetColumn = heads.offset.data[at(heads.offset, 2 * k + 1, peak.row, peak.column)];
        const float score = heads.heatmap.data[at(heads.heatmap, k, peak.row, peak.column)];
        keypoints[static_cast<std::size_t>(k)] = {(peak.column + offsetColumn) * stride,
                                                  (peak.row + offsetRow) * stride, std::clamp(score, 0.0F, 1.0F)};
    }
    return keypoints;
}

} // namespace poselift
