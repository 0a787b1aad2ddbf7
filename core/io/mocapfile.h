#pragma once

#include "core/base/result.h"
#include "core/pose/skeleton.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace poselift {

/// One take of motion capture as 3D joint positions: metres, right-handed, y up, x/z ground.
struct MocapSequence
{
    std::string name;
    std::string action;
    std::string subject;
    double framesPerSecond = 0.0;
    std::int64_t frames = 0;   ///< T
    std::vector<float> joints; ///< [T, J, 3] in the order of MocapData::skeleton

    const float *frame(std::int64_t t, int jointCount) const { return joints.data() + t * jointCount * 3; }
};

struct MocapData
{
    Skeleton skeleton;
    std::vector<MocapSequence> sequences; ///< by name

    std::int64_t frameCount() const;
};

/// Reads one group ("train", "val") of an HDF5 file of motion capture: GROUP/SEQUENCE/h36m17
/// [T, 17, 3] with the attributes action, subject and fps, and the joint names in the file
/// attribute h36m17_joints. Errors: FileNotFound, WrongFormat, FileTruncated, MissingDataset,
/// WrongShape, NotFinite, UnknownJointOrder.
Result<MocapData> readMocap(const std::filesystem::path &path, const std::string &group);

} // namespace poselift
