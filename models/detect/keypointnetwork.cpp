#include "models/detect/keypointnetwork.h"

#include "models/detect/heatmaps.h"
#include "models/detect/landmarks.h"
#include "models/detect/movenet.h"
#include "models/detect/simcc.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>

namespace poselift {

namespace fs = std::filesystem;

namespace {

/// Little-endian float32 values of a whole file.
Result<std::vector<float>> readFloats(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    std::vector<char> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (!file || bytes.size() % sizeof(float) != 0)
        return Error(ErrorCode::FileTruncated,
                     {{"path", path.string()}, {"detail", std::to_string(bytes.size()) + " bytes, expected whole float32 values"}});
    std::vector<float> values(bytes.size() / sizeof(float));
    std::copy(bytes.begin(), bytes.end(), reinterpret_cast<char *>(values.data()));
    if (!std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); }))
        return Error(ErrorCode::NotFinite, {{"path", path.string()}, {"name", "centre prior"}});
    return values;
}

/// Keypoints below this are noise of every network known here: they are Missing.
constexpr float kSmallestConfidence = 0.02F;

float confidenceOf(float score, const NetworkDecoder &decoder)
{
    const double probability = decoder.scoresAreLogits ? 1.0 / (1.0 + std::exp(-score)) : score / decoder.maximumScore;
    return static_cast<float>(std::clamp(probability, 0.0, 1.0));
}

} // namespace

Result<std::vector<int>> jointOfChannels(const DetectorManifest &manifest, const Skeleton &skeleton)
{
    std::vector<int> joints(manifest.channels.size());
    if (joints.empty()) {
        joints.resize(static_cast<std::size_t>(skeleton.jointCount()));
        std::iota(joints.begin(), joints.end(), 0);
        return joints;
    }
    const std::string path = (manifest.folder / "model.json").string();
    for (std::size_t i = 0; i < joints.size(); ++i) {
        const std::string &name = manifest.channels[i];
        joints[i] = name.empty() ? -1 : skeleton.indexOf(name);
        if (!name.empty() && joints[i] < 0)
            return Error(ErrorCode::ManifestField, {{"path", path},
                                                    {"name", "channels[" + std::to_string(i) + "]"},
                                                    {"expected", "a joint of the skeleton '" + skeleton.name + "'"},
                                                    {"found", "'" + name + "'"}});
    }
    for (int joint = 0; joint < skeleton.jointCount(); ++joint) {
        if (std::find(joints.begin(), joints.end(), joint) == joints.end())
            return Error(ErrorCode::ManifestField, {{"path", path},
                                                    {"name", "channels"},
                                                    {"expected", "every joint of the skeleton '" + skeleton.name + "'"},
                                                    {"found", "no '" + skeleton.joints[joint] + "'"}});
    }
    return joints;
}

Pose2D poseFromRaw(const std::vector<RawKeypoint> &raw, const std::vector<int> &jointOfChannel, int jointCount,
                   const NetworkDecoder &decoder, const Crop &crop)
{
    Pose2D pose(static_cast<std::size_t>(jointCount));
    for (std::size_t channel = 0; channel < raw.size() && channel < jointOfChannel.size(); ++channel) {
        if (jointOfChannel[channel] < 0)
            continue;
        Keypoint2D &keypoint = pose[static_cast<std::size_t>(jointOfChannel[channel])];
        keypoint.x = crop.pictureX(raw[channel].u);
        keypoint.y = crop.pictureY(raw[channel].v);
        keypoint.confidence = confidenceOf(raw[channel].score, decoder);
        keypoint.state = keypoint.confidence >= kSmallestConfidence ? KeypointState::Visible : KeypointState::Missing;
    }
    return pose;
}

Result<std::unique_ptr<KeypointNetwork>> KeypointNetwork::load(const DetectorManifest &manifest)
{
    std::unique_ptr<KeypointNetwork> self(new KeypointNetwork);
    Result<Skeleton> skeleton = findSkeleton(manifest.skeleton);
    if (!skeleton)
        return skeleton.error();
    self->m_skeleton = *std::move(skeleton);
    Result<std::vector<int>> joints = jointOfChannels(manifest, self->m_skeleton);
    if (!joints)
        return joints.error();
    self->m_jointOfChannel = *std::move(joints);
    if (!manifest.centrePrior.empty()) {
        Result<std::vector<float>> prior = readFloats(manifest.centrePrior);
        if (!prior)
            return prior.error();
        self->m_centrePrior = *std::move(prior);
    }
    Result<std::unique_ptr<DnnNetwork>> network = DnnNetwork::load(manifest);
    if (!network)
        return network.error();
    self->m_network = *std::move(network);
    // A grey picture shows at once whether the outputs have the shapes that the decoder needs.
    const std::vector<std::uint8_t> grey(32 * 32 * 4, 128);
    const Result<Pose2D> probe = self->detect({grey.data(), 32, 32, 32 * 4}, cropOfPerson({0, 0, 32, 32}, manifest.input));
    if (!probe)
        return probe.error();
    return self;
}

Result<Pose2D> KeypointNetwork::detect(const ImageView &picture, const Crop &crop)
{
    const Result<std::vector<Tensor>> outputs = m_network->run(picture, crop);
    if (!outputs)
        return outputs.error();
    const Result<std::vector<RawKeypoint>> raw = decode(*outputs);
    if (!raw)
        return raw.error();
    return poseFromRaw(*raw, m_jointOfChannel, m_skeleton.jointCount(), manifest().decoder, crop);
}

Result<std::vector<RawKeypoint>> KeypointNetwork::decode(const std::vector<Tensor> &outputs) const
{
    const NetworkDecoder &decoder = manifest().decoder;
    const NetworkInput &input = manifest().input;
    const int channels = static_cast<int>(m_jointOfChannel.size());
    if (decoder.type == DecoderType::MoveNet)
        return decodeMoveNetHeads(outputs);
    if (decoder.type == DecoderType::SimCC) {
        const Result<Tensor> x = m_network->output(outputs, "x", 0);
        const Result<Tensor> y = m_network->output(outputs, "y", 1);
        if (!x || !y)
            return x ? y.error() : x.error();
        if (Result<void> good = checkSimcc(*x, *y, decoder, channels, input.width, input.height, m_network->path()); !good)
            return good.error();
        return decodeSimcc(*x, *y, decoder);
    }
    const bool heatmaps = decoder.type == DecoderType::Heatmaps;
    const Result<Tensor> output = m_network->output(outputs, heatmaps ? "heatmap" : "landmarks", 0);
    if (!output)
        return output.error();
    const Result<void> good = heatmaps ? checkHeatmaps(*output, channels, m_network->path())
                                       : checkLandmarks(*output, decoder, channels, m_network->path());
    if (!good)
        return good.error();
    return heatmaps ? decodeHeatmaps(*output, decoder, input.width, input.height)
                    : decodeLandmarks(*output, decoder, channels);
}

Result<std::vector<RawKeypoint>> KeypointNetwork::decodeMoveNetHeads(const std::vector<Tensor> &outputs) const
{
    const char *roles[] = {"centre", "heatmap", "regression", "offset"};
    MoveNetHeads heads;
    Tensor *places[] = {&heads.centre, &heads.heatmap, &heads.regression, &heads.offset};
    for (std::size_t i = 0; i < 4; ++i) {
        Result<Tensor> output = m_network->output(outputs, roles[i], i);
        if (!output)
            return output.error();
        *places[i] = *std::move(output);
    }
    const int channels = static_cast<int>(m_jointOfChannel.size());
    if (Result<void> good = checkMoveNetHeads(heads, channels, m_network->path()); !good)
        return good.error();
    if (!m_centrePrior.empty() && m_centrePrior.size() != heads.centre.size())
        return Error(ErrorCode::WrongOutput, {{"path", m_network->path()},
                                              {"name", heads.centre.name},
                                              {"expected", std::to_string(m_centrePrior.size()) + " cells, as the centre prior"},
                                              {"found", shapeText(heads.centre.shape)}});
    return decodeMoveNet(heads, m_centrePrior, double(manifest().input.width) / heads.centre.extent(3));
}

} // namespace poselift
