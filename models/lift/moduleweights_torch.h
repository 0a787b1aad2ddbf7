#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/base/result.h"
#include "core/io/weightsfile.h"

#include <torch/torch.h>

#include <string>

namespace poselift {

/// Copies weights into the parameters and buffers of @p module by name. Every parameter and buffer
/// must be there with its exact shape (num_batches_tracked may be missing), and nothing that the
/// module does not have. @p path is for messages. Errors: MissingDataset, WrongShape, WrongFormat.
Result<void> loadWeights(torch::nn::Module &module, const WeightsFile &weights, const std::string &path);

/// Parameters and buffers of @p module by name, as the published state_dict names them.
std::map<std::string, WeightArray> weightsOf(const torch::nn::Module &module);

/// float32 copy of @p tensor.
WeightArray toWeightArray(const torch::Tensor &tensor);
/// float32 CPU tensor that owns its values.
torch::Tensor toTensor(const WeightArray &array);

} // namespace poselift
