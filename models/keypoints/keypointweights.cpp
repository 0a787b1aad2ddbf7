#include "models/keypoints/keypointweights_torch.h"

namespace poselift {

namespace {

constexpr const char *kKind = "posenet-keypoints";

Error wrongFormat(const std::filesystem::path &path, std::string expected, std::string found)
{
    return Error(ErrorCode::WrongFormat,
                 {{"path", path.string()}, {"expected", std::move(expected)}, {"found", std::move(found)}});
}

} // namespace

Result<KeypointWeights> readKeypointWeights(const std::filesystem::path &path)
{
    Result<WeightsFile> file = readWeights(path);
    if (!file)
        return file.error();
    KeypointWeights weights;
    weights.file = *std::move(file);
    const nlohmann::json &attributes = weights.file.attributes;
    if (!attributes.is_object() || attributes.value("kind", std::string()) != kKind)
        return wrongFormat(path, "weights of a keypoint network", "other weights");
    std::vector<std::string> joints;
    try {
        joints = attributes.at("joints").get<std::vector<std::string>>();
        weights.inputSize = attributes.at("input_size").get<int>();
        weights.padding = attributes.at("padding").get<double>();
        weights.training = attributes.value("training", nlohmann::json::object());
    } catch (const nlohmann::json::exception &broken) {
        return wrongFormat(path, "joints, input_size and padding of a keypoint network", broken.what());
    }
    Result<Skeleton> skeleton = skeletonOfJointNames(joints, path.string());
    if (!skeleton)
        return skeleton.error();
    weights.skeleton = *std::move(skeleton);
    const Result<PoseNetOptions> network =
        poseNetOptionsFrom(attributes.value("network", nlohmann::json()), path.string());
    if (!network)
        return network.error();
    weights.network = *network;
    if (weights.network.outputs() != weights.skeleton.jointCount())
        return wrongFormat(path, "one output a joint", std::to_string(weights.network.outputs()) + " outputs");
    if (weights.inputSize < 32 || weights.inputSize % 32 != 0 || weights.inputSize > 1024
        || !(weights.padding >= 1 && weights.padding <= 4))
        return wrongFormat(path, "an input_size in multiples of 32 and a padding in 1 to 4", "other values");
    Result<Calibration> calibration = calibrationFrom(attributes.value("calibration", nlohmann::json()), path.string());
    if (!calibration)
        return calibration.error();
    weights.calibration = *std::move(calibration);
    return weights;
}

Result<void> writeKeypointWeights(KeypointWeights weights, const std::filesystem::path &path, bool halfPrecision)
{
    weights.file.attributes = {{"kind", kKind},
                               {"joints", weights.skeleton.joints},
                               {"input_size", weights.inputSize},
                               {"padding", weights.padding},
                               {"network", toJson(weights.network)},
                               {"calibration", toJson(weights.calibration)},
                               {"training", weights.training}};
    return writeWeights(weights.file, path, halfPrecision);
}

} // namespace poselift
