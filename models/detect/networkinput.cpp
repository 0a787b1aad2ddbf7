#include "models/detect/networkinput.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// Part of the picture that the crop needs, shrunk by about a whole factor.
struct Source
{
    cv::Mat pixels;
    double x = 0.0; ///< px of the picture: left of the part
    double y = 0.0;
    double factorX = 1.0; ///< picture pixels a pixel of the part
    double factorY = 1.0;
};

/// Pixels [first, first + count) of an axis that the crop touches, with some to interpolate.
std::pair<int, int> touchedRange(double begin, double end, int size, int factor)
{
    const int first = std::clamp(static_cast<int>(std::floor(begin)) - factor, 0, size - 1);
    const int last = std::clamp(static_cast<int>(std::ceil(end)) + factor, first + 1, size);
    return {first, last - first};
}

Source shrunkSource(const cv::Mat &picture, const Crop &crop)
{
    const int wholeX = std::clamp(static_cast<int>(std::lround(crop.scaleX())), 1, picture.cols);
    const int wholeY = std::clamp(static_cast<int>(std::lround(crop.scaleY())), 1, picture.rows);
    const Box &box = crop.source;
    const auto [left, width] = touchedRange(box.x, box.x + box.width, picture.cols, wholeX);
    const auto [top, height] = touchedRange(box.y, box.y + box.height, picture.rows, wholeY);
    Source source;
    source.x = left;
    source.y = top;
    source.pixels = picture(cv::Rect(left, top, width, height));
    if (wholeX == 1 && wholeY == 1)
        return source;
    // Rounded up, so that nothing is lost at the picture's border; the factors follow.
    const cv::Size size((width + wholeX - 1) / wholeX, (height + wholeY - 1) / wholeY);
    source.factorX = double(width) / size.width;
    source.factorY = double(height) / size.height;
    cv::Mat shrunk;
    cv::resize(source.pixels, shrunk, size, 0, 0, cv::INTER_AREA);
    source.pixels = shrunk;
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
