#pragma once

#include "core/review/reviewslice.h"

#include <Eigen/Core>

#include <array>
#include <span>

namespace poselift {

/// Frames on either side of one that its measures look at.
inline constexpr int kReviewMargin = 16;
/// Distances in frames over which a keypoint's path is looked at.
inline constexpr std::array<int, 4> kMotionLags{1, 2, 4, 8};

/// Plain measures of the keypoints of a slice. Lengths are in percent of the person's height in the
/// picture, so that they compare from person to person and from near to far; NaN where something is
/// missing. Frames nearer than kReviewMargin to the slice's ends are exact only where the track ends
/// there as well.
class SliceMeasures
{
public:
    /// Both must outlive the measures.
    SliceMeasures(const ReviewSlice &slice, const ReviewContext &context);

    const ReviewSlice &slice() const { return m_slice; }
    const ReviewContext &context() const { return m_context; }

    /// Height of the upright person, px: the diagonal of the box of the known keypoints, the median
    /// over ±8 frames, / 0.9 (nose to ankles is 0.9 of the stature: Winter, Biomechanics and Motor
    /// Control of Human Movement, 2009, fig. 4.1). 0 when there are none.
    float heightPx(int index) const { return m_heights[static_cast<std::size_t>(index)]; }
    bool isKnown(int index, int joint) const;

    /// Keypoint to the projection of the first lifter's joint.
    float reprojection(int index, int joint) const;
    /// Between the two lifters' joints, both relative to the mean of their poses; percent of 1.7 m.
    float disagreement(int index, int joint) const;
    /// Bone of the skeleton in the first lifter's pose, m.
    float boneMetres(int index, int bone) const;
    /// Bone in the picture.
    float boneInPicture(int index, int bone) const;
    /// Keypoint to the straight line, in time, between the keypoints kMotionLags[lag] frames before
    /// and after.
    float offPath(int index, int joint, int lag) const;
    /// How much better the pair fits when left and right are exchanged, in [−1, 1]: (distance as it is
    /// − distance exchanged) / (distance as it is + 6 %), to the projected lifted joints, or to both
    /// the keypoints some frames before and those after; the larger of the two.
    float exchangeGain(int index, std::pair<int, int> pair) const;
    /// Between two keypoints of a frame.
    float distance(int index, int jointA, int jointB) const;

private:
    struct Point
    {
        float x = 0;
        float y = 0;
    };

    void measureHeights();
    void projectLifted();
    void compareLifted();
    Eigen::Vector3f apart(int index, int joint) const;
    Point point(int index, int joint) const;
    float percent(int index, float px) const;
    float gainOver(int index, std::pair<int, int> pair, Point left, Point right) const;

    const ReviewSlice &m_slice;
    const ReviewContext &m_context;
    std::vector<float> m_heights;          ///< [T] px
    std::vector<float> m_projected;        ///< [T, J, 2] px; empty without a lifter
    std::vector<Eigen::Vector3f> m_shifts; ///< [T] m, mean difference of the two lifters; empty without two
};

} // namespace poselift
