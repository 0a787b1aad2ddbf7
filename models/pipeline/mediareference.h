#pragma once

#include "core/media/framesource.h"
#include "core/pose/project.h"

#include <filesystem>
#include <string>

namespace poselift {

/// What a project at @p projectFile says of @p source. The path is relative to the project's folder.
MediaReference mediaReference(const FrameSource &source, const FrameIndex &index,
                              const std::filesystem::path &projectFile);

/// Where the video of @p project should be, seen from @p projectFile.
std::filesystem::path mediaPath(const Project &project, const std::filesystem::path &projectFile);

/// The media path of @p project, read from @p from, as it must stand in a project file at @p to.
std::string mediaPathMoved(const Project &project, const std::filesystem::path &from, const std::filesystem::path &to);

} // namespace poselift
