#include "models/lift/liftspeed.h"

#include "models/lift/fusedtemporalmodel_torch.h"
#include "models/lift/torchthreads.h"

#include <algorithm>
#include <chrono>

namespace poselift {

LiftSpeed measureLifting(std::int64_t frames, int channels, int blocks, LiftPath path, int rounds, int threads)
{
    setTorchThreads(threads);
    const c10::InferenceMode inference;
    torch::manual_seed(1);
    TemporalModel model(TemporalModelOptions().channels(channels).filter_widths(std::vector<int64_t>(static_cast<std::size_t>(blocks), 3)));
    model->eval();
    const FusedTemporalModel fused(model);
    const torch::Tensor x = torch::randn({frames + fused.receptiveField() - 1, 17, 2});
    const torch::Tensor batch = x.unsqueeze(0);
    LiftSpeed speed;
    speed.flopPerFrame = fused.flopPerFrame();
    for (int round = 0; round < rounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        const torch::Tensor y = path == LiftPath::Products ? fused.forward(x) : model->forward(batch);
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
        speed.framesPerSecond = std::max(speed.framesPerSecond, static_cast<double>(frames) / passed.count());
    }
    return speed;
}

} // namespace poselift
