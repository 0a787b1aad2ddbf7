#include "core/training/trainingreport.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <limits>

namespace poselift {

namespace {

using nlohmann::json;

/// Throws json::exception on a figure that is missing or no number.
ErrorChange changeOf(const json &object)
{
    const auto bound = [&object](const char *name, double unknown) {
        return object.at(name).is_null() ? unknown : object.at(name).get<double>();
    };
    constexpr double kInfinite = std::numeric_limits<double>::infinity();
    return {object.at("before").get<double>(), object.at("after").get<double>(), object.at("difference").get<double>(),
            bound("low", -kInfinite), bound("high", kInfinite)};
}

/// The metrics of @p names that @p object has: a joint may lack one, for which there was no frame.
MetricChanges changesOf(const json &object, const std::vector<std::string> &names)
{
    MetricChanges changes;
    for (const std::string &name : names) {
        if (const auto found = object.find(name); found != object.end() && found->is_object())
            changes[name] = changeOf(*found);
    }
    return changes;
}

void readHeldOut(const json &heldOut, TrainingReport &report)
{
    report.heldOutFrames = heldOut.at("frames").get<std::int64_t>();
    for (const json &range : heldOut.value("ranges", json::array()))
        report.heldOutRanges.emplace_back(range.at(0).get<std::int64_t>(), range.at(1).get<std::int64_t>());
}

void readRehearsal(const json &report, TrainingReport &to)
{
    const auto found = report.find("rehearsal");
    if (found == report.end() || !found->is_object())
        return;
    to.rehearsal.push_back({found->value("data", std::string()), found->at("before_p_mpjpe_mm").get<double>(),
                            found->at("after_p_mpjpe_mm").get<double>()});
}

TrainingReport reportOf(const json &json)
{
    TrainingReport report;
    report.model = json.at("model").get<std::string>();
    report.objective = json.at("objective").get<std::string>();
    report.isTruth3d = json.at("truth").get<std::string>() == "3d";
    readHeldOut(json.at("held_out"), report);
    report.metrics = json.at("metrics").get<std::vector<std::string>>();
    report.overall = changesOf(json.at("overall"), report.metrics);
    for (const auto &joint : json.at("joints"))
        report.joints.push_back({joint.at("name").get<std::string>(), changesOf(joint, report.metrics)});
    readRehearsal(json, report);
    return report;
}

} // namespace

Result<TrainingReport> parseTrainingReport(const json &json, const std::string &path)
{
    try {
        return reportOf(json);
    } catch (const nlohmann::json::exception &broken) {
        return Error(ErrorCode::WrongFormat,
                     {{"path", path}, {"expected", "a report of a training run"}, {"found", broken.what()}});
    }
}

Result<TrainingReport> readTrainingReport(const std::filesystem::path &path)
{
    std::ifstream file(path);
    if (!file)
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    return parseTrainingReport(json::parse(file, nullptr, /*allow_exceptions=*/false), path.string());
}

} // namespace poselift
