#pragma once

#include "core/geometry/procrustes.h"

#include <cassert>
#include <cstddef>
#include <span>

namespace poselift {

/// Borrowed view of T poses of J joints, contiguous [T, J, 3]. Any unit; results have the same.
struct PoseArrayView
{
    std::span<const double> values;
    int joints = 0; ///< J

    std::size_t frames() const { return joints > 0 ? values.size() / (3 * static_cast<std::size_t>(joints)) : 0; }
    PointsView frame(std::size_t t) const
    {
        assert(t < frames());
        return PointsView(values.data() + t * 3 * static_cast<std::size_t>(joints), joints, 3);
    }
};

} // namespace poselift
