#pragma once

#include "core/media/framesource.h"
#include "core/pose/project.h"

#include <filesystem>
#include <memory>

namespace poselift {

/// Opens the video of @p project, read from @p projectFile, with its index built, and checks by its frames' times
/// that it is still the same. Reports the stage "index". Errors: CannotRead when it is not where the project
/// says, WrongFormat when it is another one, those of openFrameSource() and buildIndex().
Result<std::unique_ptr<FrameSource>> openProjectMedia(const Project &project, const std::filesystem::path &projectFile,
                                                      const JobContext &job);

} // namespace poselift
