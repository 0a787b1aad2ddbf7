#include "models/cli/jobarguments.h"

#include <algorithm>

namespace poselift {

using nlohmann::json;

const json *JobArguments::find(const char *name)
{
    m_known.emplace_back(name);
    const auto found = m_arguments.find(name);
    return found != m_arguments.end() && !found->is_null() ? &*found : nullptr;
}

void JobArguments::fail(const char *name, const char *expected, const std::string &found)
{
    if (!m_error)
        m_error = Error(ErrorCode::BadArgument, {{"name", name}, {"expected", expected}, {"found", found}});
}

std::string JobArguments::text(const char *name)
{
    const json *value = find(name);
    if (value != nullptr && value->is_string() && !value->get<std::string>().empty())
        return value->get<std::string>();
    fail(name, "a text", value != nullptr ? value->dump() : "none");
    return {};
}

std::string JobArguments::text(const char *name, const std::string &fallback)
{
    const json *value = find(name);
    if (value == nullptr || value->is_string())
        return value != nullptr ? value->get<std::string>() : fallback;
    fail(name, "a text", value->dump());
    return fallback;
}

int JobArguments::integer(const char *name, int fallback)
{
    const json *value = find(name);
    if (value == nullptr || value->is_number_integer())
        return value != nullptr ? value->get<int>() : fallback;
    fail(name, "a whole number", value->dump());
    return fallback;
}

bool JobArguments::flag(const char *name, bool fallback)
{
    const json *value = find(name);
    if (value == nullptr || value->is_boolean())
        return value != nullptr ? value->get<bool>() : fallback;
    fail(name, "true or false", value->dump());
    return fallback;
}

std::vector<int> JobArguments::integers(const char *name)
{
    const json *value = find(name);
    if (value == nullptr)
        return {};
    if (value->is_array() && std::all_of(value->begin(), value->end(), [](const json &v) { return v.is_number_integer(); }))
        return value->get<std::vector<int>>();
    fail(name, "a list of whole numbers", value->dump());
    return {};
}

std::optional<Error> JobArguments::error() const
{
    if (m_error)
        return m_error;
    for (const auto &[name, ignored] : m_arguments.items()) {
        if (std::find(m_known.begin(), m_known.end(), name) != m_known.end())
            continue;
        std::string known;
        for (const std::string &one : m_known)
            known += (known.empty() ? "" : ", ") + one;
        return Error(ErrorCode::BadArgument, {{"name", name}, {"expected", "one of " + known}, {"found", "'" + name + "'"}});
    }
    return std::nullopt;
}

} // namespace poselift
