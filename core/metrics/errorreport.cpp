#include "core/metrics/errorreport.h"

#include "core/metrics/jointmetrics.h"

#include <nlohmann/json.hpp>

#include <array>
#include <numeric>

namespace poselift {

namespace {

struct NamedMetric
{
    const char *name;
    MetricSum PoseErrors::*sum;
};

constexpr std::array kMetrics{
    NamedMetric{"mpjpe", &PoseErrors::mpjpe},
    NamedMetric{"p_mpjpe", &PoseErrors::procrustesMpjpe},
    NamedMetric{"n_mpjpe", &PoseErrors::normalizedMpjpe},
    NamedMetric{"mpjve", &PoseErrors::mpjve},
};

nlohmann::json means(const PoseErrors &errors, double scale)
{
    nlohmann::json result;
    for (const NamedMetric &metric : kMetrics)
        result[metric.name] = (errors.*metric.sum).mean() * scale;
    result["frames"] = errors.mpjpe.frames;
    return result;
}

nlohmann::json groups(const std::map<std::string, PoseErrors> &byName, double scale)
{
    nlohmann::json result = nlohmann::json::object();
    for (const auto &[name, errors] : byName)
        result[name] = means(errors, scale);
    return result;
}

} // namespace

void MetricSum::add(const std::vector<double> &errors, int joints)
{
    perJoint.resize(static_cast<std::size_t>(joints));
    for (std::size_t i = 0; i < errors.size(); ++i)
        perJoint[i % perJoint.size()] += errors[i];
    frames += static_cast<std::int64_t>(errors.size() / perJoint.size());
}

double MetricSum::mean() const
{
    if (frames == 0)
        return 0.0;
    return std::accumulate(perJoint.begin(), perJoint.end(), 0.0) / static_cast<double>(frames)
        / static_cast<double>(perJoint.size());
}

double MetricSum::jointMean(int joint) const
{
    return frames == 0 ? 0.0 : perJoint.at(static_cast<std::size_t>(joint)) / static_cast<double>(frames);
}

ErrorReport::ErrorReport(std::vector<std::string> jointNames) : m_jointNames(std::move(jointNames)) {}

void ErrorReport::add(const std::string &action, const std::string &subject, PoseArrayView prediction,
                      PoseArrayView truth)
{
    assert(truth.joints == static_cast<int>(m_jointNames.size()));
    const std::array errors{
        jointErrors(prediction, truth, PoseAlignment::None),
        jointErrors(prediction, truth, PoseAlignment::Procrustes),
        jointErrors(prediction, truth, PoseAlignment::Scale),
        velocityErrors(prediction, truth),
    };
    for (PoseErrors *group : {&m_overall, &m_byAction[action], &m_bySubject[subject]}) {
        for (std::size_t i = 0; i < kMetrics.size(); ++i)
            (group->*kMetrics[i].sum).add(errors[i], truth.joints);
    }
}

std::map<std::string, double> ErrorReport::actionMeans() const
{
    std::map<std::string, double> result;
    for (const NamedMetric &metric : kMetrics) {
        double sum = 0;
        for (const auto &[action, errors] : m_byAction)
            sum += (errors.*metric.sum).mean();
        result[metric.name] = m_byAction.empty() ? 0.0 : sum / static_cast<double>(m_byAction.size());
    }
    return result;
}

nlohmann::json ErrorReport::toJson(double scale) const
{
    nlohmann::json result;
    result["overall"] = means(m_overall, scale);
    for (const auto &[name, value] : actionMeans())
        result["mean_of_actions"][name] = value * scale;
    result["by_action"] = groups(m_byAction, scale);
    result["by_subject"] = groups(m_bySubject, scale);
    for (std::size_t j = 0; j < m_jointNames.size(); ++j) {
        for (const NamedMetric &metric : kMetrics)
            result["by_joint"][m_jointNames[j]][metric.name]
                = (m_overall.*metric.sum).jointMean(static_cast<int>(j)) * scale;
    }
    return result;
}

} // namespace poselift
