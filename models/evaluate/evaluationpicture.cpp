#include "models/evaluate/evaluationpicture.h"

#include "core/media/framesource.h"
#include "core/pose/posebox.h"
#include "models/keypoints/torsosize.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace poselift {

namespace {

cv::Mat matOf(const VideoFrame &frame)
{
    return cv::Mat(frame.height, frame.width, CV_8UC4, const_cast<std::uint8_t *>(frame.pixels->data()),
                   static_cast<std::size_t>(frame.strideBytes));
}

VideoFrame frameOf(const cv::Mat &mat)
{
    VideoFrame frame;
    frame.width = mat.cols;
    frame.height = mat.rows;
    frame.strideBytes = 4 * mat.cols;
    auto pixels = std::make_shared<std::vector<std::uint8_t>>(std::size_t(4) * mat.total());
    mat.copyTo(cv::Mat(mat.rows, mat.cols, CV_8UC4, pixels->data()));
    frame.pixels = std::move(pixels);
    return frame;
}

/// Turned about the person's centre in a picture large enough to hold what was there.
EvaluationPicture turned(const EvaluationPicture &picture, double degrees)
{
    const double angle = degrees * std::numbers::pi / 180;
    const double c = std::cos(angle), s = std::sin(angle);
    const int side = static_cast<int>(std::ceil(std::hypot(picture.frame.width, picture.frame.height)));
    const double px = picture.box.centreX(), py = picture.box.centreY(), middle = side / 2.0;
    // Continuous coordinates; warpAffine counts pixel centres by integers.
    const cv::Matx23d turn(c, -s, middle - c * px + s * py, s, c, middle - s * px - c * py);
    const cv::Matx23d inPixels(c, -s, turn(0, 2) + 0.5 * (c - s) - 0.5, s, c, turn(1, 2) + 0.5 * (s + c) - 0.5);
    cv::Mat result;
    cv::warpAffine(matOf(picture.frame), result, inPixels, cv::Size(side, side), cv::INTER_LINEAR,
                   cv::BORDER_REPLICATE);
    EvaluationPicture made = picture;
    made.frame = frameOf(result);
    for (Keypoint2D &keypoint : made.truth) {
        const double x = keypoint.x, y = keypoint.y;
        keypoint.x = turn(0, 0) * x + turn(0, 1) * y + turn(0, 2);
        keypoint.y = turn(1, 0) * x + turn(1, 1) * y + turn(1, 2);
    }
    made.box = boxOfPose(made.truth, 0.0F).value_or(picture.box);
    return made;
}

EvaluationPicture shrunk(const EvaluationPicture &picture, double scale)
{
    const int width = std::max(1, static_cast<int>(std::lround(picture.frame.width * scale)));
    const int height = std::max(1, static_cast<int>(std::lround(picture.frame.height * scale)));
    cv::Mat result;
    cv::resize(matOf(picture.frame), result, cv::Size(width, height), 0, 0, cv::INTER_AREA);
    const double sx = double(width) / picture.frame.width, sy = double(height) / picture.frame.height;
    EvaluationPicture made = picture;
    made.frame = frameOf(result);
    for (Keypoint2D &keypoint : made.truth) {
        keypoint.x *= sx;
        keypoint.y *= sy;
    }
    made.box = {picture.box.x * sx, picture.box.y * sy, picture.box.width * sx, picture.box.height * sy};
    made.torso *= (sx + sy) / 2;
    return made;
}

EvaluationPicture cutOff(const EvaluationPicture &picture, double share)
{
    const double keep = picture.box.y + (1 - share) * picture.box.height;
    const int rows = std::clamp(static_cast<int>(std::lround(keep)), 1, picture.frame.height);
    EvaluationPicture made = picture;
    made.frame = frameOf(matOf(picture.frame).rowRange(0, rows));
    for (Keypoint2D &keypoint : made.truth)
        if (keypoint.y >= rows)
            keypoint = {};
    made.box.height = std::max(1.0, rows - made.box.y);
    return made;
}

} // namespace

Result<std::optional<EvaluationPicture>> readEvaluationPicture(const AnnotatedPicture &annotated,
                                                               const AnnotatedPerson &person, const Skeleton &skeleton)
{
    const std::optional<double> torso = torsoSize(person.pose, skeleton);
    const std::optional<Box> box = boxOfPose(person.pose, 0.0F);
    if (!torso || *torso < 1 || !box)
        return std::optional<EvaluationPicture>();
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(annotated.path);
    if (!source)
        return source.error();
    Result<VideoFrame> frame = (*source)->firstFrame();
    if (!frame)
        return frame.error();
    return std::optional<EvaluationPicture>({*std::move(frame), person.pose, *box, *torso});
}

EvaluationPicture withEffect(const EvaluationPicture &picture, const PictureEffect &effect)
{
    EvaluationPicture made = picture;
    if (effect.rotationDegrees != 0)
        made = turned(made, effect.rotationDegrees);
    if (effect.scale != 1)
        made = shrunk(made, effect.scale);
    return effect.cut > 0 ? cutOff(made, effect.cut) : made;
}

} // namespace poselift
