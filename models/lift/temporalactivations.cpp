#include "models/lift/temporalactivations_torch.h"

#include <algorithm>
#include <cstdlib>

namespace poselift {

namespace {

/// Outputs that are kept besides those that depend on one frame: features depend on frames around
/// them, and placing a person on samples around those (about 1.5 s to each side).
constexpr std::int64_t kMoreOutputs = 256;
/// Of one product: 1 to 2 ms at 1024 channels on two cores.
constexpr std::size_t kRowsBetweenStops = 96;

using Layer = FusedTemporalModel::Layer;

/// Calls @p work with parts of @p places. @return false when stopped
template <typename Work>
bool inParts(const std::vector<std::int64_t> &places, const std::stop_token &stop, Work work)
{
    for (std::size_t begin = 0; begin < places.size(); begin += kRowsBetweenStops) {
        if (stop.stop_requested())
            return false;
        const auto at = places.begin() + static_cast<std::ptrdiff_t>(begin);
        work(std::vector(at, at + static_cast<std::ptrdiff_t>(std::min(kRowsBetweenStops, places.size() - begin))));
    }
    return true;
}

/// The rows that @p layer needs for its outputs @p places and that are not @p valid.
std::vector<std::int64_t> missingInputs(const Layer &layer, const std::vector<std::int64_t> &places,
                                        const std::vector<std::uint8_t> &valid)
{
    std::vector<std::int64_t> missing;
    for (std::int64_t offset = 0; offset <= layer.span(); offset += layer.dilation) {
        for (const std::int64_t place : places) {
            if (valid[static_cast<std::size_t>(place + offset)] == 0)
                missing.push_back(place + offset);
        }
    }
    std::ranges::sort(missing);
    const auto same = std::ranges::unique(missing);
    missing.erase(same.begin(), same.end());
    return missing;
}

/// Which of @p count outputs of @p layer depend on inputs that have @p changed.
std::vector<std::uint8_t> reachedBy(const Layer &layer, const std::vector<std::uint8_t> &changed)
{
    std::vector<std::uint8_t> reached(changed.size() - static_cast<std::size_t>(layer.span()), 0);
    for (std::size_t offset = 0; offset <= static_cast<std::size_t>(layer.span());
         offset += static_cast<std::size_t>(layer.dilation)) {
        for (std::size_t i = 0; i < reached.size(); ++i)
            reached[i] |= changed[i + offset];
    }
    return reached;
}

void clearWhere(const std::vector<std::uint8_t> &changed, std::vector<std::uint8_t> &valid)
{
    for (std::size_t i = 0; i < valid.size(); ++i)
        valid[i] = valid[i] != 0 && changed[i] == 0 ? 1 : 0;
}

} // namespace

TemporalActivations::TemporalActivations(const FusedTemporalModel &network, std::optional<MirroredJoints> flip)
    : m_network(network), m_flip(std::move(flip)), m_sequences(m_flip ? 2 : 1),
      m_capacity(network.receptiveField() + kMoreOutputs)
{
}

TemporalActivations::Rows TemporalActivations::emptyRows(std::int64_t count, std::int64_t width) const
{
    return {torch::empty({m_sequences * count, width}), Flags(static_cast<std::size_t>(count), 0)};
}

void TemporalActivations::allocate(std::int64_t features)
{
    const std::int64_t channels = m_network.expand().bias.size(0);
    std::int64_t count = m_capacity + m_network.receptiveField() - 1;
    m_input = emptyRows(count, features);
    count -= m_network.expand().span();
    m_expanded = emptyRows(count, channels);
    for (const FusedTemporalModel::Block &layers : m_network.blocks()) {
        BlockRows block;
        for (std::size_t tap = 0; tap < layers.wide.taps.size(); ++tap)
            block.products.push_back(emptyRows(count, channels));
        count -= layers.wide.span();
        block.out = emptyRows(count, channels);
        m_blocks.push_back(std::move(block));
    }
}

template <typename Work>
void TemporalActivations::forAllRows(Work work)
{
    work(m_input);
    work(m_expanded);
    for (BlockRows &block : m_blocks) {
        std::ranges::for_each(block.products, work);
        work(block.out);
    }
}

/// Makes @p first the first frame that has an output; what overlaps is kept.
void TemporalActivations::moveTo(std::int64_t first)
{
    const std::int64_t by = first - std::exchange(m_first, first);
    forAllRows([this, by](Rows &rows) {
        Flags valid(rows.valid.size(), 0);
        const std::int64_t kept = rows.count() - std::abs(by);
        if (kept > 0) {
            const std::int64_t from = std::max<std::int64_t>(by, 0);
            const std::int64_t to = std::max<std::int64_t>(-by, 0);
            const torch::Tensor all = rows.values.view({m_sequences, rows.count(), -1});
            all.narrow(1, to, kept).copy_(all.narrow(1, from, kept).clone());
            std::copy_n(rows.valid.begin() + from, kept, valid.begin() + to);
        }
        rows.valid = std::move(valid);
    });
}

/// Puts frames into the input from @p row on; what depends on those that differ is no longer valid.
void TemporalActivations::setInput(std::int64_t row, const torch::Tensor &padded)
{
    const std::int64_t count = padded.size(0);
    const torch::Tensor all = m_input.values.view({m_sequences, m_input.count(), -1}).narrow(1, row, count);
    const torch::Tensor plain = padded.flatten(/*start_dim=*/1);
    const torch::Tensor differs = all[0].ne(plain).any(/*dim=*/1).contiguous();
    Flags changed(m_input.valid.size(), 0);
    for (std::int64_t i = 0; i < count; ++i) {
        std::uint8_t &valid = m_input.valid[static_cast<std::size_t>(row + i)];
        changed[static_cast<std::size_t>(row + i)] = valid == 0 || differs.data_ptr<bool>()[i] ? 1 : 0;
        valid = 1;
    }
    all[0].copy_(plain);
    if (m_flip)
        all[1].copy_(mirrored(padded, m_flip->input).flatten(/*start_dim=*/1));
    outdate(std::move(changed));
}

/// @param changed by row of the input
void TemporalActivations::outdate(Flags changed)
{
    changed = reachedBy(m_network.expand(), changed);
    clearWhere(changed, m_expanded.valid);
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        for (Rows &product : m_blocks[i].products)
            clearWhere(changed, product.valid);
        changed = reachedBy(m_network.blocks()[i].wide, changed);
        clearWhere(changed, m_blocks[i].out.valid);
    }
}

torch::Tensor TemporalActivations::indexOf(const Rows &rows, const Places &places, std::int64_t offset) const
{
    const torch::Tensor one = torch::tensor(places).add_(offset);
    return m_sequences == 1 ? one : torch::cat({one, one + rows.count()});
}

torch::Tensor TemporalActivations::gather(const Rows &rows, const Places &places, std::int64_t offset) const
{
    return rows.values.index_select(0, indexOf(rows, places, offset));
}

void TemporalActivations::put(Rows &rows, const Places &places, const torch::Tensor &values) const
{
    rows.values.index_copy_(0, indexOf(rows, places, 0), values);
    for (const std::int64_t place : places)
        rows.valid[static_cast<std::size_t>(place)] = 1;
}

/// Rows of the first layer and of every block that have to be computed for @p count outputs.
std::vector<TemporalActivations::Places> TemporalActivations::missingFor(std::int64_t row, std::int64_t count) const
{
    std::vector<Places> missing(m_blocks.size() + 1);
    const Flags &outputs = inputOf(m_blocks.size()).valid;
    for (std::int64_t place = row; place < row + count; ++place) {
        if (outputs[static_cast<std::size_t>(place)] == 0)
            missing.back().push_back(place);
    }
    for (std::size_t block = m_blocks.size(); block-- > 0;)
        missing[block] = missingInputs(m_network.blocks()[block].wide, missing[block + 1], inputOf(block).valid);
    return missing;
}

bool TemporalActivations::computeExpanded(const Places &places, const std::stop_token &stop)
{
    const Layer &layer = m_network.expand();
    return inParts(places, stop, [&](const Places &part) {
        std::vector<torch::Tensor> seen;
        for (std::int64_t offset = 0; offset <= layer.span(); offset += layer.dilation)
            seen.push_back(gather(m_input, part, offset));
        put(m_expanded, part, torch::addmm(layer.bias, torch::cat(seen, /*dim=*/1), layer.stacked).relu_());
    });
}

bool TemporalActivations::computeBlock(std::size_t block, const Places &places, const std::stop_token &stop)
{
    const FusedTemporalModel::Block &layers = m_network.blocks()[block];
    const Rows &input = inputOf(block);
    std::vector<Rows> &products = m_blocks[block].products;
    for (std::size_t tap = 0; tap < products.size(); ++tap) {
        Places missing;
        for (const std::int64_t place : places) {
            const std::int64_t row = place + static_cast<std::int64_t>(tap) * layers.wide.dilation;
            if (products[tap].valid[static_cast<std::size_t>(row)] == 0)
                missing.push_back(row);
        }
        const bool isDone = inParts(missing, stop, [&](const Places &part) {
            put(products[tap], part, torch::mm(gather(input, part), layers.wide.taps[tap]));
        });
        if (!isDone)
            return false;
    }
    return inParts(places, stop, [&](const Places &part) {
        torch::Tensor wide = gather(products.front(), part).add_(layers.wide.bias);
        for (std::size_t tap = 1; tap < products.size(); ++tap)
            wide.add_(gather(products[tap], part, static_cast<std::int64_t>(tap) * layers.wide.dilation));
        wide.relu_();
        const torch::Tensor out = torch::addmm(layers.pointwise.bias, wide, layers.pointwise.stacked).relu_();
        put(m_blocks[block].out, part, out.add_(gather(input, part, layers.residualOffset)));
    });
}

torch::Tensor TemporalActivations::outputsWithin(std::int64_t first, const torch::Tensor &padded,
                                                 const std::stop_token &stop)
{
    const std::int64_t count = padded.size(0) - m_network.receptiveField() + 1;
    if (first < m_first || first + count > m_first + m_capacity)
        moveTo(first - (m_capacity - count) / 2);
    const std::int64_t row = first - m_first;
    setInput(row, padded);
    const std::vector<Places> missing = missingFor(row, count);
    bool isDone = computeExpanded(missing.front(), stop);
    for (std::size_t block = 0; isDone && block < m_blocks.size(); ++block)
        isDone = computeBlock(block, missing[block + 1], stop);
    if (!isDone)
        return {};
    const Rows &last = inputOf(m_blocks.size());
    const torch::Tensor rows = last.values.view({m_sequences, last.count(), -1}).narrow(1, row, count);
    torch::Tensor joints = m_network.shrunk(rows[0]);
    return m_flip ? joints.add_(mirrored(m_network.shrunk(rows[1]), m_flip->output)).mul_(0.5) : joints;
}

torch::Tensor TemporalActivations::outputs(std::int64_t first, const torch::Tensor &padded, const std::stop_token &stop)
{
    const torch::NoGradGuard noGrad;
    const std::int64_t context = m_network.receptiveField() - 1;
    const std::int64_t count = padded.size(0) - context;
    if (!m_input.values.defined())
        allocate(padded.size(1) * padded.size(2));
    std::vector<torch::Tensor> parts;
    for (std::int64_t begin = 0; begin < count; begin += m_capacity) {
        const std::int64_t length = std::min(m_capacity, count - begin);
        parts.push_back(outputsWithin(first + begin, padded.narrow(0, begin, length + context), stop));
        if (!parts.back().defined())
            return {};
    }
    return torch::cat(parts);
}

} // namespace poselift
