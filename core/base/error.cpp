#include "core/base/error.h"

#include <array>
#include <string_view>

namespace poselift {

namespace {

struct Entry
{
    const char *name;
    const char *text;
};

constexpr std::array kEntries{
#define POSELIFT_ERROR(code, text) Entry{#code, text},
#include "core/base/errorcodes.inc.h"
#undef POSELIFT_ERROR
};

const Entry &entryOf(ErrorCode code)
{
    return kEntries.at(static_cast<std::size_t>(code));
}

} // namespace

std::string Error::sentence() const
{
    return fillPlaceholders(errorTemplate(m_code), m_arguments);
}

const char *errorName(ErrorCode code)
{
    return entryOf(code).name;
}

ErrorCode errorCodeFromName(const std::string &name)
{
    for (std::size_t i = 0; i < kEntries.size(); ++i) {
        if (name == kEntries[i].name)
            return static_cast<ErrorCode>(i);
    }
    return ErrorCode::Internal;
}

const char *errorTemplate(ErrorCode code)
{
    return entryOf(code).text;
}

int errorCodeCount()
{
    return static_cast<int>(kEntries.size());
}

std::string fillPlaceholders(std::string text, const std::vector<Error::Argument> &arguments)
{
    std::string filled;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t close = text[at] == '{' ? text.find('}', at) : std::string::npos;
        bool replaced = false;
        if (close != std::string::npos) {
            const std::string_view name(text.data() + at + 1, close - at - 1);
            for (const auto &[key, value] : arguments) {
                if (key != name)
                    continue;
                filled += value;
                at = close + 1;
                replaced = true;
                break;
            }
        }
        if (!replaced)
            filled += text[at++];
    }
    return filled;
}

} // namespace poselift
