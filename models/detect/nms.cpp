#include "models/detect/nms.h"

#include <algorithm>
#include <numeric>

namespace poselift {

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
