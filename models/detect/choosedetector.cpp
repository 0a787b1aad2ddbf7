#include "models/detect/choosedetector.h"

#include "models/registry.h"

#include <algorithm>

namespace poselift {

namespace {

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

std::vector<DetectorManifest> installedDetectors(const std::string &kind)
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

Result<DetectorManifest> chooseDetector(const std::string &kind, const std::string &name)
{
    const std::vector<DetectorManifest> detectors = installedDetectors(kind);
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

std::optional<FinderSettings> finderFor(const DetectorManifest &keypoints)
{
    if (!keypoints.finder.weights.empty())
        return keypoints.finder;
    for (const DetectorManifest &other : installedDetectors("keypoints")) {
        if (other.isOwn() && !other.finder.weights.empty())
            return other.finder;
    }
    return std::nullopt;
}

bool isDetectorInstalled(const std::string &kind)
{
    return !installedDetectors(kind).empty();
}

} // namespace poselift
