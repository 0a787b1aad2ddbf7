#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace poselift {

/// One parameter or buffer of a network, row-major.
struct WeightArray
{
    std::vector<std::int64_t> shape;
    std::vector<float> values;
    friend bool operator==(const WeightArray &, const WeightArray &) = default;
};

/// Parameters by the names of the published state_dict, and the network's options.
/// HDF5: one dataset per name at the root ('.' stays in the name; float32, or float16 when
/// asked), the JSON text of `attributes` in the root attribute "poselift". Datasets in groups are
/// read too, with the name "group/dataset"; a file without the attribute has null attributes.
struct WeightsFile
{
    std::map<std::string, WeightArray> arrays;
    nlohmann::json attributes; ///< architecture options, normalisation, skeleton, training data
};

/// "[64, 34, 3]", for messages.
std::string shapeText(const std::vector<std::int64_t> &shape);

/// Errors: FileNotFound, WrongFormat, FileTruncated, NotFinite.
Result<WeightsFile> readWeights(const std::filesystem::path &path);
/// Atomic. @p halfPrecision stores float16. Errors: CannotWrite (the old file stays), WrongShape,
/// NotFinite (also a value too large for float16).
Result<void> writeWeights(const WeightsFile &weights, const std::filesystem::path &path, bool halfPrecision = false);

} // namespace poselift
