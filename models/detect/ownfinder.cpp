#include "models/detect/ownfinder.h"

#include "models/detect/networkinput.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr double kFill = 114; // grey outside the picture

int roundedUp(double px)
{
    return kFinderInputStep * std::max(1, static_cast<int>(std::ceil(px / kFinderInputStep - 1e-9)));
}

} // namespace

Crop finderCrop(int width, int height, int longSide)
{
    const double scale = double(longSide) / std::max({width, height, 1});
    Crop crop;
    crop.inputWidth = roundedUp(width * scale);
    crop.inputHeight = roundedUp(height * scale);
    crop.source.width = crop.inputWidth / scale;
    crop.source.height = crop.inputHeight / scale;
    crop.source.x = (width - crop.source.width) / 2;
    crop.source.y = (height - crop.source.height) / 2;
    return crop;
}

OwnFinder::OwnFinder(std::unique_ptr<Finder> finder, int longSide, double threshold)
    : m_finder(std::move(finder)), m_longSide(longSide), m_threshold(threshold)
{
}

Result<std::unique_ptr<PersonFinder>> OwnFinder::load(const std::filesystem::path &weights, int longSide,
                                                      double threshold)
{
    Result<std::unique_ptr<Finder>> finder = Finder::load(weights);
    if (!finder)
        return finder.error();
    return std::unique_ptr<PersonFinder>(new OwnFinder(*std::move(finder), longSide, threshold));
}

Result<std::vector<PersonDetection>> OwnFinder::find(const ImageView &picture)
{
    if (picture.data == nullptr || picture.width < 1 || picture.height < 1)
        return Error(ErrorCode::BadArgument,
                     {{"name", "picture"},
                      {"expected", "at least one pixel"},
                      {"found", std::to_string(picture.width) + " x " + std::to_string(picture.height)}});
    const Crop crop = finderCrop(picture.width, picture.height, m_longSide);
    NetworkInput input;
    input.width = crop.inputWidth;
    input.height = crop.inputHeight;
    input.resize = ResizeMode::Letterbox;
    input.fill = kFill;
    m_rgb.resize(std::size_t(3) * crop.inputWidth * crop.inputHeight);
    try {
        cv::Mat bgr;
        fillInputPicture(picture, crop, input, bgr);
        cv::cvtColor(bgr, cv::Mat(crop.inputHeight, crop.inputWidth, CV_8UC3, m_rgb.data()), cv::COLOR_BGR2RGB);
    } catch (const cv::Exception &exception) {
        return Error(ErrorCode::Internal, {{"detail", exception.err}});
    }
    const Result<std::vector<FoundBox>> found = m_finder->find(m_rgb, crop.inputWidth, crop.inputHeight, m_threshold);
    if (!found)
        return found.error();
    std::vector<PersonDetection> people;
    for (const FoundBox &person : *found) {
        const Box &box = person.box;
        people.push_back(
            {{crop.pictureX(box.x), crop.pictureY(box.y), box.width * crop.scaleX(), box.height * crop.scaleY()},
             person.score,
             {}});
    }
    return people;
}

} // namespace poselift
