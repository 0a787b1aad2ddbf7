#pragma once

#include <algorithm>
#include <vector>

namespace poselift {

/// Appends @p value unless it is there.
template <typename T>
void insertOnce(std::vector<T> &values, const T &value)
{
    if (std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(value);
}

} // namespace poselift
