#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/lift/fusedtemporalmodel_torch.h"
#include "models/lift/sequencelifting_torch.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace poselift {

/// A FusedTemporalModel over a sequence that is being edited. What the layers made of a stretch of it
/// is kept, so that a change costs only what depends on it: of three taps, one frame reaches 3 rows of
/// the first layer, then 9, 27 … and each of these through one tap only. Asked for one output, it
/// computes what that needs and lacks: after a change of that frame one row of every layer.
///
/// What is kept is compared with the input of every call: it may be another sequence's, which costs
/// time but no correctness. Outputs are liftPadded()'s to rounding errors. Not thread-safe.
///
/// Memory: about rf + capacity rows of 4 bytes · channels · (1 + (taps + 1) · blocks), twice that
/// with flip averaging: 105 MB for 1024 channels and 243 frames. Taken by the first call.
class TemporalActivations
{
public:
    /// Borrows @p network, which is not dense: every tap of a kernel keeps its products.
    TemporalActivations(const FusedTemporalModel &network, std::optional<MirroredJoints> flip);

    /// Outputs of frames first … first + T − 1 of the sequence, [T, J_out, 3].
    /// @param padded what they depend on, [T + rf − 1, J_in, C]: frames first − paddingBefore() …
    /// @return undefined when @p stop was requested; it is looked at every few milliseconds, and what
    ///         was computed until then is kept
    torch::Tensor outputs(std::int64_t first, const torch::Tensor &padded, const std::stop_token &stop = {});

private:
    /// Rows of one layer, for the sequence and then for the mirrored one. Row i of all layers is what
    /// an output of frame m_first + i sees first.
    struct Rows
    {
        torch::Tensor values;            ///< [sequences · count(), channels]
        std::vector<std::uint8_t> valid; ///< by row of one sequence
        std::int64_t count() const { return static_cast<std::int64_t>(valid.size()); }
    };
    struct BlockRows
    {
        std::vector<Rows> products; ///< of each tap, by row of its input
        Rows out;
    };
    using Places = std::vector<std::int64_t>; ///< rows, ascending
    using Flags = std::vector<std::uint8_t>;  ///< by row

    // What is kept
    void allocate(std::int64_t features);
    Rows emptyRows(std::int64_t count, std::int64_t width) const;
    void moveTo(std::int64_t first);
    template <typename Work>
    void forAllRows(Work work);
    void setInput(std::int64_t row, const torch::Tensor &padded);
    void outdate(Flags changed);

    // What is computed
    torch::Tensor outputsWithin(std::int64_t first, const torch::Tensor &padded, const std::stop_token &stop);
    std::vector<Places> missingFor(std::int64_t row, std::int64_t count) const;
    bool computeExpanded(const Places &places, const std::stop_token &stop);
    bool computeBlock(std::size_t block, const Places &places, const std::stop_token &stop);
    torch::Tensor gather(const Rows &rows, const Places &places, std::int64_t offset = 0) const;
    void put(Rows &rows, const Places &places, const torch::Tensor &values) const;
    torch::Tensor indexOf(const Rows &rows, const Places &places, std::int64_t offset) const;
    const Rows &inputOf(std::size_t block) const { return block == 0 ? m_expanded : m_blocks[block - 1].out; }

    const FusedTemporalModel &m_network;
    std::optional<MirroredJoints> m_flip;
    std::int64_t m_sequences;
    std::int64_t m_capacity; ///< outputs that fit
    std::int64_t m_first = 0;
    Rows m_input;
    Rows m_expanded;
    std::vector<BlockRows> m_blocks;
};

} // namespace poselift
