#include "models/finder/findertargets.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr double kDeviation = 0.54 / 6;    // of the box's sides
constexpr double kSmallestDeviation = 0.3; // cells
constexpr float kShapeFrom = 0.5F;

/// Box in cells.
struct CellBox
{
    double x, y, width, height; ///< centre and size
};

CellBox inCells(const Box &box)
{
    return {box.centreX() / kFinderStride, box.centreY() / kFinderStride, box.width / kFinderStride,
            box.height / kFinderStride};
}

void addPerson(FinderTargets &targets, const CellBox &person)
{
    const int column = static_cast<int>(std::floor(person.x)),
              row = static_cast<int>(std::floor(person.y));
    if (column < 0 || row < 0 || column >= targets.columns || row >= targets.rows)
        return;
    const double sx = std::max(kDeviation * person.width, kSmallestDeviation);
    const double sy = std::max(kDeviation * person.height, kSmallestDeviation);
    const int reachX = static_cast<int>(std::ceil(3 * sx)),
              reachY = static_cast<int>(std::ceil(3 * sy));
    const std::size_t plane = targets.centre.size();
    for (int r = std::max(0, row - reachY); r <= std::min(targets.rows - 1, row + reachY); ++r) {
        for (int c = std::max(0, column - reachX);
             c <= std::min(targets.columns - 1, column + reachX); ++c) {
            const double dx = c - column, dy = r - row;
            const auto value =
                static_cast<float>(std::exp(-dx * dx / (2 * sx * sx) - dy * dy / (2 * sy * sy)));
            const std::size_t cell = static_cast<std::size_t>(r) * targets.columns + c;
            targets.look[cell] = value > 0.1F ? 1.0F : targets.look[cell];
            targets.centre[cell] = std::max(targets.centre[cell], value);
            if (value < kShapeFrom)
                continue;
            // The caller adds small people last, so that they keep their cells.
            targets.shape[cell] = static_cast<float>(person.x - c - 0.5);
            targets.shape[plane + cell] = static_cast<float>(person.y - r - 0.5);
            targets.shape[2 * plane + cell] =
                static_cast<float>(std::log(std::max(person.width, 0.1)));
            targets.shape[3 * plane + cell] =
                static_cast<float>(std::log(std::max(person.height, 0.1)));
            targets.shapeWeight[cell] = value;
        }
    }
}

/// The loss of the centre map does not look inside @p box.
void hide(FinderTargets &targets, const Box &box)
{
    const int left = std::max(0, static_cast<int>(box.x / kFinderStride));
    const int top = std::max(0, static_cast<int>(box.y / kFinderStride));
    const int right =
        std::min(targets.columns - 1, static_cast<int>((box.x + box.width) / kFinderStride));
    const int bottom =
        std::min(targets.rows - 1, static_cast<int>((box.y + box.height) / kFinderStride));
    for (int r = top; r <= bottom; ++r)
        for (int c = left; c <= right; ++c)
            targets.look[static_cast<std::size_t>(r) * targets.columns + c] = 0.0F;
}

} // namespace

FinderTargets makeFinderTargets(std::span<const MarkedBox> people, int width, int height)
{
    FinderTargets targets;
    targets.columns = width / kFinderStride;
    targets.rows = height / kFinderStride;
    const std::size_t plane =
        static_cast<std::size_t>(targets.columns) * static_cast<std::size_t>(targets.rows);
    targets.centre.assign(plane, 0.0F);
    targets.look.assign(plane, 1.0F);
    targets.shape.assign(4 * plane, 0.0F);
    targets.shapeWeight.assign(plane, 0.0F);
    std::vector<MarkedBox> bySize(people.begin(), people.end());
    std::stable_sort(bySize.begin(), bySize.end(), [](const MarkedBox &a, const MarkedBox &b) {
        return a.box.area() > b.box.area();
    });
    for (const MarkedBox &person : bySize)
        if (!person.certain)
            hide(targets, person.box);
    for (const MarkedBox &person : bySize)
        if (person.certain)
            addPerson(targets, inCells(person.box));
    return targets;
}

} // namespace poselift
