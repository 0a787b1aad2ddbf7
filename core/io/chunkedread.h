#pragma once

#include "core/io/hdf5util.h"

#include <optional>
#include <span>

namespace poselift::hdf5 {

/// Reads the dataset @p name, of one kind of number as @p memoryType is in memory, into @p to, which is
/// as large as it. Faster than H5Dread(): several threads read the chunks to where they belong and
/// check their sums. Only for datasets as Poselift writes them (chunks of whole rows that go on in the
/// file as they are, Fletcher-32 sums or none).
/// @p path is for messages only.
/// @return nothing when the dataset is laid out otherwise: read it with readRaw(). FileTruncated when a
/// chunk cannot be read or its sum is wrong.
std::optional<Result<void>> readChunks(hid_t file, const std::string &name, hid_t memoryType, std::span<std::byte> to,
                                       const std::string &path);

/// Fletcher's sum as HDF5's filter has it: of big-endian 16-bit words, modulo 65535; an odd last byte
/// counts as the high one ("HDF5 File Format Specification", filter 3; H5_checksum_fletcher32()).
std::uint32_t fletcher32(std::span<const std::byte> bytes);

} // namespace poselift::hdf5
