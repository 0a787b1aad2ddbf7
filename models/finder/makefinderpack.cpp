#include "models/finder/makefinderpack.h"

#include "core/io/lspfile.h"
#include "core/media/framesource.h"
#include "core/pose/posebox.h"
#include "models/detect/boxnetwork.h"
#include "models/detect/choosedetector.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

// Joints end at wrists, ankles and the head's top; the body goes on.
constexpr double kBodyBeyondJoints = 1.15;
// A teacher's box of which this share lies on the annotated person is that person, or a part of it.
constexpr double kSamePersonShare = 0.5;

/// The picture shrunk to @p scale, R, G, B.
FinderPicture shrunk(const VideoFrame &frame, double scale)
{
    const ImageView view = frame.view();
    const cv::Mat whole(view.height, view.width, CV_8UC4, const_cast<std::uint8_t *>(view.data),
                        static_cast<std::size_t>(view.strideBytes));
    FinderPicture picture;
    picture.width = std::max(1, static_cast<int>(std::lround(view.width * scale)));
    picture.height = std::max(1, static_cast<int>(std::lround(view.height * scale)));
    cv::Mat small;
    cv::resize(whole, small, cv::Size(picture.width, picture.height), 0, 0, cv::INTER_AREA);
    picture.rgb.resize(std::size_t(3) * static_cast<std::size_t>(picture.width) *
                       static_cast<std::size_t>(picture.height));
    cv::Mat rgb(picture.height, picture.width, CV_8UC3, picture.rgb.data());
    cv::cvtColor(small, rgb, cv::COLOR_BGRA2RGB);
    return picture;
}

Box scaled(const Box &box, double scale)
{
    return {box.x * scale, box.y * scale, box.width * scale, box.height * scale};
}

/// Share of @p box that lies on @p person.
double shareOn(const Box &box, const Box &person)
{
    const double width =
        std::min(box.x + box.width, person.x + person.width) - std::max(box.x, person.x);
    const double height =
        std::min(box.y + box.height, person.y + person.height) - std::max(box.y, person.y);
    return width <= 0 || height <= 0 ? 0.0 : width * height / std::max(box.area(), 1e-6);
}

/// The annotated person, then those of @p found that are somebody else.
std::vector<MarkedBox> everybody(const AnnotatedPicture &annotated,
                                 const std::vector<PersonDetection> &found, double certainScore)
{
    std::vector<MarkedBox> people;
    for (const AnnotatedPerson &person : annotated.people)
        people.push_back({grown(person.box, kBodyBeyondJoints), true});
    const std::size_t marked = people.size();
    for (const PersonDetection &other : found) {
        const auto isOther = [&](const MarkedBox &person) {
            return shareOn(other.box, person.box) <= kSamePersonShare;
        };
        const bool known = !std::all_of(
            people.begin(), people.begin() + static_cast<std::ptrdiff_t>(marked), isOther);
        if (!known)
            people.push_back({other.box, other.score >= certainScore});
    }
    return people;
}

Result<std::unique_ptr<BoxNetwork>> loadTeacher(const FinderPackOptions &options)
{
    Result<DetectorManifest> manifest = chooseDetector("boxes", options.teacher);
    if (!manifest)
        return manifest.error();
    manifest->decoder.scoreThreshold = options.doubtfulScore;
    return BoxNetwork::load(*manifest);
}

Result<FinderPicture> packed(const AnnotatedPicture &annotated, BoxNetwork &teacher,
                             const FinderPackOptions &options)
{
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(annotated.path);
    if (!source)
        return source.error();
    const Result<VideoFrame> frame = (*source)->firstFrame();
    if (!frame)
        return frame.error();
    const Result<std::vector<PersonDetection>> found = teacher.find(frame->view());
    if (!found)
        return found.error();
    const double scale =
        std::min(1.0, double(options.longSide) / std::max(frame->width, frame->height));
    FinderPicture picture = shrunk(*frame, scale);
    for (const MarkedBox &person : everybody(annotated, *found, options.certainScore))
        picture.people.push_back({scaled(person.box, scale), person.certain});
    return picture;
}

} // namespace

Result<FinderPack> makeFinderPack(const FinderPackOptions &options, const JobContext &job)
{
    const Result<AnnotatedPictures> annotated =
        readLspExtended(options.lsp, options.firstPicture, options.lastPicture);
    if (!annotated)
        return annotated.error();
    Result<std::unique_ptr<BoxNetwork>> teacher = loadTeacher(options);
    if (!teacher)
        return teacher.error();
    FinderPack pack;
    pack.source = "LSP-extended pictures " + std::to_string(options.firstPicture) + " to " +
                  std::to_string(options.lastPicture) + "; other people marked by " +
                  (*teacher)->manifest().name;
    const auto total = static_cast<std::int64_t>(annotated->pictures.size());
    for (const AnnotatedPicture &picture : annotated->pictures) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        Result<FinderPicture> made = packed(picture, **teacher, options);
        if (!made)
            return made.error();
        pack.pictures.push_back(*std::move(made));
        job.report("pack", static_cast<std::int64_t>(pack.pictures.size()), total);
    }
    return pack;
}

} // namespace poselift
