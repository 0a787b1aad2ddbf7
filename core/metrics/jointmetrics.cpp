#include "core/metrics/jointmetrics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace poselift {

namespace {

double mean(std::span<const double> values)
{
    return values.empty() ? 0.0 : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

PointMatrix aligned(const PointsView &prediction, const PointsView &truth, PoseAlignment alignment)
{
    switch (alignment) {
    case PoseAlignment::None:
        break;
    case PoseAlignment::Scale: {
        const double norm2 = prediction.squaredNorm();
        return norm2 > 0 ? PointMatrix(prediction * (prediction.cwiseProduct(truth).sum() / norm2))
                         : PointMatrix(prediction);
    }
    case PoseAlignment::Procrustes:
        return similarityAlignment(prediction, truth).applied(prediction);
    }
    return prediction;
}

} // namespace

std::vector<double> jointErrors(PoseArrayView prediction, PoseArrayView truth, PoseAlignment alignment)
{
    assert(prediction.joints == truth.joints && prediction.values.size() == truth.values.size());
    const std::size_t joints = static_cast<std::size_t>(truth.joints);
    std::vector<double> errors(truth.frames() * joints);
    for (std::size_t t = 0; t < truth.frames(); ++t) {
        Eigen::Map<Eigen::VectorXd> row(errors.data() + t * joints, truth.joints);
        row = (aligned(prediction.frame(t), truth.frame(t), alignment) - truth.frame(t)).rowwise().norm();
    }
    return errors;
}

double mpjpe(PoseArrayView prediction, PoseArrayView truth)
{
    return mean(jointErrors(prediction, truth, PoseAlignment::None));
}

double procrustesMpjpe(PoseArrayView prediction, PoseArrayView truth)
{
    return mean(jointErrors(prediction, truth, PoseAlignment::Procrustes));
}

double normalizedMpjpe(PoseArrayView prediction, PoseArrayView truth)
{
    return mean(jointErrors(prediction, truth, PoseAlignment::Scale));
}

double weightedMpjpe(PoseArrayView prediction, PoseArrayView truth, std::span<const double> frameWeights)
{
    assert(frameWeights.size() == truth.frames());
    std::vector<double> errors = jointErrors(prediction, truth, PoseAlignment::None);
    for (std::size_t i = 0; i < errors.size(); ++i)
        errors[i] *= frameWeights[i / static_cast<std::size_t>(truth.joints)];
    return mean(errors);
}

std::vector<double> velocityErrors(PoseArrayView prediction, PoseArrayView truth)
{
    assert(prediction.joints == truth.joints && prediction.values.size() == truth.values.size());
    const std::size_t joints = static_cast<std::size_t>(truth.joints);
    std::vector<double> errors((std::max<std::size_t>(truth.frames(), 1) - 1) * joints);
    for (std::size_t t = 0; t + 1 < truth.frames(); ++t) {
        Eigen::Map<Eigen::VectorXd> row(errors.data() + t * joints, truth.joints);
        row = ((prediction.frame(t + 1) - prediction.frame(t)) - (truth.frame(t + 1) - truth.frame(t)))
                  .rowwise()
                  .norm();
    }
    return errors;
}

double mpjve(PoseArrayView prediction, PoseArrayView truth)
{
    return mean(velocityErrors(prediction, truth));
}

double pck3d(std::span<const double> errors, double threshold)
{
    const auto below = std::count_if(errors.begin(), errors.end(), [=](double e) { return e < threshold; });
    return errors.empty() ? 0.0 : static_cast<double>(below) / static_cast<double>(errors.size());
}

double pck3dAuc(std::span<const double> errors, double step, double last)
{
    const int steps = static_cast<int>(std::lround(last / step));
    double sum = 0;
    for (int i = 0; i <= steps; ++i)
        sum += pck3d(errors, i * step);
    return sum / (steps + 1);
}

std::vector<double> rootRelative(PoseArrayView poses, int root)
{
    std::vector<double> result(poses.values.begin(), poses.values.end());
    for (std::size_t t = 0; t < poses.frames(); ++t) {
        Eigen::Map<PointMatrix> frame(result.data() + t * 3 * static_cast<std::size_t>(poses.joints), poses.joints, 3);
        frame.rowwise() -= Eigen::RowVector3d(poses.frame(t).row(root));
    }
    return result;
}

} // namespace poselift
