#pragma once

#include "core/base/job.h"
#include "models/finder/finderpack.h"

#include <filesystem>
#include <string>

namespace poselift {

struct FinderPackOptions
{
    std::filesystem::path lsp; ///< folder of LSP-extended
    int firstPicture = 1;
    int lastPicture = 7200;    ///< the rest is for validation
    std::string teacher;       ///< installed box model that marks everybody else; empty: preferred
    int longSide = 256;        ///< px; larger pictures are shrunk to this
    double certainScore = 0.6; ///< teacher's score from which a box is a person
    double doubtfulScore = 0.3; ///< from here on to certainScore the loss does not look
};

/// The pictures of LSP-extended, shrunk, with a box around the annotated person (the known joints'
/// box, grown by the share of a body beyond its joints) and the teacher's boxes for everybody else.
/// Reports the stage "pack". Errors: those of readLspExtended() and of the teacher, Cancelled.
Result<FinderPack> makeFinderPack(const FinderPackOptions &options, const JobContext &job);

} // namespace poselift
