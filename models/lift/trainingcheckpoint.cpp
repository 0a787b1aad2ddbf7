#include "models/lift/trainingcheckpoint.h"

#include <nlohmann/json.hpp>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr const char *kFile = "checkpoint.h5";

Result<void> requireSame(const nlohmann::json &attributes, const nlohmann::json &fixed, const std::string &path)
{
    for (const auto &[name, value] : fixed.items()) {
        if (attributes.contains(name) && attributes.at(name) != value)
            return Error(
                ErrorCode::BadArgument,
                {{"name", name}, {"expected", attributes.at(name).dump() + " as in " + path}, {"found", value.dump()}});
    }
    return {};
}

} // namespace

Result<void> writeTrainingCheckpoint(WeightsFile state, const nlohmann::json &fixed, const nlohmann::json &progress,
                                     const fs::path &folder)
{
    for (const nlohmann::json *part : {&fixed, &progress}) {
        for (const auto &[name, value] : part->items())
            state.attributes[name] = value;
    }
    return writeWeights(state, folder / kFile);
}

Result<void>
readTrainingCheckpoint(const fs::path &folder, const nlohmann::json &fixed,
                       const std::function<Result<void>(const WeightsFile &, const std::string &)> &restore,
                       const std::function<void(const nlohmann::json &)> &takeProgress)
{
    const std::string path = (folder / kFile).string();
    const Result<WeightsFile> state = readWeights(path);
    if (!state)
        return state.error();
    if (Result<void> restored = restore(*state, path); !restored)
        return restored;
    try {
        // The finder's trainer once kept them apart.
        const nlohmann::json &attributes =
            state->attributes.contains("run") ? state->attributes.at("run") : state->attributes;
        if (Result<void> same = requireSame(attributes, fixed, path); !same)
            return same;
        takeProgress(attributes);
    } catch (const nlohmann::json::exception &broken) {
        return Error(ErrorCode::WrongFormat,
                     {{"path", path}, {"expected", "a training checkpoint"}, {"found", broken.what()}});
    }
    return {};
}

} // namespace poselift
