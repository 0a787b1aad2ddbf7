#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "models/synth/renderer.h"

#include <cstdint>
#include <filesystem>

namespace poselift {

struct SynthOptions
{
    std::filesystem::path video; ///< .mp4 to write; the project is written beside it
    double seconds = 7.0;
    double framesPerSecond = 30.0;
    int people = 2; ///< 1 or 2; the second is there for the middle part
    int width = 640;
    int height = 480;
    std::uint32_t seed = 1;
    std::uint32_t look = 0; ///< seed of other clothes and another room (SceneLook::ofSeed); 0: the usual ones
    double quality = 24.0;  ///< see VideoWriterOptions
};

struct SynthResult
{
    std::filesystem::path video;
    std::filesystem::path project; ///< NAME.poselift: layers groundtruth2d, groundtruth, and as "detected" the truth
    std::int64_t frames = 0;
};

/// Draws a clip of procedural figures and writes it with its exact truth. The same options give the
/// same pictures and numbers. Reports stage "synth". Errors: BadArgument, CannotWrite, Cancelled.
Result<SynthResult> synthesize(const SynthOptions &options, const JobContext &job = {});

/// The same for a given scene: @p options say the file and its quality only.
Result<SynthResult> synthesizeScene(const SyntheticScene &scene, const SceneLook &look, const SynthOptions &options,
                                    const JobContext &job = {});

} // namespace poselift
