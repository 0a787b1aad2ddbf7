#pragma once

#include "core/io/mocapfile.h"

#include <cstdint>

namespace poselift {

/// Motion capture of which only some takes count as having 3D.
struct LabelledTakes
{
    MocapData labelled;
    MocapData unlabelled;
    int labelledTakes = 0;
    int takes = 0;
};

/// Draws whole takes until their share of all takes is at least @p share, at least one; the same
/// seed always gives the same ones. Sequences that were cut from one take ("NAME_s0", "NAME_s1", …)
/// stay together. With share ≥ 1 nothing is unlabelled.
LabelledTakes splitByLabels(const MocapData &data, double share, std::uint64_t seed);

} // namespace poselift
