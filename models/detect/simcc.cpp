#include "models/detect/simcc.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

struct Peak
{
    double bin = 0.0;
    float score = 0.0F;
};

Peak peakOf(const Tensor &bins, int keypoint)
{
    const int count = bins.extent(2);
    const float *first = bins.data + static_cast<std::size_t>(keypoint) * count;
    const float *best = std::max_element(first, first + count);
    return {double(best - first), *best};
}

Result<void> checkAxis(const Tensor &bins, int keypoints, int expectedBins, const std::string &path)
{
    const std::vector<int> shape{1, keypoints, expectedBins};
    if (bins.shape == shape)
        return {};
    return Error(ErrorCode::WrongOutput, {{"path", path},
                                          {"name", bins.name},
                                          {"expected", "the shape " + shapeText(shape)},
                                          {"found", shapeText(bins.shape)}});
}

} // namespace

Result<void> checkSimcc(const Tensor &x, const Tensor &y, const NetworkDecoder &decoder, int keypoints,
                        int inputWidth, int inputHeight, const std::string &path)
{
    const auto bins = [&](int pixels) { return static_cast<int>(std::lround(pixels * decoder.simccRatio)); };
    if (Result<void> good = checkAxis(x, keypoints, bins(inputWidth), path); !good)
        return good;
    return checkAxis(y, keypoints, bins(inputHeight), path);
}

std::vector<RawKeypoint> decodeSimcc(const Tensor &x, const Tensor &y, const NetworkDecoder &decoder)
{
    std::vector<RawKeypoint> keypoints;
    for (int k = 0; k < x.extent(1); ++k) {
        const Peak column = peakOf(x, k);
        const Peak row = peakOf(y, k);
        keypoints.push_back({column.bin / decoder.simccRatio + 0.5, row.bin / decoder.simccRatio + 0.5,
                             std::min(column.score, row.score)});
    }
    return keypoints;
}

} // namespace poselift
