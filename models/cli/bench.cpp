#include "models/cli/bench.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

namespace poselift {

void reportMetric(const BenchOptions &options, const std::string &bench, const std::string &metric,
                  double value, const std::string &unit)
{
    if (options.json) {
        const nlohmann::ordered_json line{{"bench", bench}, {"metric", metric}, {"value", value}, {"unit", unit}};
        std::cout << line.dump() << std::endl;
        return;
    }
    char text[256];
    std::snprintf(text, sizeof text, "%-10s %-24s %12.4g %s", bench.c_str(), metric.c_str(), value, unit.c_str());
    std::cout << text << std::endl;
}

double percentile(std::vector<double> values, double percent)
{
    if (values.empty())
        return 0.0;
    std::sort(values.begin(), values.end());
    const double at = std::clamp(percent, 0.0, 100.0) / 100.0 * double(values.size() - 1);
    const auto below = static_cast<std::size_t>(std::floor(at));
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return values[below] + (at - double(below)) * (values[above] - values[below]);
}

} // namespace poselift
