#pragma once

#include <string>
#include <utility>
#include <vector>

namespace poselift {

/// What went wrong; one enumerator per sentence in errorcodes.inc.h.
enum class ErrorCode {
#define POSELIFT_ERROR(code, text) code,
#include "core/base/errorcodes.inc.h"
#undef POSELIFT_ERROR
};

/// An expected failure: a code, named arguments and, derived from both, an English sentence.
/// Values are copied across threads and, as JSON, across processes. `Cancelled` is an outcome of
/// its own: it is never shown as an error.
class Error
{
public:
    /// Name and value of one placeholder, e.g. {"path", "/tmp/a.mp4"}.
    using Argument = std::pair<std::string, std::string>;

    Error(ErrorCode code, std::vector<Argument> arguments = {})
        : m_code(code), m_arguments(std::move(arguments))
    {
    }

    ErrorCode code() const { return m_code; }
    bool isCancelled() const { return m_code == ErrorCode::Cancelled; }
    const std::vector<Argument> &arguments() const { return m_arguments; }

    /// The English sentence with its placeholders filled in.
    std::string sentence() const;

    friend bool operator==(const Error &, const Error &) = default;

private:
    ErrorCode m_code;
    std::vector<Argument> m_arguments;
};

/// Stable identifier of @p code, used in JSON: "FileNotFound".
const char *errorName(ErrorCode code);
/// The inverse of errorName(); `Internal` for a name that this version does not know.
ErrorCode errorCodeFromName(const std::string &name);
/// English sentence with its placeholders "{name}" unfilled.
const char *errorTemplate(ErrorCode code);
/// Number of codes; codes are 0 … errorCodeCount() − 1.
int errorCodeCount();
/// Replaces every "{name}" in @p text by the argument of that name.
std::string fillPlaceholders(std::string text, const std::vector<Error::Argument> &arguments);

} // namespace poselift
