#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace poselift {

/// People that are shown equally often.
struct PersonGroup
{
    std::vector<std::size_t> people; ///< not empty
    double share = 1.0;              ///< of everything that is shown, in any unit; more than 0
};

/// In which order training shows people: a function of (seed, position) only. Of any stretch of
/// positions every group has its share, and within a group everybody has been shown before anybody
/// is shown again.
class PersonOrder
{
public:
    explicit PersonOrder(std::vector<PersonGroup> groups);

    std::size_t at(std::uint64_t seed, std::int64_t position) const;

private:
    std::vector<PersonGroup> m_groups;
    std::vector<std::uint64_t> m_firstSlot; ///< [groups + 1] of the slots of a block
};

} // namespace poselift
