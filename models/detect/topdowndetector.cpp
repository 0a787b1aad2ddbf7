#include "models/detect/topdowndetector.h"

#include "core/pose/posebox.h"
#include "models/detect/posesimilarity.h"

#include <algorithm>

namespace poselift {

namespace {

// Joints below this are not used to place a crop or a box.
constexpr float kPlacingConfidence = 0.2F;
// The crop is looked at again when the person fills it differently than thought.
constexpr double kCropAgreementIou = 0.6;
// A found box that overlaps a hint this much is the same person; the hint, which follows the
// keypoints, is the better crop.
constexpr double kHintCoversIou = 0.4;
// Keypoints end at wrists, ankles and ears; the body goes on.
constexpr double kBodyBeyondKeypoints = 1.15;

} // namespace

std::optional<Box> boxOfPerson(const Pose2D &pose)
{
    const std::optional<Box> box = boxOfPose(pose, kPlacingConfidence);
    return box ? std::optional(grown(*box, kBodyBeyondKeypoints)) : std::nullopt;
}

bool looksLikePerson(const Pose2D &pose, float confidence)
{
    const auto sure = std::count_if(pose.begin(), pose.end(), [confidence](const Keypoint2D &keypoint) {
        return keypoint.isKnown() && keypoint.confidence >= confidence;
    });
    return 2 * sure >= static_cast<long>(pose.size()) - 1;
}

std::vector<PersonDetection> withoutDuplicates(std::vector<PersonDetection> people, const Skeleton &skeleton)
{
    constexpr double kSamePersonOks = 0.65;
    constexpr double kSamePersonIou = 0.75;
    std::stable_sort(people.begin(), people.end(),
                     [](const PersonDetection &a, const PersonDetection &b) { return a.score > b.score; });
    std::vector<PersonDetection> kept;
    for (PersonDetection &person : people) {
        const bool known = std::any_of(kept.begin(), kept.end(), [&](const PersonDetection &other) {
            const double area = std::min(person.box.area(), other.box.area());
            return boxIou(person.box, other.box) > kSamePersonIou
                   || poseOks(person.pose, other.pose, skeleton, area, kPlacingConfidence) > kSamePersonOks;
        });
        if (!known)
            kept.push_back(std::move(person));
    }
    return kept;
}

TopDownDetector::TopDownDetector(std::unique_ptr<KeypointEstimator> keypoints, std::unique_ptr<PersonFinder> finder)
    : m_keypoints(std::move(keypoints)), m_finder(std::move(finder))
{
}

Result<std::vector<Box>> TopDownDetector::findPeople(const ImageView &picture)
{
    return m_finder != nullptr ? m_finder->findBoxes(picture) : std::vector<Box>();
}

Result<std::vector<PersonDetection>>
TopDownDetector::estimatePoses(const ImageView &picture, std::span<const Box> found, std::span<const Box> hints)
{
    std::vector<PersonDetection> people;
    Result<std::vector<Pose2D>> poses = lookAt(picture, candidates(picture, found, hints));
    if (!poses)
        return poses.error();
    for (Pose2D &pose : *poses) {
        const std::optional<Box> box = boxOfPerson(pose);
        if (!box || !looksLikePerson(pose, m_keypoints->personConfidence()))
            continue;
        PersonDetection person;
        person.box = *box;
        person.score = meanConfidence(pose);
        person.pose = std::move(pose);
        people.push_back(std::move(person));
    }
    return withoutDuplicates(std::move(people), skeleton());
}

std::vector<Box> TopDownDetector::candidates(const ImageView &picture, std::span<const Box> found,
                                             std::span<const Box> hints) const
{
    std::vector<Box> boxes(hints.begin(), hints.end());
    for (const Box &box : found) {
        const bool expected = std::any_of(hints.begin(), hints.end(),
                                          [&](const Box &hint) { return boxIou(hint, box) > kHintCoversIou; });
        if (!expected)
            boxes.push_back(box);
    }
    if (boxes.empty() && m_finder == nullptr)
        boxes.push_back({0, 0, double(picture.width), double(picture.height)});
    return boxes;
}

Result<std::vector<Pose2D>> TopDownDetector::lookAt(const ImageView &picture, std::span<const Box> boxes)
{
    std::vector<Crop> crops;
    for (const Box &box : boxes)
        crops.push_back(m_keypoints->cropAround(box));
    Result<std::vector<Pose2D>> poses = m_keypoints->estimateAll(picture, crops);
    if (!poses)
        return poses;
    std::vector<std::size_t> doubtful;
    crops.clear();
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        if (const std::optional<Crop> better = betterCrop((*poses)[i], boxes[i])) {
            doubtful.push_back(i);
            crops.push_back(*better);
        }
    }
    Result<std::vector<Pose2D>> again = m_keypoints->estimateAll(picture, crops);
    if (!again)
        return again;
    for (std::size_t i = 0; i < doubtful.size(); ++i) {
        if (Pose2D &first = (*poses)[doubtful[i]]; meanConfidence((*again)[i]) > meanConfidence(first))
            first = std::move((*again)[i]);
    }
    return poses;
}

std::optional<Crop> TopDownDetector::betterCrop(const Pose2D &pose, const Box &firstBox) const
{
    const std::optional<Box> poseBox = boxOfPerson(pose);
    if (!poseBox)
        return std::nullopt;
    const Crop first = m_keypoints->cropAround(firstBox);
    const Crop second = m_keypoints->cropAround(*poseBox);
    return boxIou(first.source, second.source) > kCropAgreementIou ? std::nullopt : std::optional(second);
}

} // namespace poselift
