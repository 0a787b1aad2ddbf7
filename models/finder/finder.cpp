#include "models/finder/finder.h"

#include "models/finder/findermodel_torch.h"
#include "models/finder/findertargets.h"

namespace poselift {

namespace fs = std::filesystem;

namespace {

// Two people's boxes may overlap a good deal; the keypoints tell duplicates.
constexpr double kMaximumIou = 0.6;

} // namespace

struct Finder::Private
{
    PoseNet net;
    std::string path;
};

Finder::Finder(std::unique_ptr<Private> priv) : d(std::move(priv)) {}

Finder::~Finder() = default;

Result<std::unique_ptr<Finder>> Finder::load(const fs::path &path)
{
    const Result<WeightsFile> weights = readWeights(path);
    if (!weights)
        return weights.error();
    try {
        Result<PoseNet> net = finderOfWeights(*weights, path.string());
        if (!net)
            return net.error();
        (*net)->fuse();
        return std::unique_ptr<Finder>(
            new Finder(std::make_unique<Private>(Private{*net, path.string()})));
    } catch (const c10::Error &error) {
        return Error(ErrorCode::NetworkNotReadable,
                     {{"path", path.string()}, {"detail", error.what_without_backtrace()}});
    }
}

Result<std::vector<FoundBox>> Finder::find(std::span<const std::uint8_t> rgb, int width, int height,
                                           double threshold)
{
    try {
        const torch::InferenceMode inference;
        const torch::Tensor bytes = torch::from_blob(const_cast<std::uint8_t *>(rgb.data()),
                                                     {1, height, width, 3}, torch::kUInt8);
        const FinderMaps maps = finderMaps(*d->net, finderInput(bytes));
        const torch::Tensor centre = maps.centre.contiguous(), shape = maps.shape.contiguous();
        const auto cells = static_cast<std::size_t>(centre.numel());
        return decodeFinder({centre.data_ptr<float>(), cells}, {shape.data_ptr<float>(), 4 * cells},
                            height / kFinderStride, width / kFinderStride, threshold, kMaximumIou);
    } catch (const c10::Error &error) {
        return Error(ErrorCode::InferenceFailed,
                     {{"path", d->path}, {"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
