#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace poselift {

/// Why a keypoint may be wrong. The order is that of arrays by reason.
enum class ReviewReason : std::uint8_t
{
    LowConfidence, ///< the detector is less sure than it usually is of this person, or saw nothing
    Reprojection,  ///< the lifted 3D projects elsewhere
    Disagreement,  ///< two lifters put the joint at different places
    BoneLength,    ///< a bone is longer or shorter than it usually is in this track
    SideSwap,      ///< left and right look exchanged
    Motion,        ///< the keypoint leaves its path for some frames
};
inline constexpr int kReviewReasonCount = 6;

/// "low_confidence", …: for files and benches.
constexpr std::string_view reviewReasonName(ReviewReason reason)
{
    constexpr std::array<std::string_view, kReviewReasonCount> kNames{"low_confidence", "reprojection", "disagreement",
                                                                      "bone_length",    "side_swap",    "motion"};
    return kNames[static_cast<std::size_t>(reason)];
}

/// How much each reason counts. Every score estimates the same thing, how far the keypoint is off,
/// so a frame's score is the weighted sum over reasons and joints.
struct ReviewWeights
{
    /// All alike, fixed before anything was measured. `poselift-cli bench queue --fit --group train` prints
    /// what fits the errors of training takes best.
    std::array<float, kReviewReasonCount> values{0.5F, 0.5F, 0.5F, 0.5F, 0.5F, 0.5F};

    float of(ReviewReason reason) const { return values[static_cast<std::size_t>(reason)]; }
    friend bool operator==(const ReviewWeights &, const ReviewWeights &) = default;
};

} // namespace poselift
