#include "models/pack/personpiece.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// Moves everything of @p person from the picture into its piece.
void moveInto(const cv::Rect &piece, double scaleX, double scaleY, PackedPerson &person)
{
    const auto moved = [&](Pose2D &pose) {
        for (Keypoint2D &keypoint : pose) {
            if (!keypoint.isKnown())
                continue;
            keypoint.x = (keypoint.x - piece.x) * scaleX;
            keypoint.y = (keypoint.y - piece.y) * scaleY;
        }
    };
    moved(person.labels);
    moved(person.teacher);
    person.box = {(person.box.x - piece.x) * scaleX, (person.box.y - piece.y) * scaleY, person.box.width * scaleX,
                  person.box.height * scaleY};
}

} // namespace

Result<std::optional<double>> cutPiece(const cv::Mat &picture, const PieceOptions &options, PackedPerson &person)
{
    const Box &box = person.box;
    const int side = static_cast<int>(std::ceil(options.room * std::max(box.width, box.height)));
    const cv::Rect square(static_cast<int>(std::floor(box.centreX() - side / 2.0)),
                          static_cast<int>(std::floor(box.centreY() - side / 2.0)), side, side);
    const cv::Rect piece = square & cv::Rect(0, 0, picture.cols, picture.rows);
    if (piece.empty())
        return std::optional<double>();
    const double scale = std::min(1.0, static_cast<double>(options.largestSide) / side);
    person.width = std::max(1, static_cast<int>(std::lround(piece.width * scale)));
    person.height = std::max(1, static_cast<int>(std::lround(piece.height * scale)));
    cv::Mat small;
    cv::resize(picture(piece), small, {person.width, person.height}, 0, 0,
               scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    moveInto(piece, static_cast<double>(person.width) / piece.width, static_cast<double>(person.height) / piece.height,
             person);
    if (!cv::imencode(".jpg", small, person.jpeg, {cv::IMWRITE_JPEG_QUALITY, options.jpegQuality}))
        return Error(ErrorCode::Internal, {{"detail", "a picture could not be compressed"}});
    return std::optional(static_cast<double>(person.width) / piece.width);
}

} // namespace poselift
