#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "models/train/poses2d.h"

#include <filesystem>
#include <vector>

namespace poselift {

/// The 2D of all people of projects, corrections over the detection, as an adversarial lifter sees it:
/// 30 poses a second of every track, through the project's camera. No 3D of a project is looked at.
/// Errors: those of readProject(), MissingJoints, NothingToLearn names a project without people or camera,
/// Cancelled.
Result<Poses2D> poses2DOfProjects(const std::vector<std::filesystem::path> &projects, const JobContext &job);

} // namespace poselift
