#pragma once

// What the reader and the writer of project files share; the layout itself is core/io/FORMAT.md.

#include <string>
#include <string_view>

namespace poselift::projectlayout {

inline constexpr const char *kFormatName = "poselift-project"; ///< attribute /meta@format

/// Name of the group of a layer or split: '/', '%' and a name of dots only are written as %XX.
inline std::string groupName(std::string_view name)
{
    constexpr const char *kHex = "0123456789ABCDEF";
    const bool dotsOnly = name.find_first_not_of('.') == std::string_view::npos;
    std::string group;
    for (const char c : name) {
        if (c != '/' && c != '%' && !(dotsOnly && c == '.')) {
            group += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        group += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
    return group;
}

/// The inverse of groupName(); text that it would not have written stays as it is.
inline std::string nameOfGroup(std::string_view group)
{
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string name;
    for (std::size_t i = 0; i < group.size(); ++i) {
        const std::size_t high = i + 2 < group.size() ? kHex.find(group[i + 1]) : std::string_view::npos;
        const std::size_t low = i + 2 < group.size() ? kHex.find(group[i + 2]) : std::string_view::npos;
        if (group[i] == '%' && high != std::string_view::npos && low != std::string_view::npos) {
            name += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            name += group[i];
        }
    }
    return name;
}

} // namespace poselift::projectlayout
