#pragma once

#include "core/base/job.h"
#include "core/base/result.h"
#include "models/evaluate/reporttable.h"

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace poselift {

/// What detectors are measured on; a section whose data is not given is left out.
struct DetectorEvaluationOptions
{
    std::vector<std::string> models; ///< keypoint models; empty: all installed that look at one person
    int threads = 0;                 ///< 0: all cores of the process's CPU affinity

    std::filesystem::path lsp; ///< folder of LSP-extended
    int firstPicture = 7201;   ///< of the part that nothing was trained on
    int lastPicture = 8000;
    int robustnessPictures = 200; ///< the first of that part, for rotation, scale and truncation
    int ghostCrops = 200;         ///< person-free pieces of that part

    std::filesystem::path coco;          ///< annotation file, pictures beside it
    std::filesystem::path pose2sim;      ///< folder multiview_pose2sim
    std::filesystem::path sports2d;      ///< video
    std::filesystem::path sports2dBoxes; ///< JSON: person → frame → [x, y, width, height]
};

/// Receives each table as soon as it is ready.
using TableReceiver = std::function<void(const ReportTable &)>;

/// Measures the detectors on everything that @p options names. Errors: those of the data's readers
/// and of the networks, Cancelled.
Result<void> evaluateDetectors(const DetectorEvaluationOptions &options, const TableReceiver &receive,
                               const JobContext &job);

} // namespace poselift
