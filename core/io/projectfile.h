#pragma once

#include "core/base/result.h"
#include "core/io/filesystemcalls.h"
#include "core/pose/project.h"

#include <filesystem>

namespace poselift {

class ProjectSnapshot;

/// Newest format that this program reads and writes (core/io/FORMAT.md). A project that needs no
/// more than an older version is written as that.
inline constexpr int kProjectFormatVersion = 2;

/// Reads a .poselift file (HDF5); never changes it. Errors: FileNotFound, IsDirectory, CannotRead,
/// WrongFormat, FileTruncated, NewerVersion, MissingDataset, WrongShape, NotFinite.
Result<Project> readProject(const std::filesystem::path &path);

/// Writes atomically: new file beside it, fsync, rename; the last three saves are kept as hard
/// links NAME.poselift.1 … .3. On any failure the old file stays and CannotWrite says why
/// (BadArgument, IsDirectory where those apply). SaveNotConfirmed: the new file is in place, but the
/// disk failed when its folder was flushed. Does not change project.saveGeneration; the caller
/// raises it.
Result<void> writeProject(const Project &project, const std::filesystem::path &path);
/// The same through other system calls, for tests.
Result<void> writeProject(const Project &project, const std::filesystem::path &path, const FilesystemCalls &calls);
/// The same for a project that its owner may change meanwhile. A snapshot can be written once.
Result<void> writeProject(ProjectSnapshot &project, const std::filesystem::path &path);

/// A random version-4 UUID.
std::string newUuid();

} // namespace poselift
