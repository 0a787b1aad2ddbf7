#include "models/detect/heatmaps.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// One heatmap as a picture whose border values continue outside.
struct Map
{
    const float *data;
    int rows;
    int columns;

    float at(int row, int column) const
    {
        return data[std::clamp(row, 0, rows - 1) * columns + std::clamp(column, 0, columns - 1)];
    }
};

struct Offset
{
    double x = 0.0;
    double y = 0.0;
};

std::vector<float> gaussianKernel(double sigma)
{
    const int radius = std::max(1, static_cast<int>(std::ceil(3 * sigma)));
    std::vector<float> kernel;
    float sum = 0;
    for (int i = -radius; i <= radius; ++i) {
        kernel.push_back(static_cast<float>(std::exp(-i * i / (2 * sigma * sigma))));
        sum += kernel.back();
    }
    for (float &weight : kernel)
        weight /= sum;
    return kernel;
}

std::vector<float> blurred(const Map &map, double sigma)
{
    const std::vector<float> kernel = gaussianKernel(sigma);
    const int radius = static_cast<int>(kernel.size()) / 2;
    std::vector<float> alongRows(static_cast<std::size_t>(map.rows) * map.columns);
    std::vector<float> result(alongRows.size());
    for (int row = 0; row < map.rows; ++row)
        for (int column = 0; column < map.columns; ++column)
            for (int i = -radius; i <= radius; ++i)
                alongRows[row * map.columns + column] += kernel[i + radius] * map.at(row, column + i);
    const Map between{alongRows.data(), map.rows, map.columns};
    for (int row = 0; row < map.rows; ++row)
        for (int column = 0; column < map.columns; ++column)
            for (int i = -radius; i <= radius; ++i)
                result[row * map.columns + column] += kernel[i + radius] * between.at(row + i, column);
    return result;
}

Offset quarterOffset(const Map &map, int row, int column)
{
    const auto towards = [](float lower, float higher) { return higher > lower ? 0.25 : higher < lower ? -0.25 : 0.0; };
    return {towards(map.at(row, column - 1), map.at(row, column + 1)),
            towards(map.at(row - 1, column), map.at(row + 1, column))};
}

Offset taylorOffset(const Map &map, int row, int column)
{
    if (row < 1 || column < 1 || row > map.rows - 2 || column > map.columns - 2)
        return quarterOffset(map, row, column);
    const auto log = [&](int dy, int dx) { return std::log(std::max(double(map.at(row + dy, column + dx)), 1e-10)); };
    const double dx = (log(0, 1) - log(0, -1)) / 2;
    const double dy = (log(1, 0) - log(-1, 0)) / 2;
    const double dxx = log(0, 1) - 2 * log(0, 0) + log(0, -1);
    const double dyy = log(1, 0) - 2 * log(0, 0) + log(-1, 0);
    const double dxy = (log(1, 1) - log(1, -1) - log(-1, 1) + log(-1, -1)) / 4;
    const double determinant = dxx * dyy - dxy * dxy;
    if (dxx >= 0 || determinant <= 1e-12) // not a maximum: a plateau or noise
        return quarterOffset(map, row, column);
    const Offset offset{-(dyy * dx - dxy * dy) / determinant, -(dxx * dy - dxy * dx) / determinant};
    if (std::abs(offset.x) > 1 || std::abs(offset.y) > 1)
        return quarterOffset(map, row, column);
    return offset;
}

Offset refinement(const Map &map, int row, int column, HeatmapRefinement kind)
{
    switch (kind) {
    case HeatmapRefinement::Quarter:
        return quarterOffset(map, row, column);
    case HeatmapRefinement::Taylor:
        return taylorOffset(map, row, column);
    case HeatmapRefinement::None:
        break;
    }
    return {};
}

RawKeypoint peakOf(const Map &map, const NetworkDecoder &decoder, double strideX, double strideY)
{
    const float *end = map.data + map.rows * map.columns;
    const float score = *std::max_element(map.data, end);
    std::vector<float> smooth;
    Map searched = map;
    if (decoder.refinement == HeatmapRefinement::Taylor && decoder.blurSigma > 0) {
        smooth = blurred(map, decoder.blurSigma);
        searched.data = smooth.data();
    }
    const int best = static_cast<int>(std::max_element(searched.data, searched.data + map.rows * map.columns) - searched.data);
    const Offset offset = refinement(searched, best / map.columns, best % map.columns, decoder.refinement);
    const double column = best % map.columns + offset.x;
    const double row = best / map.columns + offset.y;
    if (decoder.cornerAligned)
        return {column * strideX + 0.5, row * strideY + 0.5, score};
    return {(column + 0.5) * strideX, (row + 0.5) * strideY, score};
}

} // namespace

Result<void> checkHeatmaps(const Tensor &heatmaps, int keypoints, const std::string &path)
{
    const bool good = heatmaps.shape.size() == 4 && heatmaps.shape[0] == 1 && heatmaps.shape[1] == keypoints
        && heatmaps.shape[2] > 2 && heatmaps.shape[3] > 2;
    if (good)
        return {};
    return Error(ErrorCode::WrongOutput, {{"path", path},
                                          {"name", heatmaps.name},
                                          {"expected", "the shape 1x" + std::to_string(keypoints) + "xrowsxcolumns"},
                                          {"found", shapeText(heatmaps.shape)}});
}

std::vector<RawKeypoint> decodeHeatmaps(const Tensor &heatmaps, const NetworkDecoder &decoder, int inputWidth,
                                        int inputHeight)
{
    const int rows = heatmaps.extent(2);
    const int columns = heatmaps.extent(3);
    std::vector<RawKeypoint> keypoints;
    for (int k = 0; k < heatmaps.extent(1); ++k) {
        const Map map{heatmaps.data + static_cast<std::size_t>(k) * rows * columns, rows, columns};
        keypoints.push_back(peakOf(map, decoder, double(inputWidth) / columns, double(inputHeight) / rows));
    }
    return keypoints;
}

} // namespace poselift
