#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "core/media/framesource.h"
#include "models/finetune/correctedpeople.h"
#include "models/finetune/learningblocks.h"
#include "models/keypoints/keypointpack.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace poselift {

/// What a piece serves (LearningBlocks). Values are stored in files: never renumber.
enum class PieceUse : std::uint8_t
{
    Train = 0,
    Validation = 1,
    Report = 2,
};

/// Where a piece comes from.
struct PieceOrigin
{
    std::int64_t frame = 0;
    TrackId track = 0;
    PieceUse use = PieceUse::Train;
    double scale = 1.0; ///< px of the piece a px of the video
    friend bool operator==(const PieceOrigin &, const PieceOrigin &) = default;
};

/// Corrected people, cut out of the video.
struct CorrectedPieces
{
    KeypointPack pack;
    std::vector<PieceOrigin> origins; ///< [people of the pack]

    /// Places in the pack.
    std::vector<std::size_t> ofUse(PieceUse use) const;
};

/// Reads the frames of @p people (as correctedPeople() gives them) and cuts everybody out. Who is in none of
/// the blocks is left out. Reports the stage "read". Errors: those of FrameSource, Cancelled, Internal.
Result<CorrectedPieces> cutCorrectedPieces(FrameSource &source, const std::vector<CorrectedPerson> &people,
                                           const LearningBlocks &blocks, const Skeleton &skeleton,
                                           const JobContext &job);

// A run keeps its pieces (FOLDER/pieces.h5, pieces.json): it can be resumed exactly after the project was
// corrected further, and without the video.

/// Errors: those of writeKeypointPack(), CannotWrite.
Result<void> writeCorrectedPieces(const CorrectedPieces &pieces, const std::filesystem::path &folder);
/// Errors: those of readKeypointPack(), FileNotFound, WrongFormat.
Result<CorrectedPieces> readCorrectedPieces(const std::filesystem::path &folder);

} // namespace poselift
