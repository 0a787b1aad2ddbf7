#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace poselift {

/// One video of one camera, as VideoPose3D's generators take it.
struct CapturedSequence
{
    int frames = 0;
    std::vector<float> keypoints;  ///< [T, J2, 2] normalised screen
    std::vector<float> poses;      ///< [T, J3, 3] m, camera frame; empty: no 3D
    std::array<float, 9> camera{}; ///< as projectToScreen() takes it (cameraprojection_torch.h)
};

struct ChunkOptions
{
    int keypointCount = 17;
    int jointCount = 17;
    int batch = 1024;                               ///< chunks
    int chunkFrames = 1;                            ///< frames of 3D per chunk; 2D has 2·pad more
    int pad = 13;                                   ///< (receptive field − 1) / 2
    int causalShift = 0;                            ///< pad for causal networks: they see the past only
    bool flip = false;                              ///< every chunk a second time, mirrored
    std::vector<std::pair<int, int>> keypointPairs; ///< (left, right)
    std::vector<std::pair<int, int>> jointPairs;
};

/// Cuts videos into chunks of equal length with the frames around them that the network needs;
/// Pavllo et al. 2019 (VideoPose3D), "ChunkedGenerator". Torch-free; const after construction and
/// safe to use from several threads. The sequences must outlive it.
///
/// The chunks of a video lie centred over it: what the first and the last reach beyond its ends, and
/// the padding, repeats the end frames. Mirroring negates x, exchanges left and right, and mirrors the
/// camera: c_x and the horizontal tangential coefficient change sign.
class ChunkedGenerator
{
public:
    struct Chunk
    {
        int sequence = 0;
        int start = 0; ///< first frame of 3D; below 0 and beyond the end: padding
        int end = 0;   ///< one past the last
        bool mirrored = false;
        friend bool operator==(const Chunk &, const Chunk &) = default;
    };
    struct Batch
    {
        int size = 0;                 ///< chunks; the last batch of an epoch may have fewer
        std::vector<float> keypoints; ///< [size, chunkFrames + 2·pad, J2, 2]
        std::vector<float> poses;     ///< [size, chunkFrames, J3, 3]; empty when a sequence has no 3D
        std::vector<float> cameras;   ///< [size, 9]
    };

    ChunkedGenerator(std::span<const CapturedSequence> sequences, ChunkOptions options);

    /// Video by video: its chunks in time, then the same mirrored.
    const std::vector<Chunk> &chunks() const { return m_chunks; }
    std::int64_t batchesPerEpoch() const;
    /// The chunks in the order of an epoch: a permutation that depends on both arguments only.
    std::vector<Chunk> shuffled(std::uint64_t seed, std::uint64_t epoch) const;
    /// Batch @p index of @p order (chunks() or shuffled()), 0 ≤ index < batchesPerEpoch().
    Batch batch(std::span<const Chunk> order, std::int64_t index) const;

private:
    void addKeypoints(const Chunk &chunk, Batch &batch) const;
    void addPoses(const Chunk &chunk, Batch &batch) const;
    void addCamera(const Chunk &chunk, Batch &batch) const;

    std::span<const CapturedSequence> m_sequences;
    ChunkOptions m_options;
    std::vector<int> m_keypointOtherSide;
    std::vector<int> m_jointOtherSide;
    bool m_hasPoses = true;
    std::vector<Chunk> m_chunks;
};

} // namespace poselift
