#pragma once

#include "models/manifest.h"

#include <array>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace poselift {

enum class NetworkFormat {
    Onnx,
    TensorFlow,
    Caffe,
    Poselift, ///< weights of our own networks, run by LibTorch; they say themselves how they are fed
};
enum class ResizeMode {
    Stretch,   ///< the whole picture, its aspect ratio is not kept
    Letterbox, ///< the whole picture, aspect ratio kept, centred, filled up
    Crop,      ///< a person's box, widened to the network's aspect ratio
};
enum class DecoderType {
    MoveNet,    ///< centre, heatmap, regression and offset heads; keypoints
    Heatmaps,   ///< one heatmap a keypoint
    SimCC,      ///< two one-dimensional distributions a keypoint
    Landmarks,  ///< coordinates as numbers
    YoloPose,   ///< boxes and keypoints of everybody in one pass
    FastestDet, ///< boxes
};
enum class HeatmapRefinement { None, Quarter, Taylor };

/// What a network is fed: value = (pixel · scale − mean) / std, channel by channel in its own order.
struct NetworkInput
{
    int width = 0;
    int height = 0;
    bool rgb = true;               ///< false: BGR
    double scale = 1.0;
    std::array<double, 3> mean{0, 0, 0};
    std::array<double, 3> std{1, 1, 1};
    ResizeMode resize = ResizeMode::Stretch;
    double fill = 0.0;             ///< pixel value outside the picture
    double padding = 1.0;          ///< Crop: the box's longer side is multiplied by this
};

/// How outputs become keypoints or boxes. Fields without a meaning for the type keep defaults.
struct NetworkDecoder
{
    DecoderType type = DecoderType::MoveNet;
    std::map<std::string, std::string> outputs; ///< role → output name; empty: the order of the graph
    double scoreThreshold = 0.0;    ///< boxes
    double nmsIou = 0.45;           ///< boxes
    int personClass = 0;            ///< FastestDet
    HeatmapRefinement refinement = HeatmapRefinement::Taylor;
    double blurSigma = 0.0;         ///< Heatmaps, Taylor: smoothing before refinement, heatmap px
    bool cornerAligned = false;     ///< Heatmaps: cell 0 is centred at input pixel 0 (not at the cell's middle)
    double simccRatio = 2.0;        ///< SimCC: bins an input pixel
    int landmarkStride = 5;         ///< Landmarks: numbers a landmark: x, y, then others
    int landmarkScoreAt = -1;       ///< Landmarks: place of the score's logit; −1: none
    bool scoresAreLogits = false;   ///< sigmoid is applied to keypoint scores
    double maximumScore = 1.0;      ///< a raw score of this counts as confidence 1
};

/// The part of our own detector that finds people in a whole picture.
struct FinderSettings
{
    std::filesystem::path weights;  ///< empty: the model has none
    int longSide = 320;            ///< px that the longer side of a picture is brought to
    double scoreThreshold = 0.3;   ///< of a person's centre
    double jointConfidence = 0.35; ///< least confidence of half of the joints, for a pose to be a person
};

/// model.json of a 2D detector (resources/detectors/README.md describes the fields).
struct DetectorManifest
{
    std::string name;             ///< folder name
    std::filesystem::path folder;
    ModelManifest common;
    NetworkFormat format = NetworkFormat::Onnx;
    std::filesystem::path network; ///< weights
    std::filesystem::path config;  ///< Caffe prototxt or TensorFlow pbtxt; may be empty
    std::filesystem::path centrePrior; ///< MoveNet; may be empty
    NetworkInput input;
    NetworkDecoder decoder;
    FinderSettings finder;             ///< Poselift
    std::string skeleton;              ///< name in resources/skeletons; empty for boxes and Poselift
    std::vector<std::string> channels; ///< joint name of each network channel, "" = unused; empty: the skeleton's order

    bool isBoxes() const { return common.kind == "boxes"; }
    bool isOwn() const { return format == NetworkFormat::Poselift; }
    bool isTopDown() const { return common.kind == "keypoints" && decoder.type != DecoderType::YoloPose; }
};

/// Checks the fields of a detector. Does not look at the files or the skeleton.
Result<DetectorManifest> parseDetectorManifest(const ModelManifest &common, const std::filesystem::path &folder);
/// FOLDER/model.json, with the files' sha256 checked.
Result<DetectorManifest> readDetectorManifest(const std::filesystem::path &folder);

} // namespace poselift
