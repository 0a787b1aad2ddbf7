#pragma once

#include <string>
#include <vector>

namespace poselift {

struct BenchOptions
{
    bool json = false;  ///< one JSON object a line instead of a table for people
    bool quick = false; ///< less work, noisier figures: proves that the bench runs
    std::string data;   ///< motion capture (HDF5); queue: empty: procedural figures
    std::string group = "val"; ///< of @ref data
    bool fit = false;   ///< queue: fit the weights instead of measuring
    std::string input;  ///< video or folder to measure on (empty: the bench makes its own), finetune: lifter, train: step
};

/// Prints one figure on standard output, as
/// {"bench":"lift","metric":"frames_per_s","value":1.0,"unit":"1/s"} or as a line for people.
void reportMetric(const BenchOptions &options, const std::string &bench, const std::string &metric,
                  double value, const std::string &unit);

/// The value below which @p percent of @p values lie, linear between neighbours; 0 without values.
double percentile(std::vector<double> values, double percent);

/// A bench is one file, models/cli/bench_<name>.cpp: it measures, calls reportMetric() and returns
/// an exit code. Declare it here and add a row to the table in cmd_bench.cpp.
int benchDetect(const BenchOptions &options); ///< in builds with video
int benchFinetune(const BenchOptions &options);
int benchFinetuneDetector(const BenchOptions &options); ///< in builds with video
int benchLift(const BenchOptions &options);
int benchMatmul(const BenchOptions &options);
int benchQueue(const BenchOptions &options);
int benchTrain(const BenchOptions &options);
int benchSeek(const BenchOptions &options); ///< in builds with video

} // namespace poselift
