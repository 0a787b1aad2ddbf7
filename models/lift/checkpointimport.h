#pragma once

#include "core/base/result.h"
#include "core/io/weightsfile.h"

#include <cstdint>
#include <filesystem>
#include <vector>

namespace poselift {

/// Reads a PyTorch file that holds a plain dictionary name → tensor, as
/// torch.save(dict(state_dict), 'NAME.pt') writes it. Only data is read; nothing in the file is run.
/// An ordinary state_dict (an OrderedDict), a whole checkpoint or a file in PyTorch's old format is
/// refused with the line of Python that makes it readable. Errors: FileNotFound, IsDirectory,
/// CannotRead, WrongFormat, NotFinite.
Result<WeightsFile> importTorchWeights(const std::filesystem::path &path);

/// What the file does not say of a temporal model.
struct TemporalImportOptions
{
    int inFeatures = 2; ///< features per input joint
    bool causal = false;
    std::string inputSkeleton = "h36m17"; ///< whose joints, in its order, are the network's input
    std::string outputSkeleton = "h36m17";
    std::string normalisation = "screen-v1";
    double framesPerSecond = 50.0;
};

/// Checks that @p weights are a temporal model, from the shapes finds filter widths, channels and
/// joints, and stores it all in the attributes. Errors: MissingDataset, WrongShape, WrongFormat,
/// UnknownSkeleton, and BadArgument where the options contradict the shapes.
Result<void> describeTemporalModel(WeightsFile &weights, const TemporalImportOptions &options, const std::filesystem::path &path);

} // namespace poselift
