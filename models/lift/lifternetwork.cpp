#include "models/lift/lifternetwork_torch.h"

#include "models/lift/moduleweights_torch.h"
#include "models/lift/temporalwindows_torch.h"

namespace poselift {

namespace {

class TemporalLifterNetwork final : public LifterNetwork
{
public:
    explicit TemporalLifterNetwork(const TemporalModelOptions &options) : m_model(options) {}

    torch::Tensor forward(const torch::Tensor &windows) override
    {
        const torch::Tensor joints =
            m_model->options().dense() ? m_model->forward(windows) : forwardWindows(*m_model, windows);
        return joints.squeeze(1);
    }
    torch::nn::Module &module() override { return *m_model; }
    int64_t receptiveField() const override { return m_model->receptiveField(); }
    int64_t paddingBefore() const override { return m_model->paddingBefore(); }
    void setDropout(double share) override { m_model->setDropout(share); }

private:
    TemporalModel m_model;
};

} // namespace

Result<std::unique_ptr<LifterNetwork>> createLifterNetwork(const LifterModel &model)
{
    try {
        auto network = std::make_unique<TemporalLifterNetwork>(temporalOptionsOf(model.description));
        if (Result<void> loaded = loadWeights(network->module(), model.weights, model.weightsPath.string()); !loaded)
            return loaded.error();
        return std::unique_ptr<LifterNetwork>(std::move(network));
    } catch (const c10::Error &error) {
        return Error(ErrorCode::NetworkNotReadable,
                     {{"path", model.weightsPath.string()}, {"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
