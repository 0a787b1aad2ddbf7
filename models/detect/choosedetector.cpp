#include "models/detect/choosedetector.h"

#include "models/registry.h"

#include <algorithm>
#include <vector>

namespace poselift {

namespace {

/// Installed models of one kind, the preferred first. Those that cannot be read are left out.
std::vector<DetectorManifest> detectorsOfKind(const std::string &kind)
{
    std::vector<DetectorManifest> detectors;
    for (const InstalledModel &model : installedModels()) {
        if (model.kind != kind)
            continue;
        if (Result<DetectorManifest> manifest = readDetectorManifest(model.folder); manifest)
            detectors.push_back(*std::move(manifest));
    }
    std::stable_sort(detectors.begin(), detectors.end(), [](const DetectorManifest &a, const DetectorManifest &b) {
        return a.common.priority > b.common.priority;
    });
    return detectors;
}

/// What is wrong with an installed model of @p kind that could not be read: the one called @p name,
/// or, without a name, any.
std::optional<Error> installationProblem(const std::string &kind, const std::string &name)
{
    std::vector<Error> problems;
    installedModels(&problems);
    for (const Error &problem : problems) {
        for (const auto &[key, value] : problem.arguments()) {
            const std::filesystem::path folder = std::filesystem::path(value).parent_path();
            if (key != "path" || (!name.empty() && folder.filename() != name))
                continue;
            const Result<nlohmann::json> manifest = readJsonFile(folder / "model.json");
            const bool ofKind = manifest && manifest->is_object() && manifest->value("kind", nlohmann::json()) == kind;
            if (ofKind || !name.empty())
                return problem;
        }
    }
    return std::nullopt;
}

} // namespace

Result<DetectorManifest> chooseDetector(const std::string &kind, const std::string &name)
{
    const std::vector<DetectorManifest> detectors = detectorsOfKind(kind);
    std::string known;
    for (const DetectorManifest &detector : detectors) {
        if (name.empty() || detector.name == name)
            return detector;
        known += (known.empty() ? "" : ", ") + detector.name;
    }
    if (const std::optional<Error> problem = installationProblem(kind, name))
        return *problem;
    if (name.empty())
        return Error(ErrorCode::NoDetector);
    return Error(ErrorCode::ModelNotFound, {{"found", name}, {"expected", known.empty() ? "none" : known}});
}

bool isDetectorInstalled(const std::string &kind)
{
    return !detectorsOfKind(kind).empty();
}

} // namespace poselift
