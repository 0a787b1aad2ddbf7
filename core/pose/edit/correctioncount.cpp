#include "core/pose/edit/correctioncount.h"

#include "core/pose/edit/effectivepose3d.h"
#include "core/pose/edit/labelledframes.h"

#include <algorithm>

namespace poselift {

namespace {

std::int64_t keypointsByHand(const KeypointTrack &track, std::int64_t frame)
{
    std::int64_t count = 0;
    for (const Keypoint2D &keypoint : track.pose(frame)) {
        const bool isByHand = keypoint.origin == KeypointOrigin::Corrected || keypoint.origin == KeypointOrigin::From3d;
        count += keypoint.state != KeypointState::Missing && isByHand ? 1 : 0;
    }
    return count;
}

bool hasPoses(const Project &project, const char *layerName)
{
    const JointLayer *layer = project.jointLayer(layerName);
    return layer != nullptr && std::any_of(layer->tracks.begin(), layer->tracks.end(), [](const JointTrack &track) {
               return std::any_of(track.valid.begin(), track.valid.end(),
                                  [](std::uint8_t valid) { return valid != 0; });
           });
}

} // namespace

CorrectionCount countCorrections(const Project &project)
{
    CorrectionCount count;
    for (std::optional<std::int64_t> frame = nextLabelledFrame(project.tracks, -1); frame;
         frame = nextLabelledFrame(project.tracks, *frame)) {
        ++count.frames;
        for (const KeypointTrack &track : project.tracks) {
            const std::int64_t here = keypointsByHand(track, *frame);
            count.keypoints += here;
            if (here > 0 && std::find(count.people.begin(), count.people.end(), track.id) == count.people.end())
                count.people.push_back(track.id);
        }
    }
    std::sort(count.people.begin(), count.people.end());
    count.hasTruth3d = hasPoses(project, "groundtruth") || hasPoses(project, kCorrectedLayer);
    return count;
}

} // namespace poselift
