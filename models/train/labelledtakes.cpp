#include "models/train/labelledtakes.h"

#include "models/train/random.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

namespace poselift {

namespace {

/// "A_train_soccer_3_s1" → "A_train_soccer_3".
std::string takeOf(const std::string &sequence)
{
    const std::size_t end = sequence.find_last_not_of("0123456789");
    const bool piece = end != std::string::npos && end > 0 && end + 1 < sequence.size() && sequence[end] == 's'
                       && sequence[end - 1] == '_';
    return piece ? sequence.substr(0, end - 1) : sequence;
}

std::vector<std::string> shuffledTakes(const MocapData &data, std::uint64_t seed)
{
    std::set<std::string> names;
    for (const MocapSequence &sequence : data.sequences)
        names.insert(takeOf(sequence.name));
    std::vector<std::string> takes(names.begin(), names.end());
    Random random(seed);
    for (std::size_t left = takes.size(); left > 1; --left) // Fisher and Yates
        std::swap(takes[left - 1], takes[random.next() % left]);
    return takes;
}

} // namespace

LabelledTakes splitByLabels(const MocapData &data, double share, std::uint64_t seed)
{
    std::vector<std::string> takes = shuffledTakes(data, seed);
    LabelledTakes split;
    split.takes = static_cast<int>(takes.size());
    split.labelledTakes = std::clamp(static_cast<int>(std::ceil(share * split.takes - 1e-9)), 1, split.takes);
    takes.resize(static_cast<std::size_t>(split.labelledTakes));
    split.labelled.skeleton = data.skeleton;
    split.unlabelled.skeleton = data.skeleton;
    for (const MocapSequence &sequence : data.sequences) {
        const bool labelled = std::ranges::find(takes, takeOf(sequence.name)) != takes.end();
        (labelled ? split.labelled : split.unlabelled).sequences.push_back(sequence);
    }
    return split;
}

} // namespace poselift
