#pragma once

#include "core/pose/skeleton.h"

#include <map>

namespace poselift {

/// A resources/skeletons/NAME.json: the skeleton and other names under which the same joints are
/// found in files ("right_foot" for Human3.6M's right ankle, "RKnee" for OpenPose's). Aliases only
/// serve to recognise a joint order (skeletonOfJointNames()); they are never used for mapping,
/// because "left_foot" of another skeleton may be another joint.
struct SkeletonFile
{
    Skeleton skeleton;
    std::map<std::string, std::vector<std::string>> aliases; ///< joint → its other names
};

/// Reads and checks one file. Errors: FileNotFound, IsDirectory, CannotRead, WrongFormat (not
/// JSON), ManifestField with the name of the field, what was expected there and what was found.
Result<SkeletonFile> readSkeletonFile(const std::filesystem::path &path);

/// "a, b, c" for messages; "nothing" when empty.
std::string joined(const std::vector<std::string> &names);

} // namespace poselift
