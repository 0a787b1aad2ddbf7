#include "models/detect/keypointnetwork.h"

#include "models/detect/heatmaps.h"
#include "models/detect/landmarks.h"
#include "models/detect/movenet.h"
#include "models/detect/simcc.h"

#include <algorithm>
#include <cmath>
#include <fstream>

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

} // namespace

Result<std::unique_ptr<KeypointNetwork>> KeypointNetwork::load(const DetectorManifest &manifest)
{
    Result<KeypointChannels> channels = KeypointChannels::create(manifest);
    if (!channels)
        return channels.error();
    std::unique_ptr<KeypointNetwork> self(new KeypointNetwork(*std::move(channels)));
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
    const Result<Pose2D> probe = self->estimate({grey.data(), 32, 32, 32 * 4}, self->cropAround({0, 0, 32, 32}));
    if (!probe)
        return probe.error();
    return self;
}

Crop KeypointNetwork::cropAround(const Box &person) const
{
    return cropOfPerson(person, manifest().input);
}

Result<Pose2D> KeypointNetwork::estimate(const ImageView &picture, const Crop &crop)
{
    const Result<std::vector<Tensor>> outputs = m_network->run(picture, crop);
    if (!outputs)
        return outputs.error();
    const Result<std::vector<RawKeypoint>> raw = decode(*outputs);
    if (!raw)
        return raw.error();
    return m_channels.pose(*raw, crop);
}

Result<std::vector<RawKeypoint>> KeypointNetwork::decode(const std::vector<Tensor> &outputs) const
{
    const NetworkDecoder &decoder = manifest().decoder;
    const NetworkInput &input = manifest().input;
    const int channels = m_channels.count();
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
    const int channels = m_channels.count();
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
