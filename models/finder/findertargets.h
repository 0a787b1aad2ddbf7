#pragma once

#include "models/finder/finderpack.h"

#include <span>
#include <vector>

namespace poselift {

/// Input pixels a cell of the finder's maps.
inline constexpr int kFinderStride = 8;

/// What the finder should say about one picture: maps of rows × columns cells, row-major. Cell (r,
/// c) has its centre at input pixel ((c + 0.5) · stride, (r + 0.5) · stride).
struct FinderTargets
{
    int columns = 0;
    int rows = 0;
    std::vector<float>
        centre; ///< [rows, columns] 1 in the cell of a person's centre, falling off around
    std::vector<float> look;  ///< [rows, columns] 0 where the loss of the centre map does not look
    std::vector<float> shape; ///< [4, rows, columns] centre minus cell, x and y, in cells; log of
                              ///< width and height in cells
    std::vector<float> shapeWeight; ///< [rows, columns] 0 away from people
};

/// @param people  boxes in input pixels; centres outside the input are left out
/// The fall-off is a Gaussian whose deviation is 0.09 of the box's sides (Liu et al., TTFNet, AAAI
/// 2020); the shape is taught where it is above 0.5.
FinderTargets makeFinderTargets(std::span<const MarkedBox> people, int width, int height);

} // namespace poselift
