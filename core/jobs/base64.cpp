#include "core/jobs/base64.h"

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

namespace poselift {

namespace {

static_assert(std::endian::native == std::endian::little, "values travel as they lie in memory");

constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t kNoDigit = 255;

constexpr std::array<std::uint8_t, 256> digitValues()
{
    std::array<std::uint8_t, 256> values{};
    values.fill(kNoDigit);
    for (std::uint8_t i = 0; i < 64; ++i)
        values[static_cast<std::uint8_t>(kDigits[i])] = i;
    return values;
}

Error notFloats(const std::string &text)
{
    return Error(ErrorCode::ProtocolMessage,
                 {{"expected", "float32 values in base64"}, {"found", std::to_string(text.size()) + " characters"}});
}

std::size_t paddingOf(const std::string &text)
{
    return text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
}

} // namespace

std::string toBase64(std::span<const float> values)
{
    const auto bytes = std::as_bytes(values);
    const auto byteAt = [bytes](std::size_t i) {
        return i < bytes.size() ? std::to_integer<std::uint32_t>(bytes[i]) : 0U;
    };
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::uint32_t group = byteAt(i) << 16U | byteAt(i + 1) << 8U | byteAt(i + 2);
        for (const unsigned shift : {18U, 12U, 6U, 0U})
            text.push_back(kDigits[group >> shift & 63U]);
    }
    for (std::size_t i = 0; i < (3 - bytes.size() % 3) % 3; ++i)
        text[text.size() - 1 - i] = '=';
    return text;
}

Result<std::vector<float>> floatsFromBase64(const std::string &text)
{
    static constexpr std::array<std::uint8_t, 256> kValues = digitValues();
    const std::size_t padding = paddingOf(text);
    if (text.size() % 4 != 0 || (text.size() / 4 * 3 - padding) % sizeof(float) != 0)
        return notFloats(text);
    std::vector<std::uint8_t> bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        std::uint32_t group = 0;
        for (std::size_t j = i; j < i + 4; ++j) {
            const bool isPadding = j >= text.size() - padding;
            const std::uint8_t value = isPadding ? 0 : kValues[static_cast<std::uint8_t>(text[j])];
            if (value == kNoDigit)
                return notFloats(text);
            group = group << 6U | value;
        }
        for (const unsigned shift : {16U, 8U, 0U})
            bytes.push_back(static_cast<std::uint8_t>(group >> shift & 255U));
    }
    std::vector<float> values((bytes.size() - padding) / sizeof(float));
    if (!values.empty())
        std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
    return values;
}

} // namespace poselift
