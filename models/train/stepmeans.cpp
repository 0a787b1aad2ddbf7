#include "models/train/stepmeans.h"

namespace poselift {

void StepMeans::add(const StepOutcome &outcome, int frames, double seconds)
{
    ++m_steps;
    m_loss += outcome.loss;
    if (m_terms.empty())
        m_terms = outcome.terms;
    else
        for (std::size_t i = 0; i < m_terms.size() && i < outcome.terms.size(); ++i)
            m_terms[i].value += outcome.terms[i].value;
    m_frames += frames;
    m_seconds += seconds;
    m_dataSeconds += outcome.dataSeconds;
}

double StepMeans::loss() const
{
    return m_steps > 0 ? m_loss / static_cast<double>(m_steps) : 0;
}

std::vector<LossTerm> StepMeans::terms() const
{
    std::vector<LossTerm> means = m_terms;
    for (LossTerm &term : means)
        term.value /= static_cast<double>(m_steps);
    return means;
}

double StepMeans::framesPerSecond() const
{
    return m_seconds > 0 ? m_frames / m_seconds : 0;
}

double StepMeans::dataWaitShare() const
{
    return m_seconds > 0 ? m_dataSeconds / m_seconds : 0;
}

} // namespace poselift
