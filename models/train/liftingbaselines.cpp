#include "models/train/liftingbaselines.h"

#include <Eigen/Cholesky>

namespace poselift {

namespace {

constexpr int kLifterFeatureCount = kLifterInputJointCount * kLifterInputFeatures;
constexpr double kRidge = 1e-4; ///< per example

} // namespace

LiftingBaselines LiftingBaselines::fit(const LiftingExamples &examples, int count, std::uint64_t seed)
{
    constexpr int kBatch = 1024;
    const int middle = examples.options().windowFrames / 2;
    const Eigen::Index inputs = kLifterFeatureCount + 1;
    const Eigen::Index outputs = examples.targetSize();
    Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(inputs, inputs);
    Eigen::MatrixXd cross = Eigen::MatrixXd::Zero(inputs, outputs);
    std::vector<float> windows(static_cast<std::size_t>(kBatch * examples.inputSize()));
    std::vector<float> targets(static_cast<std::size_t>(kBatch * examples.targetSize()));
    int fitted = 0;
    for (std::uint64_t stream = 0; fitted < count; fitted += kBatch, stream += examples.streamsPerBatch(kBatch)) {
        examples.drawBatch(seed, stream, windows, targets);
        Eigen::MatrixXd x(kBatch, inputs);
        for (int i = 0; i < kBatch; ++i) {
            const float *frame = windows.data() + i * examples.inputSize() + middle * kLifterFeatureCount;
            x.row(i).head(kLifterFeatureCount)
                = Eigen::Map<const Eigen::RowVectorXf>(frame, kLifterFeatureCount).cast<double>();
        }
        x.col(inputs - 1).setOnes();
        using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
        const Eigen::MatrixXd y = Eigen::Map<const RowMajor>(targets.data(), kBatch, outputs).cast<double>();
        gram.noalias() += x.transpose() * x;
        cross.noalias() += x.transpose() * y;
    }
    LiftingBaselines baselines;
    baselines.m_mean = (cross.row(inputs - 1).transpose() / fitted).cast<float>();
    gram.diagonal().array() += kRidge * fitted;
    baselines.m_map = gram.ldlt().solve(cross).transpose().cast<float>();
    return baselines;
}

std::vector<float> LiftingBaselines::meanPose(const EvaluationClip &clip) const
{
    std::vector<float> result;
    for (int t = 0; t < clip.frames; ++t)
        result.insert(result.end(), m_mean.begin(), m_mean.end());
    return result;
}

std::vector<float> LiftingBaselines::linearMap(const EvaluationClip &clip) const
{
    std::vector<float> result(static_cast<std::size_t>(clip.frames * m_map.rows()));
    Eigen::VectorXf x(kLifterFeatureCount + 1);
    x[kLifterFeatureCount] = 1;
    for (int t = 0; t < clip.frames; ++t) {
        x.head(kLifterFeatureCount)
            = Eigen::Map<const Eigen::VectorXf>(clip.input.features.data() + t * kLifterFeatureCount, kLifterFeatureCount);
        Eigen::Map<Eigen::VectorXf>(result.data() + t * m_map.rows(), m_map.rows()) = m_map * x;
    }
    return result;
}

} // namespace poselift
