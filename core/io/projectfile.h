#pragma once

#include "core/base/result.h"
#include "core/pose/project.h"

#include <filesystem>

namespace poselift {

/// Newest format that this program reads and writes (core/io/FORMAT.md).
inline constexpr int kProjectFormatVersion = 1;

/// Reads a .poselift file (HDF5). Errors: FileNotFound, WrongFormat, FileTruncated, NewerVersion,
/// MissingDataset, WrongShape.
Result<Project> readProject(const std::filesystem::path &path);

/// Writes atomically: new file beside it, fsync, rename; the last three saves are kept as hard
/// links NAME.poselift.1 … .3. On any failure the old file stays and CannotWrite says why.
/// Does not change project.saveGeneration; the caller raises it.
Result<void> writeProject(const Project &project, const std::filesystem::path &path);

/// A random version-4 UUID.
std::string newUuid();

} // namespace poselift
