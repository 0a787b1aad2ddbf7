#pragma once

#include "core/base/result.h"
#include "core/io/hdf5util.h"
#include "core/io/projectsnapshot.h"

namespace poselift {

/// Refuses a project that could not be read back: arrays whose sizes do not fit their joint count,
/// a layer name or track id twice. Errors: BadArgument.
Result<void> checkProject(const ProjectSnapshot &project);

/// Writes @p project, which checkProject() accepts, into the new HDF5 file @p file as
/// core/io/FORMAT.md says, and releases its arrays one after another. @p path is for messages.
Result<void> writeProjectContent(ProjectSnapshot &project, hid_t file, const std::string &path);

} // namespace poselift
