#include "models/detectormanifest.h"

#include <algorithm>

namespace poselift {

namespace fs = std::filesystem;

namespace {

NetworkInput readInput(ManifestReader &manifest)
{
    ManifestReader reader = manifest.object("input");
    NetworkInput input;
    input.width = reader.positiveInteger("width");
    input.height = reader.positiveInteger("height");
    input.rgb = reader.choice("colour", {"BGR", "RGB"}) == 1;
    input.scale = reader.number("scale");
    const std::vector<double> mean = reader.numbers("mean", 3, {0, 0, 0});
    const std::vector<double> std = reader.numbers("std", 3, {1, 1, 1});
    std::copy(mean.begin(), mean.end(), input.mean.begin());
    std::copy(std.begin(), std.end(), input.std.begin());
    if (std::find(std.begin(), std.end(), 0.0) != std.end())
        reader.fail("std", "numbers other than 0", "0");
    input.resize = static_cast<ResizeMode>(reader.choice("resize", {"stretch", "letterbox", "crop"}));
    input.fill = reader.number("fill", 0.0);
    input.padding = input.resize == ResizeMode::Crop ? reader.number("padding") : 1.0;
    if (input.padding <= 0 && !reader.error())
        reader.fail("padding", "a number above 0", std::to_string(input.padding));
    manifest.absorb(reader);
    return input;
}

void readOutputs(ManifestReader &reader, NetworkDecoder &decoder)
{
    if (!reader.has("outputs"))
        return;
    ManifestReader outputs = reader.object("outputs");
    for (const char *role : {"centre", "heatmap", "regression", "offset", "x", "y", "landmarks", "presence", "boxes"}) {
        if (outputs.has(role))
            decoder.outputs[role] = outputs.text(role);
    }
    reader.absorb(outputs);
}

NetworkDecoder readDecoder(ManifestReader &manifest, bool boxes)
{
    ManifestReader reader = manifest.object("decoder");
    NetworkDecoder decoder;
    const int type = boxes
        ? reader.choice("type", {"fastestdet"}) + 5
        : reader.choice("type", {"movenet", "heatmaps", "simcc", "landmarks", "yolopose"});
    decoder.type = static_cast<DecoderType>(type);
    readOutputs(reader, decoder);
    if (decoder.type == DecoderType::FastestDet || decoder.type == DecoderType::YoloPose) {
        decoder.scoreThreshold = reader.number("score_threshold");
        decoder.nmsIou = reader.number("nms_iou");
        decoder.personClass = reader.integer("person_class", 0);
    }
    if (decoder.type == DecoderType::Heatmaps) {
        decoder.refinement = static_cast<HeatmapRefinement>(reader.choice("refinement", {"none", "quarter", "taylor"}));
        decoder.blurSigma = reader.number("blur_sigma", 0.0);
        decoder.cornerAligned = reader.choice("alignment", {"centre", "corner"}) == 1;
    }
    if (decoder.type == DecoderType::SimCC)
        decoder.simccRatio = reader.number("bins_per_pixel");
    if (decoder.type == DecoderType::Landmarks) {
        decoder.landmarkStride = reader.positiveInteger("stride");
        decoder.landmarkScoreAt = reader.integer("score_at", -1);
        if (decoder.landmarkScoreAt >= decoder.landmarkStride)
            reader.fail("score_at", "less than the stride", std::to_string(decoder.landmarkScoreAt));
    }
    decoder.scoresAreLogits = reader.choice("scores", {"probability", "logit"}, 0) == 1;
    decoder.maximumScore = reader.number("maximum_score", 1.0);
    if (decoder.maximumScore <= 0)
        reader.fail("maximum_score", "a number above 0", std::to_string(decoder.maximumScore));
    manifest.absorb(reader);
    return decoder;
}

fs::path pathOfRole(const ModelManifest &manifest, const fs::path &folder, std::string_view role)
{
    const ModelFile *file = manifest.fileOfRole(role);
    return file != nullptr ? folder / file->name : fs::path();
}

/// A network that OpenCV runs: how it is fed and read.
void readExternal(ManifestReader &reader, DetectorManifest &detector)
{
    detector.input = readInput(reader);
    detector.decoder = readDecoder(reader, detector.isBoxes());
    if (!detector.isBoxes())
        detector.skeleton = reader.text("skeleton");
    if (reader.has("channels"))
        detector.channels = reader.texts("channels");
    if (!reader.error() && detector.isTopDown() && detector.input.resize != ResizeMode::Crop)
        reader.fail("input.resize", "'crop' for a network that takes one person", "another mode");
    if (!reader.error() && !detector.isTopDown() && detector.input.resize == ResizeMode::Crop)
        reader.fail("input.resize", "'stretch' or 'letterbox' for a network that sees the whole picture", "'crop'");
}

/// Our own networks: the keypoints' weights and, where the model has one, the finder's beside them.
void readOwn(ManifestReader &reader, DetectorManifest &detector)
{
    if (detector.isBoxes())
        reader.fail("kind", "'keypoints' for the format 'poselift'", "'boxes'");
    detector.finder.weights = pathOfRole(detector.common, detector.folder, "finder");
    if (detector.finder.weights.empty())
        return;
    ManifestReader finder = reader.object("finder");
    detector.finder.longSide = finder.positiveInteger("long_side");
    detector.finder.scoreThreshold = finder.number("score_threshold");
    detector.finder.jointConfidence = finder.number("joint_confidence", detector.finder.jointConfidence);
    reader.absorb(finder);
}

} // namespace

Result<DetectorManifest> parseDetectorManifest(const ModelManifest &common, const fs::path &folder)
{
    ManifestReader reader(common.json, (folder / "model.json").string());
    DetectorManifest detector;
    detector.name = folder.has_filename() ? folder.filename().string() : folder.parent_path().filename().string();
    detector.folder = folder;
    detector.common = common;
    if (common.kind == "lifter")
        reader.fail("kind", "'keypoints' or 'boxes'", "'lifter'");
    detector.format = static_cast<NetworkFormat>(reader.choice("format", {"onnx", "tensorflow", "caffe", "poselift"}));
    const char *networkRole = detector.isOwn() ? "weights" : "network";
    detector.network = pathOfRole(common, folder, networkRole);
    detector.config = pathOfRole(common, folder, "config");
    detector.centrePrior = pathOfRole(common, folder, "centre_prior");
    if (detector.network.empty())
        reader.fail("files", "a file with the role '" + std::string(networkRole) + "'", "none");
    if (detector.format == NetworkFormat::Caffe && detector.config.empty())
        reader.fail("files", "a file with the role 'config' (the prototxt)", "none");
    if (detector.isOwn())
        readOwn(reader, detector);
    else
        readExternal(reader, detector);
    if (reader.error())
        return *reader.error();
    return detector;
}

Result<DetectorManifest> readDetectorManifest(const fs::path &folder)
{
    Result<ModelManifest> common = readModelManifest(folder);
    if (!common)
        return common.error();
    Result<DetectorManifest> detector = parseDetectorManifest(*common, folder);
    if (!detector)
        return detector;
    if (Result<void> files = checkModelFiles(*common, folder); !files)
        return files.error();
    return detector;
}

} // namespace poselift
