#include "models/synth/makesyntheticpack.h"

#include "models/keypoints/keypointpack.h"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <atomic>
#include <future>

namespace poselift {

namespace {

constexpr const char *kSkeleton = "person19";
constexpr int kBlock = 64; // pictures between two reports

cv::Mat toMat(const ColourPicture &picture)
{
    cv::Mat pixels(picture.height, picture.width, CV_8UC3);
    for (int y = 0; y < picture.height; ++y) {
        auto *row = pixels.ptr<cv::Vec3b>(y);
        for (int x = 0; x < picture.width; ++x) {
            const Eigen::Vector3f value = 255.0F * picture.at(x, y).array() + 0.5F;
            row[x] = {static_cast<std::uint8_t>(value.z()), static_cast<std::uint8_t>(value.y()),
                      static_cast<std::uint8_t>(value.x())};
        }
    }
    return pixels;
}

Result<PackedPerson> packed(const PersonPictures &pictures, const Backdrop &backdrop, std::uint64_t seed, int index)
{
    Random random(seed, static_cast<std::uint64_t>(index));
    Result<PersonPicture> drawn = pictures.draw(backdrop, random);
    if (!drawn)
        return drawn.error();
    PackedPerson person;
    person.source = "synthetic " + std::to_string(seed) + "/" + std::to_string(index);
    person.width = drawn->picture.width;
    person.height = drawn->picture.height;
    person.box = drawn->box;
    person.teacher.resize(drawn->joints.size());
    person.labels = std::move(drawn->joints);
    const int quality = 65 + random.below(31);
    if (!cv::imencode(".jpg", toMat(drawn->picture), person.jpeg, {cv::IMWRITE_JPEG_QUALITY, quality}))
        return Error(ErrorCode::Internal, {{"detail", "a picture could not be compressed"}});
    return person;
}

/// Draws the pictures [first, last) on several threads.
Result<void> drawBlock(const PersonPictures &pictures, const Backdrop &backdrop, const SyntheticPackOptions &options,
                       int first, int last, std::vector<PackedPerson> &people)
{
    std::vector<Result<PackedPerson>> block(static_cast<std::size_t>(last - first), Error(ErrorCode::Internal));
    std::atomic<int> next = first;
    const auto work = [&] {
        for (int i = next++; i < last; i = next++)
            block[static_cast<std::size_t>(i - first)] = packed(pictures, backdrop, options.seed, i);
    };
    std::vector<std::future<void>> helpers;
    for (int i = 1; i < options.threads; ++i)
        helpers.push_back(std::async(std::launch::async, work));
    work();
    for (std::future<void> &helper : helpers)
        helper.get();
    for (Result<PackedPerson> &person : block) {
        if (!person)
            return person.error();
        people.push_back(*std::move(person));
    }
    return {};
}

Result<void> check(const SyntheticPackOptions &options)
{
    if (options.count >= 1 && options.picture.side >= 32 && options.picture.room >= 1 && options.threads >= 1)
        return {};
    return Error(ErrorCode::BadArgument, {{"name", "--count, --side, --room, --threads"},
                                          {"expected", "at least 1, 32, 1, 1"},
                                          {"found", "something else"}});
}

Result<SyntheticPackResult> make(const SyntheticPackOptions &options, const JobContext &job)
{
    if (Result<void> checked = check(options); !checked)
        return checked.error();
    const Result<BodyMesh> mesh = readBodyMesh(options.mesh);
    if (!mesh)
        return mesh.error();
    Result<MocapData> mocap = readMocap(options.mocap, "train");
    if (!mocap)
        return mocap.error();
    Result<Backdrop> backdrop = options.backgrounds.empty()
                                    ? Result<Backdrop>(Backdrop())
                                    : Backdrop::ofLsp(options.backgrounds, options.lastBackground);
    if (!backdrop)
        return backdrop.error();
    KeypointPack pack;
    Result<Skeleton> skeleton = findSkeleton(kSkeleton);
    if (!skeleton)
        return skeleton.error();
    pack.skeleton = *std::move(skeleton);
    pack.description =
        "Pictures drawn by poselift-cli pack synthetic, seed " + std::to_string(options.seed)
        + ": MakeHuman's base mesh (CC0) in poses of the CMU motion capture database"
        + (options.backgrounds.empty()
               ? ""
               : "; backgrounds from Leeds Sports Pose extended (Johnson and Everingham, CVPR 2011), pictures 1 to "
                     + std::to_string(options.lastBackground));
    const Result<PersonPictures> pictures =
        PersonPictures::create(*mesh, *std::move(mocap), pack.skeleton, options.picture);
    if (!pictures)
        return pictures.error();
    while (static_cast<int>(pack.people.size()) < options.count) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const int first = static_cast<int>(pack.people.size());
        if (Result<void> drawn =
                drawBlock(*pictures, *backdrop, options, first, std::min(first + kBlock, options.count), pack.people);
            !drawn)
            return drawn.error();
        job.report("pack", static_cast<std::int64_t>(pack.people.size()), options.count);
    }
    if (Result<void> written = writeKeypointPack(pack, options.output); !written)
        return written.error();
    SyntheticPackResult result;
    for (const PackedPerson &person : pack.people) {
        ++result.people;
        result.bytes += static_cast<std::int64_t>(person.jpeg.size());
    }
    return result;
}

} // namespace

Result<SyntheticPackResult> makeSyntheticPack(const SyntheticPackOptions &options, const JobContext &job)
{
    try {
        return make(options, job);
    } catch (const cv::Exception &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what()}});
    }
}

} // namespace poselift
