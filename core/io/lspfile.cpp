#include "core/io/lspfile.h"

#include "core/pose/posebox.h"

#include <matio.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

namespace poselift {

namespace fs = std::filesystem;

namespace {

using MatFile = std::unique_ptr<mat_t, decltype(&Mat_Close)>;
using MatVariable = std::unique_ptr<matvar_t, decltype(&Mat_VarFree)>;

constexpr std::size_t kJoints = 14;

std::string shapeOf(const matvar_t &variable)
{
    std::string text;
    for (int axis = 0; axis < variable.rank; ++axis)
        text += (text.empty() ? "[" : ", ") + std::to_string(variable.dims[axis]);
    return text + "]";
}

/// The array `joints`, column-major [14, 3, N].
Result<std::vector<double>> readJoints(const fs::path &path)
{
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    const MatFile file(Mat_Open(path.c_str(), MAT_ACC_RDONLY), &Mat_Close);
    if (!file)
        return Error(
            ErrorCode::WrongFormat,
            {{"path", path.string()}, {"expected", "a MATLAB file"}, {"found", "something else"}});
    const MatVariable joints(Mat_VarRead(file.get(), "joints"), &Mat_VarFree);
    if (!joints)
        return Error(ErrorCode::MissingDataset, {{"path", path.string()}, {"name", "joints"}});
    const bool shaped = joints->rank == 3 && joints->dims[0] == kJoints && joints->dims[1] == 3;
    if (!shaped || joints->class_type != MAT_C_DOUBLE || joints->data_type != MAT_T_DOUBLE ||
        joints->isComplex != 0)
        return Error(ErrorCode::WrongShape, {{"path", path.string()},
                                             {"name", "joints"},
                                             {"expected", "[14, 3, N] of doubles"},
                                             {"found", shapeOf(*joints)}});
    const auto *values = static_cast<const double *>(joints->data);
    std::vector<double> result(values, values + kJoints * 3 * joints->dims[2]);
    if (!std::all_of(result.begin(), result.end(),
                     [](double value) { return std::isfinite(value); }))
        return Error(ErrorCode::NotFinite, {{"path", path.string()}, {"name", "joints"}});
    return result;
}

/// @param values  [14, 3] column-major: all x, all y, all visibility marks
Pose2D poseOf(const double *values)
{
    constexpr double kFromMatlab = -0.5; // pixel centres at 1, 2, … → 0.5, 1.5, …
    Pose2D pose(kJoints);
    for (std::size_t joint = 0; joint < kJoints; ++joint) {
        if (values[2 * kJoints + joint] < 0.5)
            continue;
        pose[joint].x = values[joint] + kFromMatlab;
        pose[joint].y = values[kJoints + joint] + kFromMatlab;
        pose[joint].confidence = 1.0F;
        pose[joint].state = KeypointState::Visible;
    }
    return pose;
}

fs::path picturePath(const fs::path &folder, int number)
{
    char name[32];
    std::snprintf(name, sizeof name, "im%05d.jpg", number);
    return folder / "images" / name;
}

} // namespace

Result<AnnotatedPictures> readLspExtended(const fs::path &folder, int first, int last)
{
    Result<Skeleton> skeleton = findSkeleton("lsp14");
    if (!skeleton)
        return skeleton.error();
    const Result<std::vector<double>> joints = readJoints(folder / "joints.mat");
    if (!joints)
        return joints.error();
    AnnotatedPictures result{*std::move(skeleton), {}};
    const int count = static_cast<int>(joints->size() / (kJoints * 3));
    for (int number = std::max(first, 1); number <= std::min(last, count); ++number) {
        const fs::path path = picturePath(folder, number);
        std::error_code ignored;
        if (!fs::exists(path, ignored))
            continue;
        AnnotatedPerson person;
        person.pose = poseOf(joints->data() + static_cast<std::size_t>(number - 1) * kJoints * 3);
        person.box = boxOfPose(person.pose, 0.0F).value_or(Box());
        person.area = person.box.area();
        result.pictures.push_back({path, {std::move(person)}});
    }
    return result;
}

} // namespace poselift
