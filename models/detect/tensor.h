#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace poselift {

/// Borrowed output of a network: contiguous floats in row-major order.
struct Tensor
{
    std::string name;
    std::vector<int> shape;
    const float *data = nullptr;

    std::size_t size() const
    {
        std::size_t count = data != nullptr ? 1 : 0;
        for (const int extent : shape)
            count *= static_cast<std::size_t>(extent);
        return count;
    }
    int extent(std::size_t axis) const { return axis < shape.size() ? shape[axis] : 1; }
    std::span<const float> values() const { return {data, size()}; }
};

/// "1x17x48x48", for messages.
std::string shapeText(const std::vector<int> &shape);

/// Keypoint as a decoder finds it: pixels of the network's input, whose first pixel covers [0, 1).
struct RawKeypoint
{
    double u = 0.0;
    double v = 0.0;
    float score = 0.0F; ///< [0, 1]
};

} // namespace poselift
