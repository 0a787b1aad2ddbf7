#include "models/registry.h"

#include "core/base/paths.h"
#include "models/detectormanifest.h"
#include "models/manifest.h"

#include <algorithm>
#include <set>

namespace poselift {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> modelFoldersIn(const fs::path &root)
{
    std::vector<fs::path> folders;
    std::error_code failed;
    for (fs::directory_iterator at(root, failed), end; !failed && at != end; at.increment(failed)) {
        const bool hidden = at->path().filename().string().starts_with("."); // an installation in progress
        if (!hidden && fs::exists(at->path() / "model.json", failed))
            folders.push_back(at->path());
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

} // namespace

Result<InstalledModel> readInstalledModel(const fs::path &folder)
{
    Result<ModelManifest> manifest = readModelManifest(folder);
    if (!manifest)
        return manifest.error();
    if (manifest->kind != "lifter") {
        if (Result<DetectorManifest> detector = parseDetectorManifest(*manifest, folder); !detector)
            return detector.error();
    }
    if (Result<void> files = checkModelFiles(*manifest, folder); !files)
        return files.error();
    InstalledModel model;
    model.name = folder.has_filename() ? folder.filename().string() : folder.parent_path().filename().string();
    model.kind = manifest->kind;
    model.title = manifest->title;
    model.licence = manifest->licence;
    model.folder = folder;
    return model;
}

std::vector<InstalledModel> installedModels(std::vector<Error> *problems)
{
    std::vector<InstalledModel> models;
    std::set<std::string> names;
    const fs::path bundled = resourceDirectory() / "models";
    for (const fs::path &root : modelSearchPath()) {
        for (const fs::path &folder : modelFoldersIn(root)) {
            Result<InstalledModel> model = readInstalledModel(folder);
            if (!model) {
                if (problems != nullptr)
                    problems->push_back(model.error());
                continue;
            }
            model->bundled = root == bundled;
            if (names.insert(model->name).second)
                models.push_back(*std::move(model));
        }
    }
    return models;
}

} // namespace poselift
