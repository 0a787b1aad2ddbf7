#include "models/cli/commands.h"
#include "models/cli/console.h"
#include "models/cli/evaluate_detector.h"
#include "models/cli/evaluate_errors.h"
#include "models/cli/exitcodes.h"
#include "models/trainer.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cstdio>
#include <iostream>
#include <memory>

namespace poselift {

namespace {

constexpr double kMillimetres = 1000.0;

void printRow(const std::string &condition, const std::string &lifter, const PoseErrors &errors)
{
    std::printf("| %-19s | %-14s | %7.1f | %7.1f | %7.1f | %6.2f |\n", condition.c_str(), lifter.c_str(),
                kMillimetres * errors.mpjpe.mean(), kMillimetres * errors.procrustesMpjpe.mean(),
                kMillimetres * errors.normalizedMpjpe.mean(), kMillimetres * errors.mpjve.mean());
}

void printOverall(const std::vector<NamedReport> &reports)
{
    std::printf("| condition           | lifter         |   MPJPE | P-MPJPE | N-MPJPE |  MPJVE |\n"
                "|---|---|---|---|---|---|\n");
    for (const NamedReport &report : reports)
        printRow(report.condition, report.lifter, report.report.overall());
}

/// MPJPE and P-MPJPE of every lifter and condition, one row per group (action or joint).
template <typename Groups, typename Value>
void printGroups(const std::vector<NamedReport> &reports, const char *title, const Groups &groups, Value value)
{
    std::printf("\n| %s |", title);
    for (const NamedReport &report : reports)
        std::printf(" %s, %s |", report.lifter.c_str(), report.condition.c_str());
    std::printf("\n|---|");
    for (std::size_t i = 0; i < reports.size(); ++i)
        std::printf("---|");
    for (std::size_t g = 0; g < groups.size(); ++g) {
        std::printf("\n| %s |", groups[g].c_str());
        for (const NamedReport &report : reports) {
            const auto [mpjpe, procrustes, normalized, velocity] = value(report.report, g);
            std::printf(" %.0f / %.0f / %.0f / %.1f |", kMillimetres * mpjpe, kMillimetres * procrustes,
                        kMillimetres * normalized, kMillimetres * velocity);
        }
    }
    std::printf("\n");
}

void printTables(const std::vector<NamedReport> &reports)
{
    printOverall(reports);
    std::printf("\nMeans over %zu joints, named below.\n", reports.front().report.jointNames().size());
    std::vector<std::string> actions;
    for (const auto &[action, errors] : reports.front().report.byAction())
        actions.push_back(action);
    printGroups(reports, "action (MPJPE / P-MPJPE / N-MPJPE / MPJVE)", actions, [&](const ErrorReport &report, std::size_t g) {
        const PoseErrors &errors = report.byAction().at(actions[g]);
        return std::array{errors.mpjpe.mean(), errors.procrustesMpjpe.mean(), errors.normalizedMpjpe.mean(), errors.mpjve.mean()};
    });
    const std::vector<std::string> &joints = reports.front().report.jointNames();
    printGroups(reports, "joint (MPJPE / P-MPJPE / N-MPJPE / MPJVE)", joints, [](const ErrorReport &report, std::size_t j) {
        const PoseErrors &errors = report.overall();
        const int joint = static_cast<int>(j);
        return std::array{errors.mpjpe.jointMean(joint), errors.procrustesMpjpe.jointMean(joint),
                          errors.normalizedMpjpe.jointMean(joint), errors.mpjve.jointMean(joint)};
    });
}

int evaluate(const LifterEvaluationOptions &options, bool asJson)
{
    const Result<std::vector<NamedReport>> reports = evaluateLifter(options, {});
    if (!reports)
        return reportFailure(reports.error(), asJson);
    if (!asJson) {
        printTables(*reports);
        return kExitOk;
    }
    for (const NamedReport &report : *reports) {
        nlohmann::json json = report.report.toJson(kMillimetres);
        json["lifter"] = report.lifter;
        json["condition"] = report.condition;
        json["unit"] = "mm";
        std::cout << json.dump() << '\n';
    }
    return kExitOk;
}

} // namespace

void addEvaluateCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("evaluate", "Measure a model");
    command->require_subcommand(1);
#ifdef POSELIFT_WITH_VIDEO
    addEvaluateDetectorCommand(*command, exitCode);
    addEvaluateErrorsCommand(*command, exitCode);
#endif
    CLI::App *lifter = command->add_subcommand("lifter", "Measure a lifter on motion capture seen by virtual cameras");
    auto options = std::make_shared<LifterEvaluationOptions>();
    auto asJson = std::make_shared<bool>(false);
    auto noFlip = std::make_shared<bool>(false);
    lifter->add_option("--model", options->model, "Folder with weights.h5")->required();
    lifter->add_option("--data", options->data, "Motion capture (HDF5, groups train and val)")->required();
    lifter->add_option("--group", options->group, "Group to measure on")->capture_default_str();
    lifter->add_option("--threads", options->threads, "0: all cores of the CPU affinity");
    lifter->add_flag("--no-flip", *noFlip, "No averaging with the mirrored input");
    lifter->add_flag("--json", *asJson, "One JSON object a line");
    lifter->callback([options, asJson, noFlip, &exitCode] {
        options->flipAveraging = !*noFlip;
        exitCode = evaluate(*options, *asJson);
    });
}

} // namespace poselift
