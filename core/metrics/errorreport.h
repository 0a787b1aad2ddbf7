#pragma once

#include "core/metrics/posearray.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace poselift {

/// One metric over a set of frames.
struct MetricSum
{
    std::vector<double> perJoint; ///< [J] sums over frames
    std::int64_t frames = 0;      ///< frames in the sums (T − 1 per sequence for MPJVE)

    void add(const std::vector<double> &errors, int joints);
    /// Mean over frames and joints; 0 when empty.
    double mean() const;
    /// Mean over frames of one joint.
    double jointMean(int joint) const;
};

/// The four errors of a group of frames, frame-weighted. Unit: that of the poses; MPJVE per frame.
struct PoseErrors
{
    MetricSum mpjpe;
    MetricSum procrustesMpjpe;
    MetricSum normalizedMpjpe;
    MetricSum mpjve;
};

/// Collects errors per joint, per action and per subject, sequence by sequence.
class ErrorReport
{
public:
    /// @param jointNames names of the J joints, for JSON
    explicit ErrorReport(std::vector<std::string> jointNames);

    /// Adds the frames of one sequence, in time order, already root-relative.
    void add(const std::string &action, const std::string &subject, PoseArrayView prediction, PoseArrayView truth);

    const std::vector<std::string> &jointNames() const { return m_jointNames; }
    const PoseErrors &overall() const { return m_overall; }
    const std::map<std::string, PoseErrors> &byAction() const { return m_byAction; }
    const std::map<std::string, PoseErrors> &bySubject() const { return m_bySubject; }
    /// Unweighted mean over the actions of each metric: the headline number of Human3.6M papers.
    std::map<std::string, double> actionMeans() const;

    /// Every number times @p scale (1000 for millimetres from metres).
    nlohmann::json toJson(double scale = 1.0) const;

private:
    std::vector<std::string> m_jointNames;
    PoseErrors m_overall;
    std::map<std::string, PoseErrors> m_byAction;
    std::map<std::string, PoseErrors> m_bySubject;
};

} // namespace poselift
