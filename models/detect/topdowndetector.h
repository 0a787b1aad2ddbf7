#pragma once

#include "models/detect/keypointestimator.h"
#include "models/detect/personfinder.h"
#include "models/detector.h"

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace poselift {

/// Top-down detection: a finder proposes people, tracks propose more (hints), and the keypoint
/// estimator looks at a crop around each.
class TopDownDetector : public Detector2D
{
public:
    /// @param finder  may be null: then the hints, or else the whole picture, are looked at
    TopDownDetector(std::unique_ptr<KeypointEstimator> keypoints, std::unique_ptr<PersonFinder> finder);

    const std::string &name() const override { return m_keypoints->name(); }
    const Skeleton &skeleton() const override { return m_keypoints->skeleton(); }
    Result<std::vector<Box>> findPeople(const ImageView &picture) override;
    Result<std::vector<PersonDetection>> estimatePoses(const ImageView &picture, std::span<const Box> found,
                                                       std::span<const Box> hints) override;

private:
    /// Boxes to look at: the hints, and the found boxes that no hint covers; without a box network
    /// and hints the whole picture.
    std::vector<Box> candidates(const ImageView &picture, std::span<const Box> found, std::span<const Box> hints) const;
    /// The pose in each box; in a better fitting crop where the pose fills the first one differently.
    Result<std::vector<Pose2D>> lookAt(const ImageView &picture, std::span<const Box> boxes);
    /// The crop of @p pose when it is another one than that of @p firstBox.
    std::optional<Crop> betterCrop(const Pose2D &pose, const Box &firstBox) const;

    std::unique_ptr<KeypointEstimator> m_keypoints;
    std::unique_ptr<PersonFinder> m_finder;
};

/// The box in which the person with these keypoints is looked at, px: around the sure ones and a little
/// beyond. Nothing for fewer than two.
std::optional<Box> boxOfPerson(const Pose2D &pose);

/// A pose that shows a person at all: half of its joints have @p confidence or more.
bool looksLikePerson(const Pose2D &pose, float confidence);

/// Drops people that are the same as a better one (OKS or overlap); keeps the order by score.
std::vector<PersonDetection> withoutDuplicates(std::vector<PersonDetection> people, const Skeleton &skeleton);

} // namespace poselift
