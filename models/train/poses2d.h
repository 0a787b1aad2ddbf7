#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "models/train/liftingexamples.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace poselift {

/// 2D poses alone: all that an adversarial lifter learns from. There is no place in it for a depth.
/// File (HDF5): poses [N, J, 2] and confidence [N, J], the root attribute "poselift" with "kind":
/// "poses2d", "joints", "normalisation" and "source"; a file with anything else in it is refused.
struct Poses2D
{
    std::vector<std::string> joints;
    std::string normalisation;     ///< of the coordinates: lifterinput.h
    std::vector<float> xy;         ///< [N, J, 2]
    std::vector<float> confidence; ///< [N, J], 0 = missing
    nlohmann::json source;         ///< where they come from, for people

    std::int64_t jointCount() const { return static_cast<std::int64_t>(joints.size()); }
    std::int64_t count() const
    {
        return joints.empty() ? 0 : static_cast<std::int64_t>(confidence.size() / joints.size());
    }
    /// Adds the 2D of features [N, 14, 3] (lifterinput.h), where these are the joints.
    void appendFeatures(std::span<const float> features);
    /// Adds poses of the same joints and normalisation.
    void append(const Poses2D &others);
    /// Index of a joint, or -1.
    std::int64_t indexOf(const std::string &joint) const;
};

/// Errors: those of readWeights(), MissingDataset, WrongShape, WrongFormat.
Result<Poses2D> readPoses2D(const std::filesystem::path &path);
/// Atomic. Errors: CannotWrite.
Result<void> writePoses2D(const Poses2D &poses, const std::filesystem::path &path);

struct Poses2DOptions
{
    std::filesystem::path data; ///< motion capture (HDF5)
    std::string group = "train";
    std::int64_t count = 200000;
    std::uint64_t seed = 1234;
    /// Virtual cameras, bodies and noise; exact poses as seen by upright cameras at eye level and
    /// somewhat above, so that a random projection of elevation [0°, 20°] looks like them.
    LiftingExampleOptions examples = defaultExamples();

    static LiftingExampleOptions defaultExamples();
};

/// What random virtual cameras see of @p mocap: the 2D alone. Errors: Cancelled, BadArgument.
Result<Poses2D> poses2DOf(const MocapData &mocap, const Poses2DOptions &options, const JobContext &job);
} // namespace poselift
