#include "core/base/paths.h"
#include "models/cli/doctor/doctorreport.h"
#include "models/registry.h"

#include <hdf5.h>

#include <algorithm>

namespace poselift {

namespace {

void examineHdf5(DoctorReport &report)
{
    unsigned major = 0;
    unsigned minor = 0;
    unsigned release = 0;
    ::H5get_libversion(&major, &minor, &release);
    hbool_t threadSafe = false;
    ::H5is_library_threadsafe(&threadSafe);
    report.add("hdf5", "version", std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release));
    report.add("hdf5", "thread_safe", static_cast<bool>(threadSafe));
}

bool hasKind(const std::vector<InstalledModel> &models, const char *kind)
{
    return std::any_of(models.begin(), models.end(), [kind](const InstalledModel &model) { return model.kind == kind; });
}

void examineModels(DoctorReport &report)
{
    std::vector<Error> problems;
    const std::vector<InstalledModel> models = installedModels(&problems);
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const InstalledModel &model : models)
        list.push_back(model.name + " (" + model.kind + (model.bundled ? ", bundled" : "") + ")");
    report.add("models", "installed", list);
    for (const Error &problem : problems)
        report.warnings.push_back(problem.sentence());
    if (!hasKind(models, "keypoints"))
        report.warnings.push_back(Error(ErrorCode::NoDetector).sentence());
    if (!hasKind(models, "lifter"))
        report.warnings.push_back(Error(ErrorCode::NoLifter, {{"expected", (resourceDirectory() / "models").string()}}).sentence());
}

} // namespace

void examineFiles(DoctorReport &report)
{
    examineHdf5(report);
    report.add("folders", "resources", resourceDirectory().string());
    report.add("folders", "models", userModelDirectory().string());
    examineModels(report);
}

} // namespace poselift
