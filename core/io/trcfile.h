#pragma once

#include "core/base/result.h"

#include <Eigen/Core>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace poselift {

/// Marker trajectories of a TRC file (OpenSim's "Marker (.trc) Files": tab-separated text, five
/// header lines, one line a frame). Metres, in the file's own axes (OpenSim: y up).
struct MarkerTrajectories
{
    double framesPerSecond = 0;
    std::vector<std::string> markers;
    std::vector<int> frameNumbers;                                  ///< [T] the file's first column
    std::vector<double> seconds;                                    ///< [T]
    std::vector<std::vector<std::optional<Eigen::Vector3d>>> positions; ///< [T][marker] m; nullopt where blank

    /// Index of @p marker, or −1.
    int indexOf(const std::string &marker) const;
};

/// Reads units m, cm and mm. Errors: FileNotFound, IsDirectory, CannotRead, WrongFormat (names the line).
Result<MarkerTrajectories> readTrc(const std::filesystem::path &path);

} // namespace poselift
