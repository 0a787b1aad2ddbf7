#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace poselift {

/// Small fast generator (xoshiro256++, Blackman and Vigna 2019) with the few distributions that
/// training needs. The sequence depends on seed and stream only, on every machine: what a training
/// step draws is a function of (seed, step), so that a resumed run goes on exactly.
class Random
{
public:
    explicit Random(std::uint64_t seed, std::uint64_t stream = 0)
    {
        std::uint64_t state = seed * 0x9E3779B97F4A7C15ULL + stream;
        for (std::uint64_t &word : m_state)
            word = splitMix(state);
    }

    std::uint64_t next()
    {
        const std::uint64_t result = std::rotl(m_state[0] + m_state[3], 23) + m_state[0];
        const std::uint64_t t = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= t;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }

    /// In [0, 1).
    float uniform() { return static_cast<float>(next() >> 40) * 0x1p-24F; }
    float uniform(float from, float to) { return from + (to - from) * uniform(); }
    /// exp of a uniform logarithm; from, to > 0.
    float logUniform(float from, float to) { return std::exp(uniform(std::log(from), std::log(to))); }
    bool chance(float probability) { return uniform() < probability; }
    /// In [0, count).
    int below(int count) { return std::min(static_cast<int>(uniform() * static_cast<float>(count)), count - 1); }
    /// Standard normal (Box and Muller 1958), two at a time.
    float normal()
    {
        if (m_hasSpare) {
            m_hasSpare = false;
            return m_spare;
        }
        const float radius = std::sqrt(-2.0F * std::log(1.0F - uniform()));
        const float angle = 2.0F * std::numbers::pi_v<float> * uniform();
        m_spare = radius * std::sin(angle);
        m_hasSpare = true;
        return radius * std::cos(angle);
    }

private:
    static std::uint64_t splitMix(std::uint64_t &state)
    {
        std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }

    std::uint64_t m_state[4]{};
    float m_spare = 0.0F;
    bool m_hasSpare = false;
};

} // namespace poselift
