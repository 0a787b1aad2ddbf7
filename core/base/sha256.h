#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>

namespace poselift {

/// SHA-256 (FIPS 180-4), incremental.
class Sha256
{
public:
    void add(const void *data, std::size_t size);
    /// Digest as 64 lower-case hexadecimal digits. Call once.
    std::string finish();

private:
    void block(const std::uint8_t *bytes);

    std::array<std::uint32_t, 8> m_state{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, 64> m_pending{};
    std::size_t m_pendingSize = 0;
    std::uint64_t m_totalBytes = 0;
};

/// Digest of a whole file.
Result<std::string> sha256OfFile(const std::filesystem::path &path);

} // namespace poselift
