#include "models/lift/lifternetwork_torch.h"

#include "models/lift/adversarialmodel_torch.h"
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

class AdversarialLifterNetwork final : public LifterNetwork
{
public:
    explicit AdversarialLifterNetwork(const LifterDescription &description) : m_model(description) {}

    torch::Tensor forward(const torch::Tensor &windows) override { return m_model->forward(windows.squeeze(1)); }
    torch::nn::Module &module() override { return *m_model; }
    int64_t receptiveField() const override { return 1; }
    int64_t paddingBefore() const override { return 0; }
    void setDropout(double) override {}

private:
    AdversarialLifter m_model;
};

std::unique_ptr<LifterNetwork> untrained(const LifterDescription &description)
{
    if (description.architecture == LifterArchitecture::Adversarial)
        return std::make_unique<AdversarialLifterNetwork>(description);
    return std::make_unique<TemporalLifterNetwork>(temporalOptionsOf(description));
}

} // namespace

Result<std::unique_ptr<LifterNetwork>> createLifterNetwork(const LifterModel &model)
{
    try {
        std::unique_ptr<LifterNetwork> network = untrained(model.description);
        if (Result<void> loaded = loadWeights(network->module(), model.weights, model.weightsPath.string()); !loaded)
            return loaded.error();
        return network;
    } catch (const c10::Error &error) {
        return Error(ErrorCode::NetworkNotReadable,
                     {{"path", model.weightsPath.string()}, {"detail", error.what_without_backtrace()}});
    }
}

} // namespace poselift
