#include "models/detect/nms.h"

#include <algorithm>
#include <numeric>

namespace poselift {

double boxIou(const Box &a, const Box &b)
{
    const double width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const double height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    if (width <= 0 || height <= 0)
        return 0;
    const double shared = width * height;
    return shared / (a.area() + b.area() - shared);
}

std::vector<int> keptByNms(const std::vector<Box> &boxes, const std::vector<float> &scores, double maximumIou)
{
    std::vector<int> order(boxes.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return scores[a] > scores[b]; });
    std::vector<int> kept;
    for (const int candidate : order) {
        const bool covered = std::any_of(kept.begin(), kept.end(), [&](int other) {
            return boxIou(boxes[candidate], boxes[other]) > maximumIou;
        });
        if (!covered)
            kept.push_back(candidate);
    }
    return kept;
}

} // namespace poselift
