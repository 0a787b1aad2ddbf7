#include "models/detect/networkinput.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// Part of the picture that the crop needs, shrunk by a whole factor.
struct Source
{
    cv::Mat pixels;
    double x = 0.0; ///< px of the picture: left of the part
    double y = 0.0;
    int factorX = 1;
    int factorY = 1;
};

/// Pixels [first, first + count) of an axis that the crop touches; count is a multiple of factor.
std::pair<int, int> touchedRange(double begin, double end, int size, int factor)
{
    const int first = std::clamp(static_cast<int>(std::floor(begin)) - factor, 0, size - 1);
    const int last = std::clamp(static_cast<int>(std::ceil(end)) + factor, first + 1, size);
    const int count = (last - first) / factor * factor;
    return {first, std::max(count, 1)};
}

Source shrunkSource(const cv::Mat &picture, const Crop &crop)
{
    Source source;
    source.factorX = std::clamp(static_cast<int>(std::lround(crop.scaleX())), 1, picture.cols);
    source.factorY = std::clamp(static_cast<int>(std::lround(crop.scaleY())), 1, picture.rows);
    const Box &box = crop.source;
    const auto [left, width] = touchedRange(box.x, box.x + box.width, picture.cols, source.factorX);
    const auto [top, height] = touchedRange(box.y, box.y + box.height, picture.rows, source.factorY);
    source.x = left;
    source.y = top;
    const cv::Mat part = picture(cv::Rect(left, top, width, height));
    if (source.factorX == 1 && source.factorY == 1) {
        source.pixels = part;
        return source;
    }
    const cv::Size size(std::max(width / source.factorX, 1), std::max(height / source.factorY, 1));
    cv::resize(part, source.pixels, size, 0, 0, cv::INTER_AREA);
    return source;
}

} // namespace

void fillInputPicture(const ImageView &picture, const Crop &crop, const NetworkInput &input, cv::Mat &bgr)
{
    const cv::Mat whole(picture.height, picture.width, CV_8UC4, const_cast<std::uint8_t *>(picture.data),
                        static_cast<std::size_t>(picture.strideBytes));
    cv::Mat resampled;
    if (input.resize == ResizeMode::Stretch) {
        cv::resize(whole, resampled, cv::Size(input.width, input.height), 0, 0, cv::INTER_AREA);
    } else {
        const Source source = shrunkSource(whole, crop);
        // Input pixel i (centre i + 0.5) → picture → shrunk part, whose pixel centres are + 0.5 too.
        const double scaleX = crop.scaleX() / source.factorX;
        const double scaleY = crop.scaleY() / source.factorY;
        const double shiftX = (crop.source.x - source.x) / source.factorX + 0.5 * scaleX - 0.5;
        const double shiftY = (crop.source.y - source.y) / source.factorY + 0.5 * scaleY - 0.5;
        const cv::Matx23d sourceFromInput(scaleX, 0, shiftX, 0, scaleY, shiftY);
        cv::warpAffine(source.pixels, resampled, sourceFromInput, cv::Size(input.width, input.height),
                       cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, cv::Scalar::all(input.fill));
    }
    cv::cvtColor(resampled, bgr, cv::COLOR_BGRA2BGR);
}

void fillBlob(const ImageView &picture, const Crop &crop, const NetworkInput &input, cv::Mat &blob)
{
    cv::Mat bgr;
    fillInputPicture(picture, crop, input, bgr);
    const int shape[] = {1, 3, input.height, input.width};
    blob.create(4, shape, CV_32F);
    for (int channel = 0; channel < 3; ++channel) {
        const int from = input.rgb ? 2 - channel : channel;
        const double factor = input.scale / input.std[channel];
        const double shift = -input.mean[channel] / input.std[channel];
        cv::Mat plane(input.height, input.width, CV_32F, blob.ptr<float>(0, channel));
        cv::Mat extracted;
        cv::extractChannel(bgr, extracted, from);
        extracted.convertTo(plane, CV_32F, factor, shift);
    }
}

} // namespace poselift
