#include "models/installmodel.h"

#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "models/detectormanifest.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr const char *kRequiredFields = "kind, title, licence, source, format, files (name, role, sha256), "
                                        "input (width, height, colour, scale, resize), decoder (type) and, for "
                                        "keypoints, skeleton";

/// A manifest of resources/detectors and where its text lies.
struct KnownModel
{
    std::string name;
    fs::path manifestFile;
    ModelManifest manifest;
};

std::vector<KnownModel> knownModels()
{
    std::vector<KnownModel> known;
    std::error_code failed;
    for (fs::directory_iterator at(resourceDirectory() / "detectors", failed), end; !failed && at != end;
         at.increment(failed)) {
        if (at->path().extension() != ".json")
            continue;
        const Result<nlohmann::json> json = readJsonFile(at->path());
        if (!json)
            continue;
        if (Result<ModelManifest> manifest = parseModelManifest(*json, at->path().string()); manifest)
            known.push_back({at->path().stem().string(), at->path(), *std::move(manifest)});
    }
    std::sort(known.begin(), known.end(), [](const KnownModel &a, const KnownModel &b) { return a.name < b.name; });
    return known;
}

const KnownModel *modelWithNetwork(const std::vector<KnownModel> &known, const std::string &sha256)
{
    const auto at = std::find_if(known.begin(), known.end(), [&](const KnownModel &model) {
        const ModelFile *network = model.manifest.fileOfRole("network");
        return network != nullptr && network->sha256 == sha256;
    });
    return at == known.end() ? nullptr : &*at;
}

Error cannotWrite(const fs::path &path, const std::error_code &code)
{
    return Error(ErrorCode::CannotWrite, {{"path", path.string()}, {"detail", code.message()}});
}

/// A hidden folder that installedModels() does not see; removed unless it was renamed away.
class StagingFolder
{
public:
    explicit StagingFolder(const std::string &name)
        : m_path(userModelDirectory() / ("." + name + "." + std::to_string(::getpid())))
    {
    }
    ~StagingFolder()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    const fs::path &path() const { return m_path; }

private:
    fs::path m_path;
};

/// Moves @p staged to @p target; a model of that name that was there before goes only afterwards.
Result<void> replaceFolder(const fs::path &staged, const fs::path &target)
{
    std::error_code failed;
    const fs::path old = target.parent_path() / ("." + target.filename().string() + ".old");
    fs::remove_all(old, failed);
    const bool existed = fs::exists(target, failed);
    if (existed) {
        fs::rename(target, old, failed);
        if (failed)
            return cannotWrite(target, failed);
    }
    fs::rename(staged, target, failed);
    if (failed) {
        std::error_code ignored;
        if (existed)
            fs::rename(old, target, ignored);
        return cannotWrite(target, failed);
    }
    fs::remove_all(old, failed);
    return {};
}

/// Copies @p manifestFile and the named files of @p filesFrom to the user's models as @p name.
Result<InstalledModel> installFiles(const std::string &name, const fs::path &manifestFile,
                                    const ModelManifest &manifest, const fs::path &filesFrom,
                                    const std::vector<fs::path> &extraFiles)
{
    const StagingFolder staging(name);
    std::error_code failed;
    fs::create_directories(staging.path(), failed);
    if (failed)
        return cannotWrite(staging.path(), failed);
    std::vector<std::pair<fs::path, std::string>> copies{{manifestFile, "model.json"}};
    for (const ModelFile &file : manifest.files)
        copies.emplace_back(filesFrom / file.name, file.name);
    for (const fs::path &extra : extraFiles)
        copies.emplace_back(extra, extra.filename().string());
    for (const auto &[from, to] : copies) {
        if (!fs::exists(from, failed))
            return Error(ErrorCode::FileNotFound, {{"path", from.string()}});
        if (!fs::copy_file(from, staging.path() / to, fs::copy_options::overwrite_existing, failed))
            return cannotWrite(staging.path() / to, failed);
        fs::permissions(staging.path() / to, fs::perms::owner_write, fs::perm_options::add, failed);
    }
    if (Result<InstalledModel> copied = readInstalledModel(staging.path()); !copied)
        return copied.error();
    const fs::path target = userModelDirectory() / name;
    if (Result<void> moved = replaceFolder(staging.path(), target); !moved)
        return moved.error();
    return readInstalledModel(target);
}

bool isModelName(const std::string &name)
{
    return !name.empty() && !name.starts_with(".") && fs::path(name).filename() == fs::path(name);
}

/// Texts that belong beside the weights.
std::vector<fs::path> accompanyingTexts(const fs::path &folder, const ModelManifest &manifest)
{
    std::vector<fs::path> texts;
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        const std::string name = at->path().filename().string();
        const bool isText = name.starts_with("LICENSE") || name.starts_with("LICENCE") || name.starts_with("README")
            || name == "card.md";
        const bool named = std::any_of(manifest.files.begin(), manifest.files.end(),
                                       [&](const ModelFile &file) { return file.name == name; });
        if (isText && !named && at->is_regular_file(failed))
            texts.push_back(at->path());
    }
    return texts;
}

/// @param givenName  empty: the manifest's or the folder's
Result<InstalledModel> installFolder(const fs::path &folder, const std::string &givenName = {})
{
    Result<ModelManifest> manifest = readModelManifest(folder);
    if (!manifest)
        return manifest.error();
    // Checks everything before anything is copied, so that messages name the user's own files.
    Result<InstalledModel> source = readInstalledModel(folder);
    if (!source)
        return source;
    const std::string name = givenName.empty() ? manifest->json.value("name", source->name) : givenName;
    if (!isModelName(name))
        return Error(ErrorCode::ManifestField, {{"path", (folder / "model.json").string()},
                                                {"name", "name"},
                                                {"expected", "a name that can be a folder's"},
                                                {"found", "'" + name + "'"}});
    return installFiles(name, folder / "model.json", *manifest, folder, accompanyingTexts(folder, *manifest));
}

Result<InstalledModel> installKnown(const KnownModel &model, const fs::path &networkFile)
{
    // The user may have renamed the weights; the manifest's name is the one that is installed.
    const fs::path folder = networkFile.parent_path();
    const ModelFile &network = *model.manifest.fileOfRole("network");
    if (networkFile.filename() == network.name)
        return installFiles(model.name, model.manifestFile, model.manifest, folder, {});
    const StagingFolder renamed(model.name + "-renamed");
    std::error_code failed;
    fs::create_directories(renamed.path(), failed);
    for (const ModelFile &file : model.manifest.files) {
        const fs::path from = file == network ? networkFile : folder / file.name;
        if (!fs::exists(from, failed))
            return Error(ErrorCode::FileNotFound, {{"path", from.string()}});
        fs::copy_file(from, renamed.path() / file.name, failed);
        if (failed)
            return cannotWrite(renamed.path() / file.name, failed);
    }
    return installFiles(model.name, model.manifestFile, model.manifest, renamed.path(), {});
}

Result<std::vector<InstalledModel>> installKnownFilesOf(const fs::path &folder)
{
    const std::vector<KnownModel> known = knownModels();
    std::map<std::string, fs::path> found; // name → weights
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        if (!at->is_regular_file(failed))
            continue;
        const Result<std::string> digest = sha256OfFile(at->path());
        if (!digest)
            return digest.error();
        if (const KnownModel *model = modelWithNetwork(known, *digest))
            found[model->name] = at->path();
    }
    if (found.empty())
        return Error(ErrorCode::NothingToInstall, {{"path", folder.string()}, {"expected", kRequiredFields}});
    std::vector<InstalledModel> models;
    for (const KnownModel &model : known) {
        if (!found.contains(model.name))
            continue;
        Result<InstalledModel> installed = installKnown(model, found[model.name]);
        if (!installed)
            return installed.error();
        models.push_back(*std::move(installed));
    }
    return models;
}

Result<std::vector<InstalledModel>> installFile(const fs::path &file)
{
    const Result<std::string> digest = sha256OfFile(file);
    if (!digest)
        return digest.error();
    const std::vector<KnownModel> known = knownModels();
    const KnownModel *model = modelWithNetwork(known, *digest);
    if (model == nullptr)
        return Error(ErrorCode::UnknownModelFile,
                     {{"path", file.string()}, {"found", *digest}, {"expected", kRequiredFields}});
    Result<InstalledModel> installed = installKnown(*model, file);
    if (!installed)
        return installed.error();
    return std::vector<InstalledModel>{*std::move(installed)};
}

} // namespace

Result<std::vector<InstalledModel>> installModel(const fs::path &path)
{
    std::error_code failed;
    if (!fs::exists(path, failed))
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    const fs::path absolute = fs::canonical(path, failed);
    if (!fs::is_directory(absolute, failed))
        return installFile(absolute);
    if (!fs::exists(absolute / "model.json", failed))
        return installKnownFilesOf(absolute);
    Result<InstalledModel> model = installFolder(absolute);
    if (!model)
        return model.error();
    return std::vector<InstalledModel>{*std::move(model)};
}

Result<InstalledModel> installModelAs(const fs::path &folder, const std::string &name)
{
    std::error_code failed;
    if (!fs::exists(folder / "model.json", failed))
        return Error(ErrorCode::FileNotFound, {{"path", (folder / "model.json").string()}});
    return installFolder(fs::canonical(folder, failed), name);
}

Result<void> removeModel(const std::string &name)
{
    const fs::path folder = userModelDirectory() / name;
    std::error_code failed;
    if (!isModelName(name) || !fs::exists(folder / "model.json", failed)) {
        std::string names;
        for (const InstalledModel &model : installedModels())
            names += model.bundled ? "" : (names.empty() ? "" : ", ") + model.name;
        return Error(ErrorCode::ModelNotFound, {{"found", name}, {"expected", names.empty() ? "none" : names}});
    }
    fs::remove_all(folder, failed);
    if (failed)
        return cannotWrite(folder, failed);
    return {};
}

} // namespace poselift
