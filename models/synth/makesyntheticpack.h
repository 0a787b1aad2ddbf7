#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "models/synth/personpicture.h"

#include <cstdint>
#include <filesystem>

namespace poselift {

/// A training pack of pictures that nobody had to label.
struct SyntheticPackOptions
{
    std::filesystem::path mesh;        ///< folder, see readBodyMesh()
    std::filesystem::path mocap;       ///< see readMocap(); only the group train is used
    std::filesystem::path backgrounds; ///< folder of LSP-extended; empty: made-up backgrounds
    std::filesystem::path output;      ///< pack
    int lastBackground = 7200;         ///< number of the last picture that may be a background
    int count = 1000;                  ///< pictures
    std::uint64_t seed = 1;
    int threads = 1;
    PersonPictureOptions picture;
};

struct SyntheticPackResult
{
    int people = 0;
    std::int64_t bytes = 0; ///< of the JPEGs
};

/// Draws the pictures and writes them as a pack of people to train on (none to validate on), with
/// the joints of person19. Picture i depends on (seed, i) only. Reports the stage "pack".
/// Errors: those of readBodyMesh(), readMocap(), Backdrop and PersonPictures, BadArgument,
/// CannotWrite, Cancelled.
Result<SyntheticPackResult> makeSyntheticPack(const SyntheticPackOptions &options, const JobContext &job);

} // namespace poselift
