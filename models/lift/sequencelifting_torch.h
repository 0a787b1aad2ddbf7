#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/base/job.h"
#include "core/base/result.h"
#include "models/lift/inferencenetwork_torch.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace poselift {

/// Joint on the other side, for every joint of the network's input and output.
struct MirroredJoints
{
    std::vector<int64_t> input;
    std::vector<int64_t> output;
};

/// Those of @p description: by name in the input, by the skeleton's pairs in the output.
MirroredJoints mirroredJointsOf(const LifterDescription &description);

/// Exchanges left and right of x [T, J, C] and negates its first feature.
torch::Tensor mirrored(const torch::Tensor &x, const std::vector<int64_t> &otherSide);

/// Outputs of a stretch [T + rf − 1, J_in, C] that has its padding already → [T, J_out, 3]; see
/// SequenceOptions::flipAveraging. Undefined when @p stop was requested.
torch::Tensor liftPadded(const InferenceNetwork &network, const torch::Tensor &padded,
                         const std::optional<MirroredJoints> &flip, const std::stop_token &stop = {});
/// One output for each of N windows [N, rf, J_in, C] → [N, J_out, 3].
torch::Tensor liftWindows(const InferenceNetwork &network, const torch::Tensor &windows,
                          const std::optional<MirroredJoints> &flip);

struct SequenceOptions
{
    /// Given: the result is averaged with the mirrored result of the mirrored input (x negated,
    /// left and right exchanged), "test-time augmentation" of VideoPose3D.
    std::optional<MirroredJoints> flipAveraging;
    /// Output frames of one pass: three arrays [T, channels] stay below 130 MB at 1024 channels, and
    /// the frames that neighbouring passes share stay below 3 % of the work.
    std::int64_t chunkFrames = 10240;
    std::int64_t doneBefore = 0; ///< for the progress of a job of several sequences, in frames
    std::int64_t total = 0;
};

/// Runs the network over a sequence [T, J_in, C] → [T, J_out, 3]. Frames outside the sequence repeat
/// its first and last ones (VideoPose3D's "edge" padding). Looks at job.stop between chunks and
/// reports the stage "lift". Error: Cancelled.
Result<torch::Tensor> liftSequence(const InferenceNetwork &network, const torch::Tensor &features,
                                   const SequenceOptions &options, const JobContext &job);

} // namespace poselift
