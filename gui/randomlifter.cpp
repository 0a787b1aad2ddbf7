#include "gui/randomlifter.h"

#include "core/io/weightsfile.h"

#include <cmath>
#include <fstream>
#include <numeric>
#include <random>

namespace poselift {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr std::int64_t kChannels = 1024;
constexpr int kBlocks = 4; // and the first layer: 3^5 frames
constexpr std::int64_t kOutputs = 3 * 17;

const json &inputJoints()
{
    static const json names{"left_shoulder", "right_shoulder", "left_elbow", "right_elbow", "left_wrist",
                            "right_wrist",   "left_hip",       "right_hip",  "left_knee",   "right_knee",
                            "left_ankle",    "right_ankle",    "mid_hip",    "mid_shoulder"};
    return names;
}

class RandomWeights
{
public:
    void convolution(const std::string &name, std::int64_t out, std::int64_t in, std::int64_t width, double gain)
    {
        WeightArray &weights = filled(name + ".weight", {out, in, width}, 0);
        std::normal_distribution<float> normal(0,
                                               static_cast<float>(gain / std::sqrt(static_cast<double>(in * width))));
        for (float &value : weights.values)
            value = normal(m_random);
    }
    void norm(const std::string &name)
    {
        filled(name + ".weight", {kChannels}, 1);
        filled(name + ".bias", {kChannels}, 0);
        filled(name + ".running_mean", {kChannels}, 0);
        filled(name + ".running_var", {kChannels}, 1);
    }
    WeightArray &filled(const std::string &name, const std::vector<std::int64_t> &shape, float value)
    {
        const std::int64_t count = std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
        return file.arrays[name] = {shape, std::vector<float>(static_cast<std::size_t>(count), value)};
    }

    WeightsFile file;

private:
    std::mt19937 m_random{1};
};

} // namespace

Result<void> makeRandomLifter(const fs::path &folder, const std::string &name)
{
    RandomWeights weights;
    const double he = std::sqrt(2.0); // keeps the size of activations through ReLU
    weights.convolution("expand_conv", kChannels, static_cast<std::int64_t>(inputJoints().size()) * 3, 3, he);
    weights.norm("expand_bn");
    for (int layer = 0; layer < 2 * kBlocks; ++layer) {
        weights.convolution("layers_conv." + std::to_string(layer), kChannels, kChannels, layer % 2 == 0 ? 3 : 1, he);
        weights.norm("layers_bn." + std::to_string(layer));
    }
    weights.convolution("shrink", kOutputs, kChannels, 1, 0.1); // some decimetres
    weights.filled("shrink.bias", {kOutputs}, 0);
    weights.file.attributes = {{"architecture", "videopose3d_temporal"},
                               {"filter_widths", std::vector<int>(kBlocks + 1, 3)},
                               {"channels", kChannels},
                               {"causal", false},
                               {"in_features", 3},
                               {"input_joints", inputJoints()},
                               {"output_skeleton", "h36m17"},
                               {"frames_per_second", 30.0},
                               {"normalisation", "hip-ray-v1"}};
    std::error_code ignored;
    fs::create_directories(folder / name, ignored);
    std::ofstream(folder / name / "model.json") << json{{"kind", "lifter"},
                                                        {"title", "random weights"},
                                                        {"licence", "none"},
                                                        {"priority", 0},
                                                        {"files", {{{"name", "weights.h5"}, {"role", "weights"}}}}};
    return writeWeights(weights.file, folder / name / "weights.h5");
}

} // namespace poselift
