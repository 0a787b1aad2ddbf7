#include "models/train/runfolder.h"

#include "core/io/atomicfile.h"
#include "core/jobs/protocol.h"

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstring>
#include <fstream>

#include <unistd.h>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr const char *kLog = "log.jsonl";

const char *nameOf(RunState state)
{
    switch (state) {
    case RunState::Running:
        return "running";
    case RunState::Finished:
        return "finished";
    case RunState::Cancelled:
        return "cancelled";
    case RunState::Failed:
        break;
    }
    return "failed";
}

Error cannotWrite(const fs::path &path)
{
    return Error(ErrorCode::CannotWrite, {{"path", path.string()}, {"detail", std::strerror(errno)}});
}

/// Whether a run that goes on after @p step steps would not write @p line again.
bool isOlderThan(const nlohmann::json &line, std::int64_t step, bool validated)
{
    const bool isValidation = line.contains("validation");
    const nlohmann::json &place = isValidation ? line.at("validation") : line;
    const std::int64_t at = place.value("step", std::int64_t(0));
    return isValidation && !validated ? at < step : at <= step;
}

} // namespace

Result<void> RunFolder::create() const
{
    std::error_code failed;
    fs::create_directories(m_path, failed);
    if (failed)
        return Error(ErrorCode::CannotWrite, {{"path", m_path.string()}, {"detail", failed.message()}});
    return {};
}

Result<void> RunFolder::writeSettings(const nlohmann::json &settings) const
{
    return replace("settings.json", settings.dump(2) + '\n');
}

Result<void> RunFolder::writeState(RunState state, const Error *error) const
{
    nlohmann::json status{{"state", nameOf(state)}, {"pid", ::getpid()}};
    if (error)
        status["error"] = toJson(*error);
    return replace("status.json", status.dump() + '\n');
}

Result<void> RunFolder::startLog() const
{
    return replace(kLog, {});
}

Result<void> RunFolder::trimLog(std::int64_t step, bool validated) const
{
    std::ifstream file(m_path / kLog);
    std::string kept;
    for (std::string text; std::getline(file, text);) {
        const nlohmann::json line = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
        if (line.is_object() && isOlderThan(line, step, validated))
            kept += text + '\n';
    }
    return replace(kLog, kept);
}

Result<void> RunFolder::appendLog(const nlohmann::json &line) const
{
    if (!m_writes)
        return {};
    errno = 0;
    std::ofstream file(m_path / kLog, std::ios::app);
    file << line.dump() + '\n' << std::flush;
    return file.good() ? Result<void>() : Result<void>(cannotWrite(m_path / kLog));
}

Result<void> RunFolder::replace(const char *name, const std::string &text) const
{
    if (!m_writes)
        return {};
    return replaceFile(m_path / name, [&](const fs::path &temporary) -> Result<void> {
        errno = 0;
        std::ofstream file(temporary, std::ios::binary);
        file << text << std::flush;
        return file.good() ? Result<void>() : Result<void>(cannotWrite(m_path / name));
    });
}

} // namespace poselift
