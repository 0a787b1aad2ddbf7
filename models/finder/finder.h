#pragma once

#include "core/base/result.h"
#include "models/finder/finderdecode.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace poselift {

/// Sides of the finder's input are multiples of this.
inline constexpr int kFinderInputStep = 32;

/// The person finder on pictures of the right size. Not thread-safe.
class Finder
{
public:
    /// Errors: those of readWeights(), WrongFormat, MissingDataset, WrongShape.
    static Result<std::unique_ptr<Finder>> load(const std::filesystem::path &weights);
    ~Finder();

    /// @param rgb  [height, width, 3]; both sides are multiples of kFinderInputStep
    /// Errors: InferenceFailed.
    Result<std::vector<FoundBox>> find(std::span<const std::uint8_t> rgb, int width, int height,
                                       double threshold);

private:
    struct Private;
    explicit Finder(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace poselift
