#include "core/pose/edit/correctionpatch.h"

#include "core/pose/edit/blockroom.h"
#include "core/pose/edit/effectivepose3d.h"

#include <algorithm>
#include <utility>

namespace poselift {

namespace {

void exchangeBlock(JointTrack &track, JointBlock &block)
{
    std::size_t from = 0;
    for (std::int64_t frame = block.firstFrame; frame <= block.frames().last; ++frame) {
        for (const int joint : block.joints) {
            const auto at = static_cast<std::size_t>((frame - track.firstFrame) * track.jointCount + joint);
            for (std::size_t axis = 0; axis < 3; ++axis)
                std::swap(track.xyz[3 * at + axis], block.xyz[3 * from + axis]);
            std::swap(track.valid[at], block.valid[from]);
            ++from;
        }
    }
}

JointLayer *correctedLayer(Project &project)
{
    const auto found = std::find_if(project.jointLayers.begin(), project.jointLayers.end(),
                                    [](const JointLayer &layer) { return layer.name == kCorrectedLayer; });
    return found != project.jointLayers.end() ? &*found : nullptr;
}

void exchangeCorrections(Project &project, CorrectionPatch &patch)
{
    if (patch.isEmpty())
        return;
    JointLayer *layer = correctedLayer(project);
    const bool isNew = layer == nullptr;
    if (isNew)
        layer = &project.jointLayers.emplace_back(JointLayer{kCorrectedLayer, patch.skeleton, {}, {}});
    if (layer->skeleton.joints != patch.skeleton.joints)
        return;
    std::vector<TrackExtent> before = presentExtents(layer->tracks, patch.blocks);
    for (JointBlock &block : patch.blocks) {
        makeRoom(layer->tracks, patch.skeleton.jointCount(), block);
        exchangeBlock(*findTrack(layer->tracks, block.track), block);
    }
    // Backwards, so that tracks made last are removed first and the others keep their places.
    for (auto extent = patch.extents.rbegin(); extent != patch.extents.rend(); ++extent)
        applyExtent(layer->tracks, patch.skeleton.jointCount(), *extent);
    patch.extents = std::move(before);
    if (patch.removesLayer)
        std::erase_if(project.jointLayers, [](const JointLayer &each) { return each.name == kCorrectedLayer; });
    patch.removesLayer = isNew;
}

template <typename Block>
void addMissing(std::vector<Block> &blocks, const std::vector<Block> &later)
{
    const std::size_t own = blocks.size();
    for (const Block &block : later) {
        const bool known =
            std::any_of(blocks.begin(), blocks.begin() + static_cast<std::ptrdiff_t>(own), [&block](const Block &each) {
                return each.track == block.track && each.frames() == block.frames() && each.joints == block.joints;
            });
        if (!known)
            blocks.push_back(block);
    }
}

void addMissing(std::vector<TrackExtent> &extents, const std::vector<TrackExtent> &later)
{
    for (const TrackExtent &extent : later) {
        const bool known = std::any_of(extents.begin(), extents.end(),
                                       [&extent](const TrackExtent &each) { return each.track == extent.track; });
        if (!known)
            extents.push_back(extent);
    }
}

} // namespace

Joint3D JointBlock::joint(std::int64_t frame, std::size_t column) const
{
    const auto at = static_cast<std::size_t>(frame - firstFrame) * joints.size() + column;
    return {xyz[3 * at], xyz[3 * at + 1], xyz[3 * at + 2], valid[at] != 0};
}

void JointBlock::setJoint(std::int64_t frame, std::size_t column, const Joint3D &joint)
{
    const auto at = static_cast<std::size_t>(frame - firstFrame) * joints.size() + column;
    xyz[3 * at] = static_cast<float>(joint.x);
    xyz[3 * at + 1] = static_cast<float>(joint.y);
    xyz[3 * at + 2] = static_cast<float>(joint.z);
    valid[at] = joint.valid ? 1 : 0;
}

JointBlock readBlock(const JointLayer *corrections, TrackId id, FrameRange frames, std::vector<int> joints)
{
    JointBlock block;
    block.track = id;
    block.firstFrame = frames.first;
    block.joints = std::move(joints);
    const auto values = static_cast<std::size_t>(frames.count()) * block.joints.size();
    block.xyz.resize(3 * values);
    block.valid.resize(values);
    const JointTrack *track = corrections != nullptr ? findTrack(corrections->tracks, id) : nullptr;
    for (std::int64_t frame = frames.first; track != nullptr && frame <= frames.last; ++frame) {
        if (!track->covers(frame))
            continue;
        const Pose3D pose = track->pose(frame);
        for (std::size_t column = 0; column < block.joints.size(); ++column)
            block.setJoint(frame, column, pose[static_cast<std::size_t>(block.joints[column])]);
    }
    return block;
}

void exchange(Project &project, PosePatch &patch)
{
    if (!patch.keypoints.isEmpty())
        exchange(project.tracks, project.skeleton.jointCount(), patch.keypoints);
    exchangeCorrections(project, patch.corrections);
}

void dropUnchanged(const Project &project, CorrectionPatch &patch)
{
    const JointLayer *layer = project.jointLayer(kCorrectedLayer);
    std::erase_if(patch.blocks, [layer](const JointBlock &block) {
        return block.frameCount() == 0 || readBlock(layer, block.track, block.frames(), block.joints) == block;
    });
}

void absorb(PosePatch &patch, const PosePatch &later)
{
    addMissing(patch.keypoints.blocks, later.keypoints.blocks);
    addMissing(patch.keypoints.extents, later.keypoints.extents);
    CorrectionPatch &corrections = patch.corrections;
    const bool isFirst = corrections.isEmpty();
    addMissing(corrections.blocks, later.corrections.blocks);
    addMissing(corrections.extents, later.corrections.extents);
    if (isFirst && !corrections.isEmpty()) {
        corrections.skeleton = later.corrections.skeleton;
        corrections.removesLayer = later.corrections.removesLayer;
    }
}

} // namespace poselift
