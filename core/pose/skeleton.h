#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace poselift {

/// Names and topology of a set of joints. Loaded from resources/skeletons/NAME.json; joints are
/// always found by name, never by an assumed order.
struct Skeleton
{
    std::string name;                          ///< "coco17", "h36m17", …: the file's base name
    std::string title;                         ///< for people: "COCO 17"
    std::vector<std::string> joints;           ///< snake_case, sides as left_/right_
    std::vector<std::pair<int, int>> bones;    ///< (parent, child) indices into joints
    std::vector<std::pair<int, int>> pairs;    ///< (left, right) indices into joints
    std::string root;                          ///< joint name, or a derived joint ("mid_hip")
    std::vector<double> oksSigmas;             ///< per joint, as in COCO; empty where none exist
    std::string source;                        ///< where the order was read

    int jointCount() const { return static_cast<int>(joints.size()); }
    /// Index of the joint @p jointName, or -1.
    int indexOf(std::string_view jointName) const;
    /// Index of the joint on the other side, or @p joint itself for a middle joint.
    int mirrored(int joint) const;
    friend bool operator==(const Skeleton &, const Skeleton &) = default;
};

enum class BodySide { Left, Right, Middle };
/// Side by the name's "left_"/"right_".
BodySide sideOf(std::string_view jointName);

/// Reads one skeleton file; names the field that is wrong.
Result<Skeleton> readSkeleton(const std::filesystem::path &path);
/// The bundled skeleton @p name; UnknownSkeleton lists the known ones.
Result<Skeleton> findSkeleton(const std::string &name);
/// Names of all bundled skeletons, sorted.
std::vector<std::string> skeletonNames();
/// The bundled skeleton with exactly these joint names in this order; UnknownJointOrder names
/// @p path and lists both sides.
Result<Skeleton> skeletonOfJointNames(const std::vector<std::string> &names, const std::string &path);

} // namespace poselift
