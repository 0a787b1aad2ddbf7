#include "models/pack/lspdataset.h"

#include "core/io/weightsfile.h"

#include <matio.h>

#include <cstdio>
#include <memory>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kJoints = 14;
constexpr std::size_t kRows = 3; // x, y, labelled

struct MatCloser
{
    void operator()(mat_t *file) const { Mat_Close(file); }
    void operator()(matvar_t *variable) const { Mat_VarFree(variable); }
};

/// The array "joints", column-major [14, 3, N].
Result<std::vector<double>> readJoints(const fs::path &path)
{
    std::error_code failed;
    if (!fs::exists(path, failed))
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    const std::unique_ptr<mat_t, MatCloser> file(Mat_Open(path.c_str(), MAT_ACC_RDONLY));
    if (!file)
        return Error(ErrorCode::CannotRead, {{"path", path.string()}, {"detail", "it is not a MATLAB file"}});
    const std::unique_ptr<matvar_t, MatCloser> joints(Mat_VarRead(file.get(), "joints"));
    if (!joints)
        return Error(ErrorCode::MissingDataset, {{"path", path.string()}, {"name", "joints"}});
    std::vector<std::int64_t> shape;
    for (int i = 0; i < joints->rank; ++i)
        shape.push_back(static_cast<std::int64_t>(joints->dims[i]));
    if (joints->class_type != MAT_C_DOUBLE || shape.size() != 3 || shape[0] != kJoints || shape[1] != kRows) {
        return Error(ErrorCode::WrongShape, {{"path", path.string()},
                                             {"name", "joints"},
                                             {"expected", "[14, 3, N] of doubles"},
                                             {"found", shapeText(shape)}});
    }
    const auto *values = static_cast<const double *>(joints->data);
    return std::vector<double>(values, values + kJoints * kRows * static_cast<std::size_t>(shape[2]));
}

Pose2D poseOf(const double *columns)
{
    Pose2D pose(kJoints);
    for (std::size_t j = 0; j < kJoints; ++j) {
        const bool labelled = columns[2 * kJoints + j] > 0;
        if (labelled)
            pose[j] = {columns[j], columns[kJoints + j], 1.0F, KeypointState::Visible, KeypointOrigin::Detected};
    }
    return pose;
}

} // namespace

Result<std::vector<LspPicture>> readLspExtended(const fs::path &folder)
{
    const Result<std::vector<double>> joints = readJoints(folder / "joints.mat");
    if (!joints)
        return joints.error();
    std::vector<LspPicture> pictures;
    const std::size_t count = joints->size() / (kJoints * kRows);
    for (std::size_t i = 0; i < count; ++i) {
        char name[32];
        std::snprintf(name, sizeof name, "im%05zu.jpg", i + 1);
        const fs::path path = folder / "images" / name;
        std::error_code failed;
        if (fs::exists(path, failed))
            pictures.push_back({path, static_cast<int>(i) + 1, poseOf(joints->data() + i * kJoints * kRows)});
    }
    if (pictures.empty())
        return Error(ErrorCode::NoFrames, {{"path", (folder / "images").string()}});
    return pictures;
}

} // namespace poselift
