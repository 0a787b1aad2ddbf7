#include "core/training/trainingrun.h"

#include "core/base/paths.h"
#include "core/jobs/protocol.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <fstream>

namespace poselift {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

json readObject(const fs::path &path)
{
    std::ifstream file(path);
    json value = file ? json::parse(file, nullptr, /*allow_exceptions=*/false) : json::object();
    return value.is_object() ? value : json::object();
}

std::string textOf(const json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

TrainingRunState stateOf(const std::string &name)
{
    if (name == "running")
        return TrainingRunState::Running;
    if (name == "finished")
        return TrainingRunState::Finished;
    if (name == "cancelled")
        return TrainingRunState::Cancelled;
    return name == "failed" ? TrainingRunState::Failed : TrainingRunState::Prepared;
}

std::string nowAsId()
{
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    std::array<char, 32> text{};
    const std::size_t length = std::strftime(text.data(), text.size(), "%Y%m%d-%H%M%S", &local);
    return {text.data(), length};
}

/// Without its "-2", "-10", … so that these sort by number.
std::pair<std::string, int> sortKey(const std::string &id)
{
    constexpr std::size_t kTimeLength = 15;
    const int number = id.size() > kTimeLength + 1 ? std::atoi(id.c_str() + kTimeLength + 1) : 1;
    return {id.substr(0, kTimeLength), number};
}

} // namespace

TrainingRun readTrainingRun(const fs::path &folder)
{
    TrainingRun run;
    run.id = folder.filename().string();
    run.folder = folder;
    const json status = readObject(folder / "status.json");
    run.state = stateOf(textOf(status, "state"));
    if (const auto error = status.find("error"); error != status.end() && error->is_object())
        run.error = errorFromJson(*error);
    run.settings = readObject(folder / "settings.json");
    std::error_code failed;
    run.hasCheckpoint = fs::exists(folder / "checkpoint.h5", failed);
    run.hasReport = fs::exists(run.reportPath(), failed);
    run.hasModel = fs::exists(folder / "weights.h5", failed) && fs::exists(folder / "model.json", failed);
    return run;
}

std::vector<TrainingRun> trainingRunsIn(const fs::path &folder)
{
    std::vector<TrainingRun> runs;
    std::error_code failed;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        if (at->is_directory(failed) && !at->path().filename().string().starts_with("."))
            runs.push_back(readTrainingRun(at->path()));
    }
    std::sort(runs.begin(), runs.end(),
              [](const TrainingRun &a, const TrainingRun &b) { return sortKey(a.id) > sortKey(b.id); });
    return runs;
}

fs::path runsFolderBeside(const fs::path &project)
{
    return fs::path(project.string() + ".runs");
}

fs::path runsFolderInState(const std::string &uuid)
{
    return userStateDirectory() / "runs" / uuid;
}

fs::path makeRunFolder(const fs::path &runs)
{
    std::error_code failed;
    fs::create_directories(runs, failed);
    if (failed)
        return {};
    const std::string id = nowAsId();
    for (int number = 1; number < 1000; ++number) {
        const fs::path folder = runs / (number == 1 ? id : id + "-" + std::to_string(number));
        if (fs::create_directory(folder, failed))
            return folder;
        if (failed)
            return {};
    }
    return {};
}

} // namespace poselift
