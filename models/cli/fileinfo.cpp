#include "models/cli/fileinfo.h"

#include "core/io/projectfile.h"
#include "core/io/weightsfile.h"

#include <array>
#include <fstream>

namespace poselift {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// HDF5 file format specification, "Format signature" (at offset 0 in the files that we write).
bool isHdf5(const fs::path &path)
{
    constexpr std::array<char, 8> kSignature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
    std::array<char, 8> start{};
    std::ifstream file(path, std::ios::binary);
    return file.read(start.data(), start.size()) && start == kSignature;
}

json keypointLayerInfo(const KeypointLayer &layer)
{
    return {{"name", layer.name}, {"skeleton", layer.skeleton.name}, {"producer", layer.producer}, {"tracks", layer.tracks.size()}};
}

json jointLayerInfo(const JointLayer &layer)
{
    return {{"name", layer.name}, {"skeleton", layer.skeleton.name}, {"producer", layer.producer}, {"tracks", layer.tracks.size()}};
}

Result<json> projectInfo(const fs::path &path)
{
    const Result<Project> project = readProject(path);
    if (!project)
        return project.error();
    json info{{"kind", "project"},
              {"path", path.string()},
              {"uuid", project->uuid},
              {"save_generation", project->saveGeneration},
              {"media", {{"path", project->media.path}, {"frame_count", project->media.frameCount},
                         {"width_px", project->media.width}, {"height_px", project->media.height}}},
              {"skeleton", project->skeleton.name},
              {"camera", {{"fx_px", project->camera.fx}, {"fy_px", project->camera.fy}, {"assumed", project->camera.assumed}}},
              {"people", project->trackIds()},
              {"corrected_tracks", project->tracks.size()},
              {"keypoint_layers", json::array()},
              {"joint_layers", json::array()},
              {"meta", project->meta}};
    for (const KeypointLayer &layer : project->keypointLayers)
        info["keypoint_layers"].push_back(keypointLayerInfo(layer));
    for (const JointLayer &layer : project->jointLayers)
        info["joint_layers"].push_back(jointLayerInfo(layer));
    return info;
}

Result<json> weightsInfo(const fs::path &path)
{
    const Result<WeightsFile> weights = readWeights(path);
    if (!weights)
        return weights.error();
    std::size_t parameters = 0;
    json arrays = json::object();
    for (const auto &[name, array] : weights->arrays) {
        parameters += array.values.size();
        arrays[name] = array.shape;
    }
    return json{{"kind", "weights"}, {"path", path.string()}, {"values", parameters}, {"attributes", weights->attributes}, {"arrays", arrays}};
}

} // namespace

Result<json> fileInfo(const fs::path &path, bool countFrames)
{
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    if (path.extension() == ".poselift")
        return projectInfo(path);
    if (!isHdf5(path))
        return videoInfo(path, countFrames);
    // A project under another name, or weights: each reader says what it misses.
    if (Result<json> weights = weightsInfo(path); weights)
        return weights;
    else if (Result<json> project = projectInfo(path); project)
        return project;
    else
        return weights;
}

} // namespace poselift
