#pragma once

#include "models/train/trainingtask_torch.h"

#include <cstdint>
#include <vector>

namespace poselift {

/// Means over some steps of a training.
class StepMeans
{
public:
    /// @param frames   examples of the step's batch
    /// @param seconds  that the whole step took
    void add(const StepOutcome &outcome, int frames, double seconds);

    std::int64_t steps() const { return m_steps; }
    double loss() const;                 ///< 0 before the first step
    std::vector<LossTerm> terms() const; ///< empty before the first step
    double framesPerSecond() const;
    double dataWaitShare() const; ///< of the steps' time

private:
    std::int64_t m_steps = 0;
    double m_loss = 0.0; ///< sums, all of them
    std::vector<LossTerm> m_terms;
    double m_frames = 0.0;
    double m_seconds = 0.0;
    double m_dataSeconds = 0.0;
};

} // namespace poselift
