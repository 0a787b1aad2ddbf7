#include "core/pose/edit/patcheffect.h"

#include "core/pose/edit/effectivekeypoints.h"

#include <algorithm>
#include <cmath>

namespace poselift {

PatchEffect effectOf(const Project &project, const KeypointPatch &patch)
{
    PatchEffect effect;
    double sum = 0.0;
    for (const KeypointBlock &block : patch.blocks) {
        const EffectiveKeypoints effective(project, block.track);
        const FrameRange frames = block.frames();
        for (std::int64_t frame = frames.first; frame <= frames.last; ++frame) {
            for (std::size_t column = 0; column < block.joints.size(); ++column) {
                const Keypoint2D before = effective.at(frame, block.joints[column]);
                const Keypoint2D after = block.keypoint(frame, column);
                if (!before.isKnown() || !after.isKnown())
                    continue;
                const double shift = std::hypot(after.x - before.x, after.y - before.y);
                effect.moved += shift > 0.0 ? 1 : 0;
                effect.maxShiftPx = std::max(effect.maxShiftPx, shift);
                sum += shift;
            }
        }
    }
    effect.meanShiftPx = effect.moved > 0 ? sum / static_cast<double>(effect.moved) : 0.0;
    return effect;
}

} // namespace poselift
