#include "models/detect/assignment.h"

#include <algorithm>
#include <limits>

namespace poselift {

namespace {

/// Square problem of size n, 1-based as in the usual statement with potentials u, v.
/// @return row of each column
std::vector<int> solveSquare(const std::vector<double> &cost, int n)
{
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    std::vector<double> rowPotential(n + 1), columnPotential(n + 1);
    std::vector<int> rowOf(n + 1), previous(n + 1);
    for (int row = 1; row <= n; ++row) {
        std::vector<double> slack(n + 1, kInfinity);
        std::vector<bool> visited(n + 1, false);
        rowOf[0] = row;
        int column = 0;
        do {
            visited[column] = true;
            const int current = rowOf[column];
            double delta = kInfinity;
            int next = 0;
            for (int j = 1; j <= n; ++j) {
                if (visited[j])
                    continue;
                const double reduced = cost[(current - 1) * n + j - 1] - rowPotential[current] - columnPotential[j];
                if (reduced < slack[j]) {
                    slack[j] = reduced;
                    previous[j] = column;
                }
                if (slack[j] < delta) {
                    delta = slack[j];
                    next = j;
                }
            }
            for (int j = 0; j <= n; ++j) {
                if (visited[j]) {
                    rowPotential[rowOf[j]] += delta;
                    columnPotential[j] -= delta;
                } else {
                    slack[j] -= delta;
                }
            }
            column = next;
        } while (rowOf[column] != 0);
        for (; column != 0; column = previous[column])
            rowOf[column] = rowOf[previous[column]];
    }
    return rowOf;
}

} // namespace

std::vector<int> assignMinimumCost(const std::vector<double> &cost, int rows, int columns, double forbidden)
{
    std::vector<int> columnOf(rows, -1);
    if (rows == 0 || columns == 0)
        return columnOf;
    // Padding costs `forbidden`, so that leaving a pair unassigned is never dearer than a bad pair.
    const int n = std::max(rows, columns);
    std::vector<double> square(static_cast<std::size_t>(n) * n, forbidden);
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column)
            square[row * n + column] = std::min(cost[row * columns + column], forbidden);
    const std::vector<int> rowOf = solveSquare(square, n);
    for (int column = 1; column <= columns; ++column) {
        const int row = rowOf[column] - 1;
        if (row >= 0 && row < rows && cost[row * columns + column - 1] < forbidden)
            columnOf[row] = column - 1;
    }
    return columnOf;
}

} // namespace poselift
