#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/media/framesource.h"

#include <filesystem>

namespace poselift {

enum class IndexMethod {
    Automatic,  ///< packet scan where it is proven to equal a full decode, else full decode
    FullDecode, ///< decode every frame
};

/// Lists the frames of the video at @p path; reports stage "index". Opens the file for itself.
/// Errors: Cancelled, NoFrames and those of opening. @p used, when given, says what was done.
Result<FrameIndex> buildVideoIndex(const std::filesystem::path &path, IndexMethod method,
                                   const JobContext &job = {}, IndexMethod *used = nullptr);

} // namespace poselift
