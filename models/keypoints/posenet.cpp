#include "models/keypoints/posenet_torch.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace poselift {

namespace F = torch::nn::functional;

namespace {

constexpr int64_t kTile = 4;
constexpr int64_t kStages = 4;
constexpr int64_t kColours = 3;

/// In place: the normalisation before it does not need its output for the gradient.
torch::Tensor activated(torch::Tensor x)
{
    return x.relu_();
}

} // namespace

nlohmann::json toJson(const PoseNetOptions &options)
{
    return {{"outputs", options.outputs()},
            {"stride", options.stride()},
            {"widths", options.widths()},
            {"blocks", options.blocks()},
            {"neck", options.neck()}};
}

Result<PoseNetOptions> poseNetOptionsFrom(const nlohmann::json &json, const std::string &path)
{
    const auto wrong = [&](const std::string &found) {
        return Error(ErrorCode::WrongFormat, {{"path", path}, {"expected", "options of a PoseNet"}, {"found", found}});
    };
    PoseNetOptions options;
    try {
        options.outputs(json.at("outputs").get<int64_t>())
            .stride(json.at("stride").get<int64_t>())
            .widths(json.at("widths").get<std::vector<int64_t>>())
            .blocks(json.at("blocks").get<std::vector<int64_t>>())
            .neck(json.at("neck").get<int64_t>());
    } catch (const nlohmann::json::exception &broken) {
        return wrong(broken.what());
    }
    const auto between = [](int64_t low, int64_t high) {
        return [low, high](int64_t value) { return value >= low && value <= high; };
    };
    const bool possible = between(1, 4096)(options.outputs()) && between(1, 4096)(options.neck())
                          && stageOfStride(options.stride()) >= 0 && options.widths().size() == kStages
                          && options.blocks().size() == kStages
                          && std::ranges::all_of(options.widths(), between(1, 4096))
                          && std::ranges::all_of(options.blocks(), between(0, 100));
    if (!possible)
        return wrong(json.dump());
    return options;
}

int stageOfStride(int64_t stride)
{
    for (int stage = 0; stage < kStages; ++stage) {
        if (stride == kTile << stage)
            return stage;
    }
    return -1;
}

ConvNormImpl::ConvNormImpl(int64_t in, int64_t out, int64_t kernel, int64_t stride)
{
    conv = register_module(
        "conv",
        torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(false)));
    bn = register_module("bn", torch::nn::BatchNorm2d(out));
}

torch::Tensor ConvNormImpl::forward(const torch::Tensor &x)
{
    const auto &options = conv->options;
    const torch::IntArrayRef stride = *options.stride();
    const int64_t padding = conv->weight.size(2) / 2;
    if (m_fusedWeight.defined())
        return m_packed.run(x, m_fusedWeight, m_fusedBias, stride.front(), padding);
    return bn->forward(torch::conv2d(x, conv->weight.to(x.scalar_type()), {}, stride, padding));
}

void ConvNormImpl::fuse()
{
    const torch::NoGradGuard noGrad;
    const torch::Tensor scale = bn->weight / torch::sqrt(bn->running_var + bn->options.eps());
    m_fusedWeight = (conv->weight * scale.reshape({-1, 1, 1, 1})).contiguous(torch::MemoryFormat::ChannelsLast);
    m_fusedBias = bn->bias - bn->running_mean * scale;
}

ResidualBlockImpl::ResidualBlockImpl(int64_t width)
{
    first = register_module("first", ConvNorm(width, width, 3));
    second = register_module("second", ConvNorm(width, width, 3));
    // Every block starts as the identity (Goyal et al. 2017, section 5.1).
    torch::nn::init::zeros_(second->named_parameters()["bn.weight"]);
}

torch::Tensor ResidualBlockImpl::forward(const torch::Tensor &x)
{
    return activated(second->forward(activated(first->forward(x))).add_(x));
}

PoseNetImpl::PoseNetImpl(const PoseNetOptions &options) : m_options(options)
{
    const std::vector<int64_t> &widths = options.widths();
    stem = register_module("stem", ConvNorm(kColours * kTile * kTile, widths.front(), 3));
    down = register_module("down", torch::nn::ModuleList());
    stages = register_module("stages", torch::nn::ModuleList());
    laterals = register_module("laterals", torch::nn::ModuleList());
    for (std::size_t i = 0; i < widths.size(); ++i) {
        if (i > 0)
            down->push_back(ConvNorm(widths[i - 1], widths[i], 3, 2));
        torch::nn::Sequential stage;
        for (int64_t block = 0; block < options.blocks()[i]; ++block)
            stage->push_back(ResidualBlock(widths[i]));
        stages->push_back(stage);
        if (static_cast<int>(i) >= stageOfStride(options.stride()))
            laterals->push_back(ConvNorm(widths[i], options.neck(), 1));
    }
    smooth = register_module("smooth", ConvNorm(options.neck(), options.neck(), 3));
    head = register_module("head", torch::nn::Conv2d(torch::nn::Conv2dOptions(options.neck(), options.outputs(), 1)));
    const torch::NoGradGuard noGrad;
    for (auto &item : named_parameters()) {
        if (item.value().dim() == 4)
            item.value().set_data(item.value().contiguous(torch::MemoryFormat::ChannelsLast));
    }
}

torch::Tensor PoseNetImpl::forward(const torch::Tensor &pictures)
{
    torch::Tensor x =
        torch::pixel_unshuffle(pictures, kTile).to(m_computeType).contiguous(torch::MemoryFormat::ChannelsLast);
    x = activated(stem->forward(x));
    std::vector<torch::Tensor> levels;
    for (std::size_t i = 0; i < stages->size(); ++i) {
        if (i > 0)
            x = activated(down->ptr<ConvNormImpl>(i - 1)->forward(x));
        for (const std::shared_ptr<torch::nn::Module> &block :
             stages->ptr<torch::nn::SequentialImpl>(i)->modules(/*include_self=*/false)) {
            if (auto *residual = block->as<ResidualBlockImpl>())
                x = residual->forward(x);
        }
        levels.push_back(x);
    }
    const std::size_t target = levels.size() - laterals->size();
    torch::Tensor path;
    for (std::size_t i = levels.size(); i-- > target;) {
        const torch::Tensor lateral = laterals->ptr<ConvNormImpl>(i - target)->forward(levels[i]);
        path = path.defined() ? activated(lateral + torch::upsample_nearest2d(path, {lateral.size(2), lateral.size(3)}))
                              : activated(lateral);
    }
    path = activated(smooth->forward(path));
    return torch::conv2d(path, head->weight.to(path.scalar_type()), head->bias.to(path.scalar_type()))
        .to(torch::kFloat32);
}

void PoseNetImpl::fuse()
{
    for (const std::shared_ptr<torch::nn::Module> &module : modules()) {
        if (auto *layer = module->as<ConvNormImpl>())
            layer->fuse();
    }
}

} // namespace poselift
