#include "models/pack/backgroundpieces.h"

#include "models/detect/personfreestrip.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

PackedPerson packed(const cv::Mat &piece, const std::string &source, const BackgroundOptions &options)
{
    const double scale = std::min(1.0, static_cast<double>(options.largestSide) / std::max(piece.cols, piece.rows));
    PackedPerson person;
    person.source = source;
    person.width = std::max(1, static_cast<int>(std::lround(piece.cols * scale)));
    person.height = std::max(1, static_cast<int>(std::lround(piece.rows * scale)));
    person.box = {0, 0, double(person.width), double(person.height)};
    person.labels.resize(static_cast<std::size_t>(options.joints));
    person.teacher.resize(static_cast<std::size_t>(options.joints));
    cv::Mat small;
    cv::resize(piece, small, {person.width, person.height}, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    cv::imencode(".jpg", small, person.jpeg, {cv::IMWRITE_JPEG_QUALITY, options.jpegQuality});
    return person;
}

Result<std::vector<PackedPerson>> piecesOf(const MarkedPicture &marked, const BackgroundOptions &options,
                                           BoxNetwork &boxes)
{
    const cv::Mat pixels = cv::imread(marked.path.string(), cv::IMREAD_COLOR);
    if (pixels.empty())
        return Error(ErrorCode::DecodeFailed,
                     {{"path", marked.path.string()}, {"frame", "0"}, {"detail", "it is not a picture"}});
    cv::Mat bgrx;
    cv::cvtColor(pixels, bgrx, cv::COLOR_BGR2BGRA);
    const ImageView view{bgrx.data, bgrx.cols, bgrx.rows, static_cast<int>(bgrx.step)};
    const Result<std::vector<Box>> strips = findPersonFreeStrips(view, marked.people, boxes);
    if (!strips)
        return strips.error();
    std::vector<PackedPerson> pieces;
    for (const Box &box : *strips) {
        const cv::Rect whole(static_cast<int>(std::ceil(box.x)), static_cast<int>(std::ceil(box.y)),
                             static_cast<int>(std::floor(box.width)), static_cast<int>(std::floor(box.height)));
        const cv::Rect inside = whole & cv::Rect(0, 0, pixels.cols, pixels.rows);
        pieces.push_back(packed(pixels(inside), marked.path.filename().string() + ", beside", options));
    }
    return pieces;
}

} // namespace

Result<std::vector<PackedPerson>> findBackgroundPieces(std::span<const MarkedPicture> pictures,
                                                       const BackgroundOptions &options, const JobContext &job)
{
    std::vector<PackedPerson> pieces;
    if (options.count <= 0)
        return pieces;
    const Result<std::unique_ptr<BoxNetwork>> boxes = loadWaryBoxNetwork();
    if (!boxes)
        return boxes.error();
    for (const MarkedPicture &picture : pictures) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        if (static_cast<int>(pieces.size()) >= options.count)
            break;
        Result<std::vector<PackedPerson>> found = piecesOf(picture, options, **boxes);
        if (!found)
            return found.error();
        std::ranges::move(*found, std::back_inserter(pieces));
        job.report("backgrounds", static_cast<std::int64_t>(pieces.size()), options.count);
    }
    return pieces;
}

} // namespace poselift
