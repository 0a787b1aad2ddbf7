#pragma once

#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

/// Made-up files of a training run (models/train/RUNS.md), for those who read them.
namespace poselift::test {

inline std::string trainingStepLine(int step, int steps)
{
    const double share = static_cast<double>(step) / steps;
    const double mpjpe = 0.05 * std::exp(-3 * share) + 0.01;
    const double bones = 0.03 * std::exp(-2 * share) + 0.002;
    const nlohmann::json line{{"step", step},
                              {"steps", steps},
                              {"epoch", 1 + step / 10},
                              {"epochs", steps / 10},
                              {"loss", mpjpe + bones},
                              {"terms", {{"mpjpe", mpjpe}, {"bone_length", bones}}},
                              {"learning_rate", 0.001},
                              {"frames_per_second", 713.0},
                              {"eta_s", 0.5 * (steps - step)},
                              {"memory_mib", 950.0},
                              {"batch", 64},
                              {"seconds", 0.5 * step}};
    return line.dump() + '\n';
}

inline std::string trainingValidationLine(int step, double score, bool best)
{
    return nlohmann::json{{"validation",
                           {{"epoch", step / 10},
                            {"step", step},
                            {"score", score},
                            {"best", best},
                            {"figures", nlohmann::json::object()}}}}
               .dump()
           + '\n';
}

inline nlohmann::json errorChange(double before, double after, double halfInterval)
{
    return {{"before", before},
            {"after", after},
            {"difference", after - before},
            {"low", after - before - halfInterval},
            {"high", after - before + halfInterval}};
}

/// Wrists get better, the head gets worse, nothing is clear of the knees.
inline nlohmann::json trainingReport(bool isTruth3d, const std::string &model = "fakelift")
{
    const std::string metric = isTruth3d ? "p_mpjpe_mm" : "pixels";
    nlohmann::json joints = nlohmann::json::array();
    const auto add = [&](const char *name, double before, double after, double half) {
        nlohmann::json joint{{"name", name}, {metric, errorChange(before, after, half)}};
        if (isTruth3d)
            joint["mpjpe_mm"] = errorChange(1.4 * before, 1.35 * after, half);
        joints.push_back(joint);
    };
    add("head", 22.0, 25.5, 1.5);
    add("neck", 18.0, 17.1, 0.6);
    for (const char *side : {"left_", "right_"}) {
        const double more = side[0] == 'l' ? 0.0 : 2.5;
        add((side + std::string("shoulder")).c_str(), 25.0 + more, 22.0 + more, 1.0);
        add((side + std::string("elbow")).c_str(), 48.0 + more, 36.0 + more, 3.0);
        add((side + std::string("wrist")).c_str(), 81.0 + more, 52.0 + more, 6.0);
        add((side + std::string("hip")).c_str(), 15.0 + more, 14.8 + more, 0.9);
        add((side + std::string("knee")).c_str(), 38.0 + more, 37.0 + more, 2.5);
        add((side + std::string("ankle")).c_str(), 60.0 + more, 49.0 + more, 5.0);
    }
    nlohmann::json overall{{metric, errorChange(40.1, 33.6, 1.9)}};
    nlohmann::json metrics = nlohmann::json::array({metric});
    if (isTruth3d) {
        overall["mpjpe_mm"] = errorChange(56.1, 45.4, 2.6);
        metrics = {"mpjpe_mm", "p_mpjpe_mm"};
    }
    return {{"model", model},
            {"objective", isTruth3d ? "supervised" : "reprojection"},
            {"truth", isTruth3d ? "3d" : "2d"},
            {"held_out", {{"frames", 120}, {"ranges", {{300, 420}}}}},
            {"metrics", metrics},
            {"overall", overall},
            {"joints", joints},
            {"rehearsal", {{"data", "cmu_mocap.h5"}, {"before_p_mpjpe_mm", 31.6}, {"after_p_mpjpe_mm", 31.9}}},
            {"trained_on", {{"frames", 40}, {"joints", 410}, {"people", {1}}}}};
}

inline void writeText(const std::filesystem::path &path, const std::string &text,
                      std::ios::openmode mode = std::ios::trunc)
{
    std::ofstream(path, std::ios::binary | std::ios::out | mode) << text << std::flush;
}

} // namespace poselift::test
