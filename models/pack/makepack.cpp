#include "models/pack/makepack.h"

#include "core/io/lspfile.h"
#include "models/detect/choosedetector.h"
#include "models/detect/keypointnetwork.h"
#include "models/keypoints/keypointbox.h"
#include "models/keypoints/keypointpack.h"
#include "models/keypoints/keypointsbyname.h"
#include "models/pack/backgroundpieces.h"
#include "models/pack/personpiece.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <limits>
#include <optional>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr const char *kSkeleton = "person19";

class Packer
{
public:
    static Result<Packer> create(const PackOptions &options);
    Result<PackResult> pack(const JobContext &job);

private:
    struct Picture
    {
        fs::path path;
        Pose2D joints; ///< of m_labelSkeleton
        PackSplit split;
    };

    explicit Packer(PackOptions options) : m_options(std::move(options)) {}
    Result<void> readPictures(int first, int last, PackSplit split);
    Result<std::optional<PackedPerson>> personOf(const Picture &picture);
    Result<Pose2D> askTeacher(const cv::Mat &picture, const Box &box);
    Result<int> addBackgrounds(const JobContext &job);

    PackOptions m_options;
    Skeleton m_labelSkeleton;
    std::vector<Picture> m_pictures;
    std::unique_ptr<KeypointNetwork> m_teacher;
    KeypointPack m_pack;
};

Result<Packer> Packer::create(const PackOptions &options)
{
    if (options.room < 1 || options.largestSide < 32 || options.jpegQuality < 1 || options.jpegQuality > 100)
        return Error(ErrorCode::BadArgument, {{"name", "--room, --side, --quality"},
                                              {"expected", "at least 1, at least 32, 1 to 100"},
                                              {"found", "something else"}});
    Packer packer(options);
    constexpr int kLast = std::numeric_limits<int>::max();
    for (Result<void> read : {packer.readPictures(1, options.firstValidation - 1, PackSplit::Train),
                              packer.readPictures(options.firstValidation, kLast, PackSplit::Validation)}) {
        if (!read)
            return read.error();
    }
    if (packer.m_pictures.empty())
        return Error(ErrorCode::NoFrames, {{"path", (options.lspExtended / "images").string()}});
    if (options.limit > 0)
        packer.m_pictures.resize(std::min(packer.m_pictures.size(), static_cast<std::size_t>(options.limit)));
    Result<Skeleton> packed = findSkeleton(kSkeleton);
    if (!packed)
        return packed.error();
    packer.m_pack.skeleton = *std::move(packed);
    packer.m_pack.description =
        "Leeds Sports Pose extended training set (Johnson and Everingham, CVPR 2011), pictures before "
        + std::to_string(options.firstValidation) + " to train on";
    if (!options.teacher.empty()) {
        const Result<DetectorManifest> manifest = chooseDetector("keypoints", options.teacher);
        if (!manifest)
            return manifest.error();
        Result<std::unique_ptr<KeypointNetwork>> teacher = KeypointNetwork::load(*manifest);
        if (!teacher)
            return teacher.error();
        packer.m_teacher = *std::move(teacher);
        packer.m_pack.description += "; teacher " + manifest->common.title + ", " + manifest->common.licence;
    }
    return packer;
}

Result<void> Packer::readPictures(int first, int last, PackSplit split)
{
    Result<AnnotatedPictures> annotated = readLspExtended(m_options.lspExtended, first, last);
    if (!annotated)
        return annotated.error();
    m_labelSkeleton = std::move(annotated->skeleton);
    for (AnnotatedPicture &picture : annotated->pictures)
        m_pictures.push_back({std::move(picture.path), std::move(picture.people.front().pose), split});
    return {};
}

Result<Pose2D> Packer::askTeacher(const cv::Mat &picture, const Box &box)
{
    if (m_teacher == nullptr)
        return Pose2D(m_pack.skeleton.joints.size());
    cv::Mat pixels;
    cv::cvtColor(picture, pixels, cv::COLOR_BGR2BGRA);
    const ImageView view{pixels.data, pixels.cols, pixels.rows, static_cast<int>(pixels.step)};
    const Result<Pose2D> pose = m_teacher->estimate(view, m_teacher->cropAround(box));
    if (!pose)
        return pose.error();
    return keypointsByName(*pose, m_teacher->skeleton(), m_pack.skeleton);
}

/// Nothing for a picture where fewer than two joints are labelled, or all in one place.
Result<std::optional<PackedPerson>> Packer::personOf(const Picture &picture)
{
    const std::optional<Box> box = boxOfKeypoints(picture.joints, 2);
    if (!box || std::max(box->width, box->height) < 1)
        return std::optional<PackedPerson>();
    const cv::Mat pixels = cv::imread(picture.path.string(), cv::IMREAD_COLOR);
    if (pixels.empty())
        return Error(ErrorCode::DecodeFailed,
                     {{"path", picture.path.string()}, {"frame", "0"}, {"detail", "it is not a picture"}});
    PackedPerson person;
    person.source = picture.path.filename().string();
    person.split = picture.split;
    person.box = *box;
    person.labels = keypointsByName(picture.joints, m_labelSkeleton, m_pack.skeleton);
    Result<Pose2D> teacher = askTeacher(pixels, *box);
    if (!teacher)
        return teacher.error();
    person.teacher = *std::move(teacher);

    const Result<std::optional<double>> cut =
        cutPiece(pixels, {m_options.room, m_options.largestSide, m_options.jpegQuality}, person);
    if (!cut)
        return cut.error();
    if (!cut->has_value())
        return std::optional<PackedPerson>();
    return std::optional(std::move(person));
}

/// From pictures to train on only.
Result<int> Packer::addBackgrounds(const JobContext &job)
{
    std::vector<MarkedPicture> pictures;
    for (const Picture &picture : m_pictures) {
        const std::optional<Box> box = boxOfKeypoints(picture.joints, 2);
        if (box && picture.split == PackSplit::Train)
            pictures.push_back({picture.path, {*box}});
    }
    Result<std::vector<PackedPerson>> pieces = findBackgroundPieces(
        pictures, {m_options.backgrounds, m_options.largestSide, m_options.jpegQuality, m_pack.skeleton.jointCount()},
        job);
    if (!pieces)
        return pieces.error();
    std::ranges::move(*pieces, std::back_inserter(m_pack.people));
    return static_cast<int>(pieces->size());
}

Result<PackResult> Packer::pack(const JobContext &job)
{
    PackResult result;
    for (std::size_t i = 0; i < m_pictures.size(); ++i) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        Result<std::optional<PackedPerson>> person = personOf(m_pictures[i]);
        if (!person)
            return person.error();
        if (person->has_value()) {
            ++((**person).split == PackSplit::Train ? result.train : result.validation);
            result.bytes += static_cast<std::int64_t>((**person).jpeg.size());
            m_pack.people.push_back(std::move(**person));
        }
        job.report("pack", static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(m_pictures.size()));
    }
    const Result<int> backgrounds = addBackgrounds(job);
    if (!backgrounds)
        return backgrounds.error();
    result.backgrounds = *backgrounds;
    const Result<void> written = writeKeypointPack(m_pack, m_options.output);
    return written ? Result<PackResult>(result) : Result<PackResult>(written.error());
}

} // namespace

Result<PackResult> makeKeypointPack(const PackOptions &options, const JobContext &job)
{
    try {
        Result<Packer> packer = Packer::create(options);
        return packer ? packer->pack(job) : Result<PackResult>(packer.error());
    } catch (const cv::Exception &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what()}});
    }
}

} // namespace poselift
