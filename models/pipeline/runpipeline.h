#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/pose/track.h"
#include "models/detector.h"
#include "models/lifter.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace poselift {

struct RunOptions
{
    std::filesystem::path video;    ///< video file or folder of pictures
    std::filesystem::path project;  ///< .poselift file to write; one that exists is continued
    std::filesystem::path overlay;  ///< video with the keypoints drawn in; empty: none
    DetectorOptions detector;
    LifterOptions lifter;
    bool lift = true;               ///< false: 2D only
};

struct TrackSummary
{
    TrackId id = 0;
    std::string label;
    std::int64_t firstFrame = 0;
    std::int64_t endFrame = 0;       ///< one past the last
    std::int64_t framesPresent = 0;  ///< with at least one known keypoint
    double meanConfidence = 0.0;     ///< of the known keypoints, [0, 1]
    bool lifted = false;
};

/// What a run did; numbers for people and scripts.
struct RunSummary
{
    std::filesystem::path project;
    std::filesystem::path overlay;     ///< empty when none was written
    std::string detector;
    std::string lifter;                ///< empty when nothing was lifted
    std::int64_t frameCount = 0;       ///< of the video
    std::int64_t framesDetected = 0;   ///< that the detector saw
    std::vector<TrackSummary> tracks;
    std::vector<Error> warnings;
    std::optional<Error> problem;      ///< why the result is partial; nothing when it is complete
    double indexSeconds = 0.0;         ///< wall time of the stages
    double detectSeconds = 0.0;
    double liftSeconds = 0.0;
    double overlaySeconds = 0.0;
};

nlohmann::json toJson(const RunSummary &summary);

/// Video → keypoints and tracks → 3D → project file (and overlay video).
///
/// Everything that can be wrong is looked at before the long work starts: the video, a
/// project that is already there, whether the outputs can be written, and both models. In a project that is
/// already there corrections, camera and corrected 3D stay and only predictions are replaced; people
/// keep their ids (trackids.h). A project of another video is refused.
///
/// A run that is cancelled or meets a broken frame saves what it has: RunSummary::problem says why,
/// and project.meta["partial"] says how far it went. Without a lifter it writes the 2D and warns.
Result<RunSummary> runPipeline(const RunOptions &options, const JobContext &job);

} // namespace poselift
