#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace poselift {

/// What `doctor` found: sections of facts in order, and sentences about what should be changed.
struct DoctorReport
{
    nlohmann::ordered_json sections = nlohmann::ordered_json::object(); ///< section → fact → value
    std::vector<std::string> warnings;

    void add(const char *section, const char *fact, nlohmann::ordered_json value)
    {
        sections[section][fact] = std::move(value);
    }
};

/// LibTorch, BLAS with its measured speed, threads and CPU affinity, GPU.
void examineCompute(DoctorReport &report);
/// HDF5, folders, installed models and lifters.
void examineFiles(DoctorReport &report);
/// FFmpeg with the decoders that people need, OpenCV. Only in builds with video.
void examineMedia(DoctorReport &report);

} // namespace poselift
