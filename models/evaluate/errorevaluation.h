#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <string>

namespace poselift {

struct ErrorEvaluationOptions
{
    std::filesystem::path pose2sim; ///< folder with pose2sim's takes
    std::string model;              ///< keypoint model; empty: the preferred installed one
    int threads = 0;                ///< 0: all cores of the process's CPU affinity
};

/// Errors of a detector on the four balancing views of pose2sim against the keypoints that OpenPose
/// found there (whose own errors are in the figures), as a file of resources/noise/ holds them, with
/// what they were measured on. Errors: those of the data's readers and of the networks, Cancelled.
Result<nlohmann::json> evaluateErrors(const ErrorEvaluationOptions &options, const JobContext &job);

} // namespace poselift
