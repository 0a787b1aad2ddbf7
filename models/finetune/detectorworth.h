#pragma once

#include "core/base/job.h"
#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <filesystem>
#include <string>

namespace poselift {

/// What fine-tuning a detector is worth to somebody who corrects a few frames of a new clip.
struct DetectorWorthOptions
{
    std::filesystem::path folder; ///< for the clip, the project and the run; made when it is not there
    std::string model;            ///< installed detector of our own; empty: the preferred one
    std::uint32_t seed = 1;       ///< of the person, clothes and room
    int correctedFrames = 30;     ///< spread over the first two thirds of the clip
    double seconds = 12.0;        ///< length of the clip
    std::string preset = "quick";
    int steps = 0; ///< 0: the preset's
    int threads = 0;
};

struct DetectorWorth
{
    double pixelsBefore = 0.0; ///< mean distance from the exact joints over the last third, which nobody corrected
    double pixelsAfter = 0.0;
    double personPixels = 0.0; ///< mean height of the person's keypoints
    double seconds = 0.0;      ///< wall time of the fine-tuning, the reading of the video included
    nlohmann::json report;     ///< the run's own, on corrected frames that it held out
};

/// Draws a walking figure in clothes, a room and before a camera of its own, corrects some frames to the exact
/// joints, fine-tunes the detector and lets both look at frames after the corrected ones, each time in
/// the box around the true pose. The same options draw the same clip. Errors: those of synthesizeScene(),
/// finetuneDetector() and PersonKeypoints.
Result<DetectorWorth> measureDetectorWorth(const DetectorWorthOptions &options, const JobContext &job);

/// The project of measureDetectorWorth(), FOLDER/clip.poselift beside its video. @return its path.
Result<std::filesystem::path> makeCorrectedClip(const DetectorWorthOptions &options, const JobContext &job);

} // namespace poselift
