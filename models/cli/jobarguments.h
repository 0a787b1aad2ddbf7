#pragma once

#include "core/base/error.h"

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace poselift {

/// Reads the arguments of a job; the first that is missing or of the wrong type is kept as a
/// BadArgument error, and so is one that nobody asked for (a misspelt name must not be ignored).
class JobArguments
{
public:
    explicit JobArguments(const nlohmann::json &arguments) : m_arguments(arguments) {}

    std::string text(const char *name);
    std::string text(const char *name, const std::string &fallback);
    int integer(const char *name, int fallback);
    bool flag(const char *name, bool fallback);
    std::vector<int> integers(const char *name);

    /// After the last getter: what was wrong, or nothing.
    std::optional<Error> error() const;

private:
    const nlohmann::json *find(const char *name);
    void fail(const char *name, const char *expected, const std::string &found);

    const nlohmann::json &m_arguments;
    std::vector<std::string> m_known;
    std::optional<Error> m_error;
};

} // namespace poselift
