#pragma once

#include "core/base/result.h"

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace poselift {

/// Parts of a body's surface that are drawn or left out as a whole.
enum class MeshLayer : std::uint8_t
{
    Body,
    Eyes,
    Hair,  ///< long hair around the head; may be empty
    Skirt, ///< may be empty
};
inline constexpr std::size_t kMeshLayers = 4;

/// One bone of the rig in the rest pose.
struct RigBone
{
    std::string name;     ///< without "mixamorig:": "LeftForeArm"
    int parent = -1;      ///< index of a bone before this one; -1 for the first
    Eigen::Vector3f head; ///< m, the joint that the bone turns about
    Eigen::Vector3f tail;
};

struct SkinWeight
{
    std::uint16_t bone = 0;
    float weight = 0.0F;
};

using MeshTriangle = std::array<std::uint32_t, 3>;

/// A body with a rig in its rest pose: metres, y up, it faces +z, its left side is at +x.
struct BodyMesh
{
    std::vector<Eigen::Vector3f> vertices;
    std::array<std::vector<MeshTriangle>, kMeshLayers> layers; ///< counter-clockwise seen from outside
    std::vector<RigBone> bones;                                ///< parents first
    std::vector<SkinWeight> weights;                           ///< of vertex i: [weightOffset[i], weightOffset[i + 1])
    std::vector<std::uint32_t> weightOffset;                   ///< [vertices + 1]; a vertex's weights sum to 1
    std::vector<std::uint16_t> mainBone;                       ///< [vertices] bone with the highest weight

    std::uint32_t headTop = 0; ///< landmarks on the head: vertices
    std::uint32_t nose = 0;
    std::array<std::uint32_t, 2> eyes{}; ///< left, right: the front of the eyeball
    std::array<std::uint32_t, 2> ears{}; ///< left, right

    /// Index of the bone @p name, or -1.
    int boneIndex(std::string_view name) const;
};

/// Reads the MakeHuman base mesh with the rig of Mixamo from a folder with base.obj (groups body,
/// helper-l-eye, helper-r-eye, helper-hair, helper-skirt and the cubes that mark joints),
/// rig.mixamo.json and weights.mixamo.json (the data folder of MPFB2, CC0). The face's landmarks
/// are found on the mesh: the highest, the foremost and the outermost vertices of the head.
/// Errors: FileNotFound, CannotRead, WrongFormat (what is missing, where).
Result<BodyMesh> readBodyMesh(const std::filesystem::path &folder);

} // namespace poselift
