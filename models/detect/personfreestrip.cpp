#include "models/detect/personfreestrip.h"

#include "core/pose/posebox.h"
#include "models/detect/choosedetector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>

namespace poselift {

namespace {

constexpr double kAroundPerson = 1.3;
constexpr double kPerhapsAPerson = 0.05;

using Pair = std::array<Box, 2>;

Pair besides(int width, int height, const Box &people)
{
    const double right = people.x + people.width;
    return {Box{0, 0, people.x, double(height)}, Box{right, 0, width - right, double(height)}};
}

Pair aboveAndBelow(int width, int height, const Box &people)
{
    const double bottom = people.y + people.height;
    return {Box{0, 0, double(width), people.y}, Box{0, bottom, double(width), height - bottom}};
}

std::vector<Box> largeOnes(const Pair &strips, double smallestSide)
{
    std::vector<Box> large;
    for (const Box &strip : strips) {
        if (std::min(strip.width, strip.height) >= smallestSide)
            large.push_back(strip);
    }
    std::ranges::sort(large, std::greater(), &Box::area);
    return large;
}

double totalArea(const std::vector<Box> &boxes)
{
    return std::accumulate(boxes.begin(), boxes.end(), 0.0,
                           [](double sum, const Box &box) { return sum + box.area(); });
}

} // namespace

std::vector<Box> personFreeStrips(int width, int height, std::span<const Box> people, double smallestSide)
{
    if (people.empty())
        return {Box{0, 0, double(width), double(height)}};
    double left = width, top = height, right = 0, bottom = 0;
    for (const Box &person : people) {
        left = std::min(left, person.x);
        top = std::min(top, person.y);
        right = std::max(right, person.x + person.width);
        bottom = std::max(bottom, person.y + person.height);
    }
    const Box around{left, top, right - left, bottom - top};
    std::vector<Box> beside = largeOnes(besides(width, height, around), smallestSide);
    std::vector<Box> stacked = largeOnes(aboveAndBelow(width, height, around), smallestSide);
    return totalArea(stacked) > totalArea(beside) ? stacked : beside;
}

Result<std::unique_ptr<BoxNetwork>> loadWaryBoxNetwork()
{
    Result<DetectorManifest> manifest = chooseDetector("boxes", {});
    if (!manifest)
        return manifest.error();
    manifest->decoder.scoreThreshold = kPerhapsAPerson;
    return BoxNetwork::load(*manifest);
}

Result<std::vector<Box>> findPersonFreeStrips(const ImageView &picture, std::span<const Box> known, BoxNetwork &boxes)
{
    const Result<std::vector<PersonDetection>> found = boxes.find(picture);
    if (!found)
        return found.error();
    std::vector<Box> people;
    for (const Box &person : known)
        people.push_back(grown(person, kAroundPerson));
    for (const PersonDetection &person : *found)
        people.push_back(person.box);
    return personFreeStrips(picture.width, picture.height, people, kSmallestStrip);
}

ImageView partOf(const ImageView &picture, const Box &box)
{
    const int x = static_cast<int>(std::ceil(box.x)), y = static_cast<int>(std::ceil(box.y));
    return {picture.data + std::ptrdiff_t(y) * picture.strideBytes + 4 * x,
            static_cast<int>(std::floor(box.x + box.width)) - x, static_cast<int>(std::floor(box.y + box.height)) - y,
            picture.strideBytes};
}

} // namespace poselift
