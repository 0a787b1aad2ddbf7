#pragma once

#include <vector>

namespace poselift {

/// Minimum-cost assignment of rows to columns (Kuhn 1955, Munkres 1957; shortest augmenting paths).
/// @param cost  [rows · columns], row-major; pairs at or above @p forbidden are never assigned
/// @return column of each row, or −1
std::vector<int> assignMinimumCost(const std::vector<double> &cost, int rows, int columns, double forbidden);

} // namespace poselift
