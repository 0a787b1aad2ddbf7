#include "models/train/personorder.h"

#include "models/train/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace poselift {

namespace {

// Positions are dealt to the groups in blocks of slots; stepping through a block by its golden
// section spreads every group evenly (Weyl 1916).
constexpr std::uint64_t kSlots = 1024;
constexpr std::uint64_t kStep = 633; // odd: every slot is met once

/// The person at @p position when each round shows everybody once: an affine permutation of the
/// indices, so that no table is needed.
std::size_t inRounds(const std::vector<std::size_t> &people, std::uint64_t seed, std::uint64_t position)
{
    const auto count = static_cast<std::uint64_t>(people.size());
    Random random(seed ^ 0xC0FFEEULL, position / count);
    std::uint64_t factor = 1 + random.next() % count;
    while (std::gcd(factor, count) != 1)
        factor = 1 + factor % count;
    const std::uint64_t offset = random.next() % count;
    return people[static_cast<std::size_t>((factor * (position % count) + offset) % count)];
}

} // namespace

PersonOrder::PersonOrder(std::vector<PersonGroup> groups) : m_groups(std::move(groups)), m_firstSlot{0}
{
    double whole = 0;
    for (const PersonGroup &group : m_groups)
        whole += group.share;
    double sum = 0;
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        sum += m_groups[g].share;
        const auto end = static_cast<std::uint64_t>(std::lround(sum / whole * static_cast<double>(kSlots)));
        const std::uint64_t left = m_groups.size() - 1 - g; // groups that still need a slot
        m_firstSlot.push_back(std::clamp(end, m_firstSlot.back() + 1, kSlots - left));
    }
}

std::size_t PersonOrder::at(std::uint64_t seed, std::int64_t position) const
{
    const auto place = static_cast<std::uint64_t>(position);
    if (m_groups.size() == 1)
        return inRounds(m_groups.front().people, seed, place);
    const std::uint64_t block = place / kSlots;
    const std::uint64_t offset = Random(seed ^ 0xB10CULL, block).next() % kSlots;
    const std::uint64_t slot = (place % kSlots * kStep + offset) % kSlots;
    const auto after = std::upper_bound(m_firstSlot.begin(), m_firstSlot.end(), slot);
    const auto group = static_cast<std::size_t>(after - m_firstSlot.begin()) - 1;
    const std::uint64_t slotsOfGroup = m_firstSlot[group + 1] - m_firstSlot[group];
    return inRounds(m_groups[group].people, seed + group, block * slotsOfGroup + slot - m_firstSlot[group]);
}

} // namespace poselift
