#include "models/lift/liftermodel.h"

#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "models/lift/lifterinput.h"

#include <algorithm>
#include <fstream>
#include <map>

namespace poselift {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

Error fieldError(const std::string &path, const std::string &name, const std::string &expected, const json &found)
{
    return Error(ErrorCode::ManifestField, {{"path", path}, {"name", name}, {"expected", expected},
                                            {"found", found.is_null() ? "nothing" : found.dump()}});
}

Result<json> readManifest(const fs::path &folder)
{
    const fs::path path = folder / "model.json";
    std::ifstream file(path);
    if (!file)
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    json manifest = json::parse(file, nullptr, /*allow_exceptions=*/false);
    if (!manifest.is_object())
        return Error(ErrorCode::WrongFormat, {{"path", path.string()}, {"expected", "a JSON object"}, {"found", "something else"}});
    return manifest;
}

/// Name and sha256 of the file with the role "weights".
Result<json> weightsEntry(const json &manifest, const std::string &path)
{
    const json files = manifest.value("files", json());
    for (const json &file : files.is_array() ? files : json::array()) {
        if (file.is_object() && file.value("role", "weights") == "weights" && file.contains("name") && file["name"].is_string())
            return file;
    }
    return fieldError(path, "files", "a file with the role 'weights'", files);
}

Result<void> checkDigest(const fs::path &path, const json &entry)
{
    const json expected = entry.value("sha256", json());
    if (!expected.is_string())
        return {};
    const Result<std::string> found = sha256OfFile(path);
    if (!found)
        return found.error();
    if (*found != expected.get<std::string>())
        return Error(ErrorCode::ChecksumMismatch, {{"path", path.string()}, {"expected", expected.get<std::string>()}, {"found", *found}});
    return {};
}

Result<LifterNormalisation> parseNormalisation(const json &fields, const std::string &path)
{
    static const std::map<std::string, LifterNormalisation> known{{kLifterNormalisation, LifterNormalisation::HipRay},
                                                                  {"camera-rays-v1", LifterNormalisation::CameraRays},
                                                                  {"screen-v1", LifterNormalisation::Screen}};
    const json value = fields.value("normalisation", json());
    const auto found = value.is_string() ? known.find(value.get<std::string>()) : known.end();
    if (found == known.end())
        return fieldError(path, "normalisation", "'hip-ray-v1', 'camera-rays-v1' or 'screen-v1'", value);
    return found->second;
}

Result<LifterArchitecture> parseArchitectureName(const json &fields, const std::string &path)
{
    const json name = fields.value("architecture", json());
    if (name == kTemporalArchitecture)
        return LifterArchitecture::Temporal;
    if (name == kAdversarialArchitecture)
        return LifterArchitecture::Adversarial;
    return fieldError(path, "architecture",
                      std::string("'") + kTemporalArchitecture + "' or '" + kAdversarialArchitecture + "'", name);
}

Result<void> parseTemporal(const json &fields, const std::string &path, LifterDescription &description)
{
    const json widths = fields.value("filter_widths", json());
    const auto isWidth = [](const json &width) { return width.is_number_integer() && width.get<int>() > 0 && width.get<int>() % 2 == 1; };
    if (!widths.is_array() || widths.empty() || !std::ranges::all_of(widths, isWidth))
        return fieldError(path, "filter_widths", "a list of odd positive numbers", widths);
    description.filterWidths = widths.get<std::vector<std::int64_t>>();
    for (const char *flag : {"causal", "dense"}) {
        if (fields.contains(flag) && !fields[flag].is_boolean())
            return fieldError(path, flag, "true or false", fields[flag]);
    }
    description.causal = fields.value("causal", false);
    description.dense = fields.value("dense", false);
    return {};
}

Result<void> parseAdversarial(const json &fields, const std::string &path, LifterDescription &description)
{
    AdversarialGeometry &geometry = description.adversarial;
    const json blocks = fields.value("generator_blocks", json());
    if (!blocks.is_number_integer() || blocks.get<std::int64_t>() < 1)
        return fieldError(path, "generator_blocks", "a positive whole number", blocks);
    geometry.blocks = blocks.get<std::int64_t>();
    for (const auto &[name, value] : {std::pair{"depth", &geometry.depth}, std::pair{"feature_scale", &geometry.featureScale},
                                      std::pair{"metres_per_unit", &geometry.metresPerUnit}}) {
        const json found = fields.value(name, json());
        if (!found.is_number() || found.get<double>() <= 0)
            return fieldError(path, name, "a positive number", found);
        *value = found.get<double>();
    }
    const json leak = fields.value("leak", json(0.0));
    if (!leak.is_number() || leak.get<double>() < 0)
        return fieldError(path, "leak", "a number that is not negative", leak);
    geometry.leak = leak.get<double>();
    return {};
}

/// Reads the fields of the network itself; the first one that is wrong is named.
Result<void> parseArchitecture(const json &fields, const std::string &path, LifterDescription &description)
{
    const Result<LifterArchitecture> architecture = parseArchitectureName(fields, path);
    if (!architecture)
        return architecture.error();
    description.architecture = *architecture;
    const json channels = fields.value("channels", json());
    if (!channels.is_number_integer() || channels.get<std::int64_t>() < 1)
        return fieldError(path, "channels", "a positive whole number", channels);
    description.channels = channels.get<std::int64_t>();
    const json features = fields.value("in_features", json());
    if (features != 2 && features != 3)
        return fieldError(path, "in_features", "2 or 3", features);
    description.inFeatures = features.get<int>();
    return *architecture == LifterArchitecture::Temporal ? parseTemporal(fields, path, description)
                                                         : parseAdversarial(fields, path, description);
}

Result<void> parseJoints(const json &fields, const std::string &path, LifterDescription &description)
{
    const json joints = fields.value("input_joints", json());
    if (!joints.is_array() || joints.empty() || !std::ranges::all_of(joints, [](const json &joint) { return joint.is_string(); }))
        return fieldError(path, "input_joints", "a list of joint names", joints);
    description.inputJoints = joints.get<std::vector<std::string>>();
    const json output = fields.value("output_skeleton", json());
    if (!output.is_string())
        return fieldError(path, "output_skeleton", "the name of a skeleton", output);
    Result<Skeleton> skeleton = findSkeleton(output.get<std::string>());
    if (!skeleton)
        return skeleton.error();
    description.outputSkeleton = std::move(*skeleton);
    const json rate = fields.value("frames_per_second", json());
    if (!rate.is_number() || rate.get<double>() < 0)
        return fieldError(path, "frames_per_second", "a number, 0 for any", rate);
    description.framesPerSecond = rate.get<double>();
    return {};
}

struct Candidate
{
    std::string name;
    fs::path folder;
    double priority = 0;
};

/// Lifters of all search folders, the user's first; one of the same name hides the later.
std::vector<Candidate> installedLifters()
{
    std::vector<Candidate> found;
    for (const fs::path &root : modelSearchPath()) {
        std::error_code failed;
        std::vector<Candidate> here;
        for (const auto &entry : fs::directory_iterator(root, failed)) {
            const Result<json> manifest = readManifest(entry.path());
            if (!manifest || manifest->value("kind", json()) != "lifter")
                continue;
            const json priority = manifest->value("priority", json());
            here.push_back({entry.path().filename().string(), entry.path(), priority.is_number() ? priority.get<double>() : 0.0});
        }
        std::ranges::sort(here, {}, &Candidate::name);
        for (Candidate &candidate : here) {
            if (std::ranges::find(found, candidate.name, &Candidate::name) == found.end())
                found.push_back(std::move(candidate));
        }
    }
    return found;
}

} // namespace

Result<fs::path> findLifter(const std::string &name)
{
    const std::vector<Candidate> installed = installedLifters();
    if (installed.empty()) {
        std::string folders;
        for (const fs::path &root : modelSearchPath())
            folders += (folders.empty() ? "" : ", ") + root.string();
        return Error(ErrorCode::NoLifter, {{"expected", folders}});
    }
    if (name.empty())
        return std::ranges::max_element(installed, {}, &Candidate::priority)->folder;
    std::string names;
    for (const Candidate &candidate : installed) {
        if (candidate.name == name)
            return candidate.folder;
        names += (names.empty() ? "" : ", ") + candidate.name;
    }
    return Error(ErrorCode::ModelNotFound, {{"found", name}, {"expected", names}});
}

Result<LifterDescription> parseLifterDescription(const json &fields, const std::string &path)
{
    LifterDescription description;
    if (Result<void> parsed = parseArchitecture(fields, path, description); !parsed)
        return parsed.error();
    if (Result<void> parsed = parseJoints(fields, path, description); !parsed)
        return parsed.error();
    const Result<LifterNormalisation> normalisation = parseNormalisation(fields, path);
    if (!normalisation)
        return normalisation.error();
    description.normalisation = *normalisation;
    if (*normalisation == LifterNormalisation::HipRay && (description.inputJoints != lifterInputJoints() || description.inFeatures != 3))
        return fieldError(path, "input_joints", "the joints of 'hip-ray-v1' with three features each: " + json(lifterInputJoints()).dump(), json(description.inputJoints));
    if (description.architecture == LifterArchitecture::Adversarial) {
        if (*normalisation != LifterNormalisation::HipRay)
            return fieldError(path, "normalisation", std::string("'") + kLifterNormalisation + "'", fields["normalisation"]);
        if (description.outputSkeleton.joints != description.inputJoints)
            return fieldError(path, "output_skeleton", "one of the joints " + json(description.inputJoints).dump(), fields["output_skeleton"]);
    }
    return description;
}

Result<LifterModel> readLifterModel(const fs::path &folder)
{
    const Result<json> manifest = readManifest(folder);
    if (!manifest)
        return manifest.error();
    const std::string manifestPath = (folder / "model.json").string();
    const Result<json> entry = weightsEntry(*manifest, manifestPath);
    if (!entry)
        return entry.error();
    LifterModel model;
    model.weightsPath = folder / fs::path((*entry)["name"].get<std::string>()).filename();
    Result<WeightsFile> weights = readWeights(model.weightsPath);
    if (!weights)
        return weights.error();
    if (Result<void> checked = checkDigest(model.weightsPath, *entry); !checked)
        return checked.error();
    model.weights = std::move(*weights);
    json fields = model.weights.attributes.is_object() ? model.weights.attributes : json::object();
    fields.update(*manifest);
    Result<LifterDescription> description = parseLifterDescription(fields, manifestPath);
    if (!description)
        return description.error();
    model.description = std::move(*description);
    model.description.name = folder.filename().string();
    return model;
}

} // namespace poselift
