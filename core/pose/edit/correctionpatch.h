#pragma once

#include "core/pose/edit/framerange.h"
#include "core/pose/edit/keypointpatch.h"
#include "core/pose/project.h"

#include <vector>

namespace poselift {

/// 3D corrections of some joints of one track over consecutive frames; J' = joints.size().
struct JointBlock
{
    TrackId track = 0;
    std::int64_t firstFrame = 0;
    std::vector<int> joints;         ///< indices in the patch's skeleton, each once
    std::vector<float> xyz;          ///< [T, J', 3] m, camera frame
    std::vector<std::uint8_t> valid; ///< [T, J'] 0: no correction

    std::int64_t frameCount() const
    {
        return joints.empty() ? 0 : static_cast<std::int64_t>(valid.size() / joints.size());
    }
    FrameRange frames() const { return {firstFrame, firstFrame + frameCount() - 1}; }
    Joint3D joint(std::int64_t frame, std::size_t column) const;
    void setJoint(std::int64_t frame, std::size_t column, const Joint3D &joint);
    friend bool operator==(const JointBlock &, const JointBlock &) = default;
};

/// The other side of an edit of the layer kCorrectedLayer: values to exchange with its own. The
/// layer is made when there is none.
struct CorrectionPatch
{
    Skeleton skeleton; ///< of the layer; a project whose layer has other joints is left alone
    std::vector<JointBlock> blocks;
    std::vector<TrackExtent> extents; ///< as in KeypointPatch
    bool removesLayer = false;        ///< exchanging takes the layer away again

    bool isEmpty() const { return blocks.empty(); }
    friend bool operator==(const CorrectionPatch &, const CorrectionPatch &) = default;
};

/// The other side of any edit of a pose: keypoints of the annotation and the 3D corrections that go
/// with them.
struct PosePatch
{
    KeypointPatch keypoints;
    CorrectionPatch corrections;

    PosePatch() = default;
    PosePatch(KeypointPatch keypointsOnly) : keypoints(std::move(keypointsOnly)) {}
    PosePatch(KeypointPatch keypointPart, CorrectionPatch correctionPart)
        : keypoints(std::move(keypointPart)), corrections(std::move(correctionPart))
    {
    }

    bool isEmpty() const { return keypoints.isEmpty() && corrections.isEmpty(); }
    friend bool operator==(const PosePatch &, const PosePatch &) = default;
};

/// The present corrections of @p joints of track @p id; invalid joints where there are none.
JointBlock readBlock(const JointLayer *corrections, TrackId id, FrameRange frames, std::vector<int> joints);

/// Exchanges the values of @p patch with those of @p project. Doing it twice changes nothing,
/// exactly: the layer and tracks that were made or grew for the patch go back as well.
void exchange(Project &project, PosePatch &patch);

/// Drops the blocks that would change nothing.
void dropUnchanged(const Project &project, CorrectionPatch &patch);

/// Adds what @p later holds of keypoints and joints that @p patch has nothing of: with both carried
/// out one after the other, @p patch undoes both at once then.
void absorb(PosePatch &patch, const PosePatch &later);

} // namespace poselift
