#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <filesystem>

namespace poselift {

enum class RunState
{
    Running,
    Finished,
    Cancelled,
    Failed
};

/// The texts in a training run's folder (RUNS.md): settings, state and log.
class RunFolder
{
public:
    /// @p writes  false: nothing is written (all processes of a training but the first)
    explicit RunFolder(std::filesystem::path path, bool writes = true) : m_path(std::move(path)), m_writes(writes) {}

    const std::filesystem::path &path() const { return m_path; }

    // All of them: CannotWrite.
    Result<void> create() const;
    Result<void> writeSettings(const nlohmann::json &settings) const;
    /// @p error only with RunState::Failed.
    Result<void> writeState(RunState state, const Error *error = nullptr) const;

    Result<void> startLog() const;
    /// Drops the lines that are newer than a checkpoint made after @p step steps, and the half line that
    /// a crash may have left. @p validated: the validation at that step was done.
    Result<void> trimLog(std::int64_t step, bool validated) const;
    /// Adds one line; values that are not finite become null.
    Result<void> appendLog(const nlohmann::json &line) const;

private:
    Result<void> replace(const char *name, const std::string &text) const;

    std::filesystem::path m_path;
    bool m_writes;
};

} // namespace poselift
