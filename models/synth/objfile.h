#pragma once

#include "core/base/result.h"

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace poselift {

/// Vertices and the triangles of each group of a Wavefront OBJ file.
struct ObjFile
{
    std::vector<Eigen::Vector3f> vertices;                                   ///< in the file's unit
    std::map<std::string, std::vector<std::array<std::uint32_t, 3>>> groups; ///< polygons as fans
};

/// Reads the records v, g and f; everything else is left out. Errors: FileNotFound, CannotRead,
/// WrongFormat with the line.
Result<ObjFile> readObjFile(const std::filesystem::path &path);

} // namespace poselift
