#include "widgets/jobs/etaestimate.h"

#include <cmath>

namespace poselift {

namespace {

/// Nothing is said before a stage has run this long: the first guesses are wild.
constexpr double kSettleSeconds = 1.0;
/// The rate follows changes within about this time.
constexpr double kMemorySeconds = 10.0;

} // namespace

void EtaEstimate::add(const std::string &stage, std::int64_t done, std::int64_t total, double nowSeconds)
{
    const bool anew = !m_started || stage != m_stage || done < m_done;
    if (anew) {
        m_started = true;
        m_stage = stage;
        m_firstSeconds = nowSeconds;
        m_unitsPerSecond = 0;
    } else if (nowSeconds > m_lastSeconds) {
        const double elapsed = nowSeconds - m_lastSeconds;
        const double rate = static_cast<double>(done - m_done) / elapsed;
        const double keep = m_unitsPerSecond > 0 ? std::exp(-elapsed / kMemorySeconds) : 0;
        m_unitsPerSecond = keep * m_unitsPerSecond + (1 - keep) * rate;
    } else {
        m_total = total;
        return; // no time went by: the next call brings the units
    }
    m_done = done;
    m_total = total;
    m_lastSeconds = nowSeconds;
}

std::optional<double> EtaEstimate::remainingSeconds() const
{
    if (m_total <= 0 || m_unitsPerSecond <= 0 || m_lastSeconds - m_firstSeconds < kSettleSeconds)
        return std::nullopt;
    return static_cast<double>(m_total - m_done) / m_unitsPerSecond;
}

} // namespace poselift
