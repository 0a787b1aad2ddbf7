#include "models/keypoints/personkeypoints.h"

#include "models/keypoints/keypointweights_torch.h"
#include "models/keypoints/mapdecode.h"
#include "models/keypoints/pixels.h"
#include "models/lift/moduleweights_torch.h"
#include "models/lift/torchthreads.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

/// Keypoints below this are noise: they are Missing.
constexpr float kSmallestConfidence = 0.02F;

PixelView pixelsOf(const ImageView &picture)
{
    return {picture.data, picture.width, picture.height, picture.strideBytes, 4, {2, 1, 0}};
}

Affine sourceFromInput(const Crop &crop)
{
    return {crop.scaleX(), 0, crop.source.x, 0, crop.scaleY(), crop.source.y};
}

bool isUsable(const Crop &crop)
{
    return std::isfinite(crop.source.x) && std::isfinite(crop.source.y) && crop.source.width > 0
           && crop.source.height > 0 && std::isfinite(crop.source.width) && std::isfinite(crop.source.height);
}

} // namespace

struct PersonKeypoints::Private
{
    PoseNet network{nullptr};
    KeypointWeights weights;
    std::vector<int> mirroredJoint;
    PersonKeypointOptions options;

    torch::Tensor inputOf(const ImageView &picture, std::span<const Crop> crops) const;
    torch::Tensor mapsOf(const torch::Tensor &input);
    Pose2D poseOf(std::span<const float> maps, const Crop &crop) const;
};

torch::Tensor PersonKeypoints::Private::inputOf(const ImageView &picture, std::span<const Crop> crops) const
{
    const int size = weights.inputSize;
    torch::Tensor input = torch::empty({static_cast<int64_t>(crops.size()), 3, size, size});
    for (std::size_t i = 0; i < crops.size(); ++i) {
        const Affine affine = sourceFromInput(crops[i]);
        const int reduction = std::max(1, static_cast<int>(std::lround(affine.scale())));
        warpPicture(pixelsOf(picture), affine, {}, size, size, reduction,
                    input[static_cast<int64_t>(i)].data_ptr<float>());
    }
    return input;
}

torch::Tensor PersonKeypoints::Private::mapsOf(const torch::Tensor &input)
{
    torch::Tensor maps = network->forward(input).contiguous();
    if (!options.flipAveraging)
        return maps;
    const torch::Tensor mirrored = network->forward(input.flip({3})).contiguous();
    const auto values = static_cast<std::size_t>(maps.numel() / maps.size(0));
    for (int64_t i = 0; i < maps.size(0); ++i) {
        averageWithMirrored({maps[i].data_ptr<float>(), values}, {mirrored[i].data_ptr<float>(), values}, mirroredJoint,
                            static_cast<int>(maps.size(2)), static_cast<int>(maps.size(3)));
    }
    return maps;
}

Pose2D PersonKeypoints::Private::poseOf(std::span<const float> maps, const Crop &crop) const
{
    const int stride = static_cast<int>(weights.network.stride());
    const int cells = weights.inputSize / stride;
    Pose2D pose;
    for (const MapPeak &peak : decodeMaps(maps, weights.skeleton.jointCount(), cells, cells, stride)) {
        Keypoint2D keypoint;
        keypoint.x = crop.pictureX(peak.u);
        keypoint.y = crop.pictureY(peak.v);
        keypoint.confidence = weights.calibration(peak.mass);
        keypoint.state = keypoint.confidence >= kSmallestConfidence ? KeypointState::Visible : KeypointState::Missing;
        pose.push_back(keypoint);
    }
    return pose;
}

PersonKeypoints::PersonKeypoints(std::unique_ptr<Private> data) : d(std::move(data)) {}

PersonKeypoints::~PersonKeypoints() = default;

Result<std::unique_ptr<PersonKeypoints>> PersonKeypoints::load(const std::filesystem::path &path,
                                                               const PersonKeypointOptions &options)
{
    Result<KeypointWeights> weights = readKeypointWeights(path);
    if (!weights)
        return weights.error();
    auto data = std::make_unique<Private>();
    data->weights = *std::move(weights);
    data->options = options;
    for (int joint = 0; joint < data->weights.skeleton.jointCount(); ++joint)
        data->mirroredJoint.push_back(data->weights.skeleton.mirrored(joint));
    setTorchThreads(options.threads);
    try {
        data->network = PoseNet(data->weights.network);
        if (Result<void> loaded = loadWeights(*data->network, data->weights.file, path.string()); !loaded)
            return loaded.error();
        data->network->eval();
        data->network->fuse();
    } catch (const c10::Error &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what_without_backtrace()}});
    }
    data->weights.file = {}; // the network has them now
    return std::unique_ptr<PersonKeypoints>(new PersonKeypoints(std::move(data)));
}

const Skeleton &PersonKeypoints::skeleton() const
{
    return d->weights.skeleton;
}

Crop PersonKeypoints::cropAround(const Box &person) const
{
    const double side = std::max({person.width, person.height, 1e-3}) * d->weights.padding;
    return {{person.centreX() - side / 2, person.centreY() - side / 2, side, side},
            d->weights.inputSize,
            d->weights.inputSize};
}

Result<std::vector<Pose2D>> PersonKeypoints::estimate(const ImageView &picture, std::span<const Crop> crops)
{
    if (picture.data == nullptr || picture.width < 1 || picture.height < 1)
        return Error(ErrorCode::BadArgument,
                     {{"name", "picture"}, {"expected", "at least one pixel"}, {"found", "none"}});
    for (const Crop &crop : crops) {
        if (!isUsable(crop) || crop.inputWidth != d->weights.inputSize || crop.inputHeight != d->weights.inputSize)
            return Error(ErrorCode::BadArgument,
                         {{"name", "crop"}, {"expected", "a crop made by cropAround()"}, {"found", "another one"}});
    }
    std::vector<Pose2D> poses;
    if (crops.empty())
        return poses;
    try {
        const torch::InferenceMode inference;
        const torch::Tensor maps = d->mapsOf(d->inputOf(picture, crops));
        const auto values = static_cast<std::size_t>(maps.numel()) / crops.size();
        for (std::size_t i = 0; i < crops.size(); ++i)
            poses.push_back(d->poseOf({maps.data_ptr<float>() + i * values, values}, crops[i]));
    } catch (const c10::Error &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what_without_backtrace()}});
    }
    return poses;
}

} // namespace poselift
