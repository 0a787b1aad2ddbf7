#pragma once

#include <hdf5.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

/// Writes a small file of motion capture as the training reads it: @p sequences takes in each of
/// the groups train and val, a figure that swings its limbs on the spot and turns, h36m17, 60 fps.
inline void writeTestMocap(const std::filesystem::path &path, int sequences, int frames)
{
    constexpr int kJoints = 17;
    static const char *const kNames[kJoints]{
        "root", "right_hip", "right_knee", "right_foot", "left_hip", "left_knee", "left_foot", "spine", "thorax",
        "neck_base", "head", "left_shoulder", "left_elbow", "left_wrist", "right_shoulder", "right_elbow", "right_wrist"};
    static const float kRest[kJoints][3]{
        {0, 0.95F, 0}, {-0.1F, 0.95F, 0}, {-0.1F, 0.5F, 0}, {-0.1F, 0.08F, 0}, {0.1F, 0.95F, 0}, {0.1F, 0.5F, 0},
        {0.1F, 0.08F, 0}, {0, 1.15F, 0}, {0, 1.4F, 0}, {0, 1.55F, 0.05F}, {0, 1.68F, 0.03F}, {0.18F, 1.4F, 0},
        {0.22F, 1.12F, 0}, {0.24F, 0.88F, 0}, {-0.18F, 1.4F, 0}, {-0.22F, 1.12F, 0}, {-0.24F, 0.88F, 0}};

    const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    const hid_t text = H5Tcopy(H5T_C_S1);
    H5Tset_size(text, H5T_VARIABLE);
    const auto writeTexts = [&](hid_t object, const char *name, const char *const *values, hsize_t count, bool scalar) {
        const hid_t space = scalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr);
        const hid_t attribute = H5Acreate2(object, name, text, space, H5P_DEFAULT, H5P_DEFAULT);
        H5Awrite(attribute, text, values);
        H5Aclose(attribute);
        H5Sclose(space);
    };
    writeTexts(file, "h36m17_joints", kNames, kJoints, false);
    for (const char *group : {"train", "val"}) {
        const hid_t part = H5Gcreate2(file, group, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
        for (int s = 0; s < sequences; ++s) {
            const hid_t take = H5Gcreate2(part, ("take" + std::to_string(s)).c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
            std::vector<float> joints;
            for (int t = 0; t < frames; ++t) {
                const float phase = 0.1F * static_cast<float>(t) + static_cast<float>(s);
                const float turn = 0.02F * static_cast<float>(t);
                for (int j = 0; j < kJoints; ++j) {
                    const float swing = 0.3F * std::sin(phase) * (1.4F - kRest[j][1]) * (j % 2 == 0 ? 1.0F : -1.0F);
                    const float x = kRest[j][0];
                    const float z = kRest[j][2] + (j == 0 ? 0.0F : swing);
                    joints.insert(joints.end(), {x * std::cos(turn) + z * std::sin(turn), kRest[j][1],
                                                 z * std::cos(turn) - x * std::sin(turn)});
                }
            }
            const hsize_t shape[3]{static_cast<hsize_t>(frames), kJoints, 3};
            const hid_t space = H5Screate_simple(3, shape, nullptr);
            const hid_t dataset = H5Dcreate2(take, "h36m17", H5T_NATIVE_FLOAT, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
            H5Dwrite(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, joints.data());
            H5Dclose(dataset);
            H5Sclose(space);
            const char *const action = s % 2 == 0 ? "walking" : "running";
            const char *const subject = "01";
            writeTexts(take, "action", &action, 1, true);
            writeTexts(take, "subject", &subject, 1, true);
            const double rate = 60;
            const hid_t scalar = H5Screate(H5S_SCALAR);
            const hid_t attribute = H5Acreate2(take, "fps", H5T_NATIVE_DOUBLE, scalar, H5P_DEFAULT, H5P_DEFAULT);
            H5Awrite(attribute, H5T_NATIVE_DOUBLE, &rate);
            H5Aclose(attribute);
            H5Sclose(scalar);
            H5Gclose(take);
        }
        H5Gclose(part);
    }
    H5Tclose(text);
    H5Fclose(file);
}
