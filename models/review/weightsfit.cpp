#include "models/review/weightsfit.h"

#include <algorithm>

namespace poselift {

void WeightsFit::add(const FrameErrors &errors, const ClipScores &scores)
{
    for (std::size_t frame = 0; frame < errors.wrong.size(); ++frame) {
        Vector row;
        for (std::size_t reason = 0; reason < scores.sums.values.size(); ++reason)
            row[static_cast<Eigen::Index>(reason)] = kScoreStep * scores.sums.values[reason][frame];
        m_products += row * row.transpose();
        m_targets += row * static_cast<double>(errors.wrong[frame]);
    }
}

ReviewWeights WeightsFit::weights() const
{
    // Coordinate descent: each step solves for one weight exactly, so the bound needs no more than a
    // maximum. Six weights converge in far fewer rounds.
    Vector weights = Vector::Zero();
    for (int round = 0; round < 1000; ++round) {
        for (Eigen::Index i = 0; i < weights.size(); ++i) {
            if (m_products(i, i) <= 0)
                continue;
            const double others = m_products.row(i).dot(weights) - m_products(i, i) * weights[i];
            weights[i] = std::max(0.0, (m_targets[i] - others) / m_products(i, i));
        }
    }
    ReviewWeights result;
    for (std::size_t i = 0; i < result.values.size(); ++i)
        result.values[i] = static_cast<float>(weights[static_cast<Eigen::Index>(i)]);
    return result;
}

} // namespace poselift
