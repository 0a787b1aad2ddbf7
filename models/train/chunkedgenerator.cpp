#include "models/train/chunkedgenerator.h"

#include "models/train/random.h"

#include <algorithm>
#include <numeric>

namespace poselift {

namespace {

std::vector<int> otherSides(int count, const std::vector<std::pair<int, int>> &pairs)
{
    std::vector<int> other(static_cast<std::size_t>(count));
    std::iota(other.begin(), other.end(), 0);
    for (const auto &[left, right] : pairs) {
        other[static_cast<std::size_t>(left)] = right;
        other[static_cast<std::size_t>(right)] = left;
    }
    return other;
}

/// Appends frames [start, end) of values [T, J, D], the ends of the sequence repeated.
void appendFrames(const std::vector<float> &values, int frames, int dimensions, const std::vector<int> &otherSide,
                  int start, int end, bool mirrored, std::vector<float> &out)
{
    const auto joints = static_cast<int>(otherSide.size());
    for (int t = start; t < end; ++t) {
        const float *frame = values.data() + std::clamp(t, 0, frames - 1) * joints * dimensions;
        for (int j = 0; j < joints; ++j) {
            const float *joint = frame + dimensions * (mirrored ? otherSide[static_cast<std::size_t>(j)] : j);
            out.push_back(mirrored ? -joint[0] : joint[0]);
            out.insert(out.end(), joint + 1, joint + dimensions);
        }
    }
}

} // namespace

ChunkedGenerator::ChunkedGenerator(std::span<const CapturedSequence> sequences, ChunkOptions options)
    : m_sequences(sequences), m_options(std::move(options)),
      m_keypointOtherSide(otherSides(m_options.keypointCount, m_options.keypointPairs)),
      m_jointOtherSide(otherSides(m_options.jointCount, m_options.jointPairs))
{
    const int length = m_options.chunkFrames;
    for (int i = 0; i < static_cast<int>(sequences.size()); ++i) {
        const CapturedSequence &sequence = sequences[static_cast<std::size_t>(i)];
        m_hasPoses = m_hasPoses && !sequence.poses.empty();
        const int count = (sequence.frames + length - 1) / length;
        const int before = (count * length - sequence.frames) / 2;
        for (const bool mirrored : {false, true}) {
            if (mirrored && !m_options.flip)
                break;
            for (int k = 0; k < count; ++k)
                m_chunks.push_back({i, k * length - before, (k + 1) * length - before, mirrored});
        }
    }
}

std::int64_t ChunkedGenerator::batchesPerEpoch() const
{
    return (static_cast<std::int64_t>(m_chunks.size()) + m_options.batch - 1) / m_options.batch;
}

std::vector<ChunkedGenerator::Chunk> ChunkedGenerator::shuffled(std::uint64_t seed, std::uint64_t epoch) const
{
    std::vector<Chunk> order = m_chunks;
    Random random(seed, epoch);
    for (std::size_t left = order.size(); left > 1; --left) // Fisher and Yates
        std::swap(order[left - 1], order[random.next() % left]);
    return order;
}

ChunkedGenerator::Batch ChunkedGenerator::batch(std::span<const Chunk> order, std::int64_t index) const
{
    const auto first = static_cast<std::size_t>(index * m_options.batch);
    const std::span<const Chunk> here =
        order.subspan(first, std::min(order.size() - first, static_cast<std::size_t>(m_options.batch)));
    Batch batch;
    batch.size = static_cast<int>(here.size());
    for (const Chunk &chunk : here) {
        addKeypoints(chunk, batch);
        addCamera(chunk, batch);
        if (m_hasPoses)
            addPoses(chunk, batch);
    }
    return batch;
}

void ChunkedGenerator::addKeypoints(const Chunk &chunk, Batch &batch) const
{
    const CapturedSequence &sequence = m_sequences[static_cast<std::size_t>(chunk.sequence)];
    const int start = chunk.start - m_options.pad - m_options.causalShift;
    const int end = chunk.end + m_options.pad - m_options.causalShift;
    appendFrames(sequence.keypoints, sequence.frames, 2, m_keypointOtherSide, start, end, chunk.mirrored,
                 batch.keypoints);
}

void ChunkedGenerator::addPoses(const Chunk &chunk, Batch &batch) const
{
    const CapturedSequence &sequence = m_sequences[static_cast<std::size_t>(chunk.sequence)];
    appendFrames(sequence.poses, sequence.frames, 3, m_jointOtherSide, chunk.start, chunk.end, chunk.mirrored,
                 batch.poses);
}

void ChunkedGenerator::addCamera(const Chunk &chunk, Batch &batch) const
{
    constexpr std::size_t kCentreX = 2;
    constexpr std::size_t kTangentialX = 7;
    std::array<float, 9> camera = m_sequences[static_cast<std::size_t>(chunk.sequence)].camera;
    if (chunk.mirrored) {
        camera[kCentreX] = -camera[kCentreX];
        camera[kTangentialX] = -camera[kTangentialX];
    }
    batch.cameras.insert(batch.cameras.end(), camera.begin(), camera.end());
}

} // namespace poselift
