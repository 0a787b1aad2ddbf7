#include "models/lift/inferencenetwork_torch.h"

#include "models/lift/adversarialmodel_torch.h"
#include "models/lift/fusedtemporalmodel_torch.h"
#include "models/lift/moduleweights_torch.h"

#include <algorithm>

namespace poselift {

namespace {

/// An adversarial lifter looks at one frame at a time.
class AdversarialInference final : public InferenceNetwork
{
public:
    AdversarialInference(AdversarialLifter lifter, int64_t joints) : m_lifter(std::move(lifter)), m_joints(joints) {}

    torch::Tensor forward(const torch::Tensor &x, const std::stop_token &stop) const override
    {
        const torch::NoGradGuard noGrad;
        torch::Tensor joints = torch::empty({x.size(0), m_joints, 3});
        for (int64_t begin = 0; begin < x.size(0); begin += kFramesBetweenStops) {
            if (stop.stop_requested())
                return {};
            const int64_t count = std::min(kFramesBetweenStops, x.size(0) - begin);
            joints.narrow(0, begin, count).copy_(m_lifter.ptr()->forward(x.narrow(0, begin, count)));
        }
        return joints;
    }
    torch::Tensor forwardWindows(const torch::Tensor &windows) const override
    {
        const torch::NoGradGuard noGrad;
        return m_lifter.ptr()->forward(windows.squeeze(1));
    }
    int64_t receptiveField() const override { return 1; }
    int64_t paddingBefore() const override { return 0; }
    int64_t jointsOut() const override { return m_joints; }

private:
    static constexpr int64_t kFramesBetweenStops = 64; // a millisecond at 1024 channels

    AdversarialLifter m_lifter;
    int64_t m_joints;
};

template <typename Holder, typename... Arguments>
Result<Holder> loaded(const LifterModel &model, const Arguments &...arguments)
{
    Holder network(arguments...);
    network->eval();
    if (Result<void> done = loadWeights(*network, model.weights, model.weightsPath.string()); !done)
        return done.error();
    return network;
}

Result<std::shared_ptr<const InferenceNetwork>> create(const LifterModel &model)
{
    if (model.description.architecture == LifterArchitecture::Adversarial) {
        Result<AdversarialLifter> lifter = loaded<AdversarialLifter>(model, model.description);
        if (!lifter)
            return lifter.error();
        return std::shared_ptr<const InferenceNetwork>(
            std::make_shared<AdversarialInference>(*std::move(lifter), model.description.outputSkeleton.jointCount()));
    }
    const Result<TemporalModel> network = loaded<TemporalModel>(model, temporalOptionsOf(model.description));
    if (!network)
        return network.error();
    return std::shared_ptr<const InferenceNetwork>(std::make_shared<FusedTemporalModel>(*network));
}

} // namespace

Result<std::shared_ptr<const InferenceNetwork>> createInferenceNetwork(const LifterModel &model)
{
    try {
        return create(model);
    } catch (const c10::Error &error) {
        return Error(ErrorCode::NetworkNotReadable,
                     {{"path", model.weightsPath.string()}, {"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
