#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <functional>

namespace poselift {

/// Replaces @p path in one step: @p write makes a new file at the temporary path that it is given
/// (same folder), which is then flushed to the disk and renamed over @p path. When anything fails
/// the temporary file is removed and the old file stays as it was. A failure of @p write is
/// returned as it is; the rest is CannotWrite.
Result<void> replaceFile(const std::filesystem::path &path,
                         const std::function<Result<void>(const std::filesystem::path &temporary)> &write);

} // namespace poselift
