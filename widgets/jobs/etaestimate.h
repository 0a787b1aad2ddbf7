#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace poselift {

/// Guesses how long a stage of a job still takes from how fast it went of late. Pure arithmetic:
/// the caller brings the clock.
class EtaEstimate
{
public:
    /// @param nowSeconds any steady clock. A new @p stage, or work that went backwards, starts anew.
    void add(const std::string &stage, std::int64_t done, std::int64_t total, double nowSeconds);
    /// Seconds from the last add(); nothing while the total is unknown or too little was seen.
    std::optional<double> remainingSeconds() const;

private:
    std::string m_stage;
    std::int64_t m_done = 0;
    std::int64_t m_total = 0;
    double m_lastSeconds = 0;
    double m_firstSeconds = 0;
    double m_unitsPerSecond = 0;
    bool m_started = false;
};

} // namespace poselift
