#pragma once

#include "core/base/result.h"
#include "core/pose/keypoint.h"
#include "core/pose/skeleton.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace poselift {

/// Which part of a pack a person belongs to. Values are stored in files: never renumber.
enum class PackSplit : std::uint8_t
{
    Train = 0,
    Validation = 1, ///< measured on, never trained on
};

/// One labelled person, or nobody: a piece of a picture and keypoints in it. All coordinates are pixels of the
/// piece (pixel centres at integer + 0.5).
struct PackedPerson
{
    std::string source; ///< picture and person, for messages: "im00001.jpg"
    PackSplit split = PackSplit::Train;
    int width = 0; ///< px of the piece
    int height = 0;
    Box box;                        ///< around the labelled joints; may reach outside the piece
    Pose2D labels;                  ///< [J]; Missing where nobody labelled the joint
    Pose2D teacher;                 ///< [J] of another network, with its confidence; Missing where it has no such joint
    std::vector<std::uint8_t> jpeg; ///< the piece

    /// A piece that shows nobody: neither labels nor teacher know a joint.
    bool isBackground() const;
};

/// Data to train a keypoint network on; models/keypoints/PACK.md describes the file.
struct KeypointPack
{
    Skeleton skeleton;
    std::string description; ///< where the pictures come from, their licence, how they were packed
    std::vector<PackedPerson> people;
};

/// Newest pack format that this program reads and writes.
inline constexpr int kPackVersion = 1;

/// Reads a whole pack. Errors: FileNotFound, IsDirectory, CannotRead, WrongFormat, FileTruncated,
/// NewerVersion, MissingDataset, WrongShape, NotFinite, UnknownJointOrder.
Result<KeypointPack> readKeypointPack(const std::filesystem::path &path);
/// Atomic. Errors: CannotWrite.
Result<void> writeKeypointPack(const KeypointPack &pack, const std::filesystem::path &path);

} // namespace poselift
