#include "models/train/poses2d.h"

#include "core/io/mocapfile.h"
#include "core/io/weightsfile.h"

#include <algorithm>

namespace poselift {

namespace {

constexpr const char *kKind = "poses2d";
/// Examples that are drawn at a time.
constexpr std::int64_t kPortion = 8192;

Result<void> checkContents(const WeightsFile &file, const std::string &path)
{
    for (const char *name : {"poses", "confidence"}) {
        if (!file.arrays.contains(name))
            return Error(ErrorCode::MissingDataset, {{"path", path}, {"name", name}});
    }
    for (const auto &[name, array] : file.arrays) {
        if (name != "poses" && name != "confidence")
            return Error(ErrorCode::WrongFormat, {{"path", path},
                                                  {"expected", "2D poses and their confidence alone"},
                                                  {"found", "dataset '" + name + "'"}});
    }
    if (!file.attributes.is_object() || file.attributes.value("kind", "") != kKind)
        return Error(ErrorCode::WrongFormat,
                     {{"path", path}, {"expected", "a pack made by 'pack poses2d'"}, {"found", "something else"}});
    return {};
}

Result<void> checkShapes(const WeightsFile &file, std::int64_t joints, const std::string &path)
{
    const WeightArray &poses = file.arrays.at("poses");
    if (poses.shape.size() != 3 || poses.shape[1] != joints || poses.shape[2] != 2)
        return Error(ErrorCode::WrongShape, {{"path", path},
                                             {"name", "poses"},
                                             {"found", shapeText(poses.shape)},
                                             {"expected", "[N, " + std::to_string(joints) + ", 2]"}});
    const std::vector<std::int64_t> expected{poses.shape[0], joints};
    const WeightArray &confidence = file.arrays.at("confidence");
    if (confidence.shape != expected)
        return Error(ErrorCode::WrongShape, {{"path", path},
                                             {"name", "confidence"},
                                             {"found", shapeText(confidence.shape)},
                                             {"expected", shapeText(expected)}});
    return {};
}

} // namespace

void Poses2D::appendFeatures(std::span<const float> features)
{
    for (std::size_t at = 0; at < features.size(); at += kLifterInputFeatures) {
        xy.insert(xy.end(), {features[at], features[at + 1]});
        confidence.push_back(features[at + 2]);
    }
}

void Poses2D::append(const Poses2D &others)
{
    xy.insert(xy.end(), others.xy.begin(), others.xy.end());
    confidence.insert(confidence.end(), others.confidence.begin(), others.confidence.end());
}

std::int64_t Poses2D::indexOf(const std::string &joint) const
{
    const auto found = std::ranges::find(joints, joint);
    return found == joints.end() ? -1 : found - joints.begin();
}

Result<Poses2D> readPoses2D(const std::filesystem::path &path)
{
    Result<WeightsFile> file = readWeights(path);
    if (!file)
        return file.error();
    if (Result<void> checked = checkContents(*file, path.string()); !checked)
        return checked.error();
    Poses2D poses;
    try {
        poses.joints = file->attributes.at("joints").get<std::vector<std::string>>();
        poses.normalisation = file->attributes.at("normalisation").get<std::string>();
        poses.source = file->attributes.value("source", nlohmann::json());
    } catch (const nlohmann::json::exception &broken) {
        return Error(ErrorCode::WrongFormat,
                     {{"path", path.string()}, {"expected", "names of the joints"}, {"found", broken.what()}});
    }
    if (Result<void> checked = checkShapes(*file, poses.jointCount(), path.string()); !checked)
        return checked.error();
    poses.xy = std::move(file->arrays.at("poses").values);
    poses.confidence = std::move(file->arrays.at("confidence").values);
    return poses;
}

Result<void> writePoses2D(const Poses2D &poses, const std::filesystem::path &path)
{
    WeightsFile file;
    file.arrays["poses"] = {{poses.count(), poses.jointCount(), 2}, poses.xy};
    file.arrays["confidence"] = {{poses.count(), poses.jointCount()}, poses.confidence};
    file.attributes = {
        {"kind", kKind}, {"joints", poses.joints}, {"normalisation", poses.normalisation}, {"source", poses.source}};
    return writeWeights(file, path);
}

LiftingExampleOptions Poses2DOptions::defaultExamples()
{
    LiftingExampleOptions examples;
    examples.windowFrames = 1;
    examples.cleanShare = 1.0F;
    examples.camera.minElevation = 0.0F;
    examples.camera.maxElevation = 0.35F;
    examples.camera.rollSigma = 0.0F;
    examples.camera.minDistance = 3.0F;
    examples.camera.maxDistance = 8.0F;
    return examples;
}

Result<Poses2D> poses2DOf(const MocapData &mocap, const Poses2DOptions &options, const JobContext &job)
{
    if (options.count < 1 || options.examples.windowFrames != 1)
        return Error(
            ErrorCode::BadArgument,
            {{"name", "--count"}, {"expected", "a positive number"}, {"found", std::to_string(options.count)}});
    const Result<LiftingExamples> examples = LiftingExamples::create(mocap, options.examples);
    if (!examples)
        return examples.error();
    Poses2D poses;
    poses.joints = lifterInputJoints();
    poses.normalisation = kLifterNormalisation;
    poses.source = {{"data", options.data.filename().string()}, {"group", options.group}, {"seed", options.seed}};
    std::uint64_t stream = 0;
    while (poses.count() < options.count) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const std::int64_t portion = std::min(kPortion, options.count - poses.count());
        std::vector<float> features(static_cast<std::size_t>(portion * examples->inputSize()));
        std::vector<float> unused(static_cast<std::size_t>(portion * examples->targetSize())); // the 3D stays here
        examples->drawBatch(options.seed, stream, features, unused);
        stream += examples->streamsPerBatch(static_cast<int>(portion));
        poses.appendFeatures(features);
        job.report("pack", poses.count(), options.count);
    }
    return poses;
}

} // namespace poselift
