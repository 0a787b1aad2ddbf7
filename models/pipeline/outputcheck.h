#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace poselift {

/// Makes sure, before hours of work, that a file can be made at @p path: its folder exists and lets
/// us write. Changes nothing. CannotWrite, IsDirectory.
Result<void> checkCanWrite(const std::filesystem::path &path);

} // namespace poselift
