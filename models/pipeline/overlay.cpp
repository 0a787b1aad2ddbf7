#include "models/pipeline/overlay.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace poselift {

namespace {

// Okabe and Ito (2008), "Color Universal Design", in B, G, R order; the same as the application on a
// dark ground.
const cv::Scalar kLeftBlue(233, 180, 86, 255);
const cv::Scalar kRightOrange(0, 159, 230, 255);
const cv::Scalar kMiddleGrey(200, 200, 200, 255);
const cv::Scalar kHalo(0, 0, 0, 255);

constexpr float kUnsure = 0.3F;
/// Coordinates are drawn in 1/16 px.
constexpr int kSubPixelBits = 4;

cv::Point fixedPoint(double x, double y)
{
    // OpenCV's pixel centres are at integers, ours at + 0.5. Far outside points must not overflow.
    const auto fixed = [](double v) { return static_cast<int>(std::lround(std::clamp(v - 0.5, -1e5, 1e5) * (1 << kSubPixelBits))); };
    return {fixed(x), fixed(y)};
}

bool isDrawable(const Keypoint2D &keypoint)
{
    return keypoint.isKnown() && std::isfinite(keypoint.x) && std::isfinite(keypoint.y);
}

const cv::Scalar &colourOf(BodySide side)
{
    return side == BodySide::Left ? kLeftBlue : side == BodySide::Right ? kRightOrange : kMiddleGrey;
}

/// A bone belongs to a side when one of its ends does and the other is not on the other side.
BodySide boneSide(const Skeleton &skeleton, const std::pair<int, int> &bone)
{
    const BodySide a = sideOf(skeleton.joints[static_cast<std::size_t>(bone.first)]);
    const BodySide b = sideOf(skeleton.joints[static_cast<std::size_t>(bone.second)]);
    if (a == b)
        return a;
    if (a == BodySide::Middle || b == BodySide::Middle)
        return a == BodySide::Middle ? b : a;
    return BodySide::Middle;
}

void drawLine(cv::Mat &image, const cv::Point2d &a, const cv::Point2d &b, const cv::Scalar &colour, int width)
{
    cv::line(image, fixedPoint(a.x, a.y), fixedPoint(b.x, b.y), colour, width, cv::LINE_AA, kSubPixelBits);
}

void drawDashedLine(cv::Mat &image, const cv::Point2d &a, const cv::Point2d &b, const cv::Scalar &colour, int width)
{
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    const double dash = std::max(4.0, 2.5 * width);
    // An odd number of equal parts: a dash at both ends, whatever the length.
    const int parts = 2 * static_cast<int>(std::clamp(length / (2 * dash), 0.0, 500.0)) + 1;
    for (int i = 0; i < parts; i += 2)
        drawLine(image, a + (b - a) * (double(i) / parts), a + (b - a) * (double(i + 1) / parts), colour, width);
}

/// Line width that suits a person of this size on the picture, px.
int boneWidthFor(const Pose2D &pose)
{
    double top = std::numeric_limits<double>::max();
    double bottom = std::numeric_limits<double>::lowest();
    for (const Keypoint2D &keypoint : pose) {
        if (isDrawable(keypoint)) {
            top = std::min(top, keypoint.y);
            bottom = std::max(bottom, keypoint.y);
        }
    }
    return static_cast<int>(std::clamp(std::lround((bottom - top) / 80.0), 2L, 8L));
}

void drawBones(cv::Mat &image, const PersonDrawing &person, const Skeleton &skeleton, int width)
{
    for (const std::pair<int, int> &bone : skeleton.bones) {
        const Keypoint2D &a = person.pose[static_cast<std::size_t>(bone.first)];
        const Keypoint2D &b = person.pose[static_cast<std::size_t>(bone.second)];
        if (!isDrawable(a) || !isDrawable(b))
            continue;
        const bool unsure = std::min(a.confidence, b.confidence) < kUnsure;
        const int boneWidth = unsure ? std::max(1, width / 2) : width;
        const BodySide side = boneSide(skeleton, bone);
        const cv::Point2d from(a.x, a.y);
        const cv::Point2d to(b.x, b.y);
        const auto draw = side == BodySide::Right ? drawDashedLine : drawLine;
        draw(image, from, to, kHalo, boneWidth + 2);
        draw(image, from, to, colourOf(side), boneWidth);
    }
}

void drawJoints(cv::Mat &image, const PersonDrawing &person, const Skeleton &skeleton, int boneWidth)
{
    for (std::size_t j = 0; j < person.pose.size() && j < skeleton.joints.size(); ++j) {
        const Keypoint2D &keypoint = person.pose[j];
        if (!isDrawable(keypoint))
            continue;
        const double radius = (keypoint.confidence < kUnsure ? 0.6 : 1.0) * (boneWidth + 1);
        const cv::Point centre = fixedPoint(keypoint.x, keypoint.y);
        const auto fixedRadius = [](double r) { return static_cast<int>(r * (1 << kSubPixelBits)); };
        cv::circle(image, centre, fixedRadius(radius + 1), kHalo, cv::FILLED, cv::LINE_AA, kSubPixelBits);
        cv::circle(image, centre, fixedRadius(radius), colourOf(sideOf(skeleton.joints[j])), cv::FILLED, cv::LINE_AA, kSubPixelBits);
    }
}

/// "#2" or the label, above the topmost keypoint, kept inside the picture.
void drawName(cv::Mat &image, const PersonDrawing &person, int boneWidth)
{
    const Keypoint2D *top = nullptr;
    for (const Keypoint2D &keypoint : person.pose) {
        if (isDrawable(keypoint) && (top == nullptr || keypoint.y < top->y))
            top = &keypoint;
    }
    if (top == nullptr)
        return;
    const std::string text = person.label.empty() ? "#" + std::to_string(person.id) : person.label;
    const double scale = 0.35 + 0.1 * boneWidth;
    int baseline = 0;
    const cv::Size size = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, 1, &baseline);
    const int x = std::clamp(static_cast<int>(top->x) - size.width / 2, 2, std::max(2, image.cols - size.width - 2));
    const int y = std::clamp(static_cast<int>(top->y) - 3 * boneWidth - baseline, size.height + 2, std::max(size.height + 2, image.rows - 2));
    cv::putText(image, text, {x, y}, cv::FONT_HERSHEY_SIMPLEX, scale, kHalo, 3, cv::LINE_AA);
    cv::putText(image, text, {x, y}, cv::FONT_HERSHEY_SIMPLEX, scale, kMiddleGrey, 1, cv::LINE_AA);
}

std::string labelOf(const Project &project, TrackId id)
{
    for (const KeypointTrack &track : project.tracks) {
        if (track.id == id && !track.label.empty())
            return track.label;
    }
    if (const KeypointLayer *layer = project.keypointLayer("detected")) {
        for (const KeypointTrack &track : layer->tracks) {
            if (track.id == id)
                return track.label;
        }
    }
    return {};
}

} // namespace

std::vector<PersonDrawing> peopleInFrame(const Project &project, std::int64_t frame)
{
    std::vector<PersonDrawing> people;
    for (const TrackId id : project.trackIds()) {
        PersonDrawing person{id, labelOf(project, id), project.effectivePose(id, frame)};
        if (std::any_of(person.pose.begin(), person.pose.end(), [](const Keypoint2D &k) { return k.isKnown(); }))
            people.push_back(std::move(person));
    }
    return people;
}

void drawPeople(const EditableImage &image, const std::vector<PersonDrawing> &people, const Skeleton &skeleton)
{
    cv::Mat picture(image.height, image.width, CV_8UC4, image.data, static_cast<std::size_t>(image.strideBytes));
    for (const PersonDrawing &person : people) {
        if (person.pose.size() != skeleton.joints.size())
            continue;
        const int width = boneWidthFor(person.pose);
        drawBones(picture, person, skeleton, width);
        drawJoints(picture, person, skeleton, width);
        drawName(picture, person, width);
    }
}

} // namespace poselift
