#include "core/media/containercheck.h"

#include <bit>
#include <cstdint>
#include <fstream>
#include <optional>

namespace poselift {

namespace {

// EBML, RFC 8794: identifiers and sizes are numbers whose leading zero bits tell their length.
constexpr std::uint64_t kEbmlHeader = 0x1A45DFA3;
constexpr std::uint64_t kSegment = 0x18538067;

/// Reads a number of 1 to 8 bytes; the length marker stays in it when @p keepMarker.
std::optional<std::uint64_t> readNumber(std::istream &file, bool keepMarker, bool *unknown = nullptr)
{
    const int first = file.get();
    if (first <= 0)
        return std::nullopt;
    const int length = std::countl_zero(static_cast<std::uint8_t>(first)) + 1;
    std::uint64_t number = keepMarker ? static_cast<std::uint64_t>(first) : static_cast<std::uint64_t>(first) & (0xffU >> length);
    for (int i = 1; i < length; ++i) {
        const int next = file.get();
        if (next < 0)
            return std::nullopt;
        number = number << 8 | static_cast<std::uint64_t>(next);
    }
    if (unknown != nullptr) // all value bits set: a live recording without a size
        *unknown = number == (std::uint64_t(1) << (7 * length)) - 1;
    return number;
}

} // namespace

bool isCutMatroska(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    if (readNumber(file, true) != kEbmlHeader)
        return false;
    const auto headerSize = readNumber(file, false);
    if (!headerSize || !file.seekg(static_cast<std::streamoff>(*headerSize), std::ios::cur))
        return false;
    bool unknown = false;
    if (readNumber(file, true) != kSegment)
        return false;
    const auto segmentSize = readNumber(file, false, &unknown);
    if (!segmentSize || unknown)
        return false;
    const auto begin = static_cast<std::uint64_t>(file.tellg());
    std::error_code error;
    const std::uint64_t size = std::filesystem::file_size(path, error);
    return !error && begin + *segmentSize > size;
}

} // namespace poselift
