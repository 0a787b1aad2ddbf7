#include "models/finder/findermodel_torch.h"

#include "models/finder/findertargets.h"
#include "models/lift/moduleweights_torch.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace poselift {

namespace {

constexpr const char *kKind = "person_finder";
constexpr std::int64_t kShapeMaps = 4;

} // namespace

PoseNetOptions finderNetOptions()
{
    return PoseNetOptions()
        .outputs(1 + kShapeMaps)
        .stride(kFinderStride)
        .widths({32, 48, 80, 128})
        .blocks({0, 1, 2, 2})
        .neck(48);
}

PoseNet makeFinderNet()
{
    PoseNet net(finderNetOptions());
    const torch::NoGradGuard noGrad;
    net->named_parameters()["head.bias"][0] = -std::log(99.0);
    return net;
}

FinderMaps finderMaps(PoseNetImpl &net, const torch::Tensor &pictures)
{
    const torch::Tensor maps = net.forward(pictures);
    return {maps.slice(1, 0, 1), maps.slice(1, 1, 1 + kShapeMaps)};
}

torch::Tensor finderInput(const torch::Tensor &rgb)
{
    return rgb.to(torch::kFloat32).movedim(-1, -3).div(255).sub(0.5).div(0.25);
}

nlohmann::json finderAttributes()
{
    return {{"kind", kKind}, {"network", toJson(finderNetOptions())}};
}

Result<PoseNet> finderOfWeights(const WeightsFile &weights, const std::string &path)
{
    const nlohmann::json &attributes = weights.attributes;
    if (!attributes.is_object() || attributes.value("kind", nlohmann::json()) != kKind ||
        !attributes.contains("network"))
        return Error(ErrorCode::WrongFormat, {{"path", path},
                                              {"expected", "weights of a person finder"},
                                              {"found", "something else"}});
    const Result<PoseNetOptions> options = poseNetOptionsFrom(attributes["network"], path);
    if (!options)
        return options.error();
    if (options->outputs() != 1 + kShapeMaps || options->stride() != kFinderStride)
        return Error(ErrorCode::WrongFormat, {{"path", path},
                                              {"expected", "five maps of stride 8"},
                                              {"found", attributes["network"].dump()}});
    PoseNet net(*options);
    if (Result<void> loaded = loadWeights(*net, weights, path); !loaded)
        return loaded.error();
    net->eval();
    return net;
}

} // namespace poselift
