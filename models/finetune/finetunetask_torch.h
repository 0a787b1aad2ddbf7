#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/finetune/finetunedata_torch.h"
#include "models/finetune/poserealism_torch.h"
#include "models/lift/liftermodel.h"
#include "models/lift/lifternetwork_torch.h"
#include "models/train/trainingtask_torch.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace poselift {

struct FinetuneTaskOptions
{
    std::filesystem::path folder; ///< of the model before, whose model.json the new one continues
    double learningRate = 3e-4;
    int frozenBlocks = 0;
    double rehearsalShare = 0.5;
    std::uint64_t seed = 1234;
    int steps = 300; ///< of the whole run
    torch::Device device = torch::kCPU;
};

/// Fine-tuning as the training loop sees it. The network stays in evaluation mode: BatchNorm keeps the
/// statistics of the original training, which a few hundred frames of one person would spoil, and
/// there is no dropout. A batch is rehearsal from motion capture as in the original training, then
/// motion capture as this person would look, then the person's own frames; the score that is
/// validated stands for the three of them too.
///
/// What is validated and kept is the best point on the way from the old weights to the trained ones
/// (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models"): most of what was learned, little of
/// what would be forgotten.
class FinetuneTask final : public TrainingTask
{
public:
    /// Errors: BadArgument when there are fewer blocks than are to be frozen; Cancelled.
    static Result<std::unique_ptr<FinetuneTask>> create(LifterModel model, std::unique_ptr<LifterNetwork> network,
                                                        const FinetuneData &data, const FinetuneTaskOptions &options,
                                                        const std::stop_token &stop);

    double beginEpoch(int epoch, int epochs) override;
    Result<StepOutcome> step(std::int64_t step, int batch) override;
    std::string batchName(std::int64_t step, int batch) const override;
    Result<ValidationOutcome> validate(const std::stop_token &stop) override;
    WeightsFile state() override;
    Result<void> restore(const WeightsFile &state, const std::string &path) override;
    nlohmann::json fixedOptions() const override;
    Result<void> saveModel(const std::filesystem::path &folder, const nlohmann::json &training) override;

private:
    struct Shares
    {
        int rehearsal = 0;
        int imitation = 0;
        int person = 0;
    };
    /// Inputs and 3D targets from motion capture.
    struct Drawn
    {
        torch::Tensor windows; ///< [N, rf, 14, 3]
        torch::Tensor targets; ///< [N, J, 3]
    };
    struct Errors
    {
        double person = 0;    ///< m
        double imitation = 0; ///< m
        double rehearsal = 0; ///< m
    };

    FinetuneTask(LifterModel model, std::unique_ptr<LifterNetwork> network, const FinetuneData &data,
                 const FinetuneTaskOptions &options, std::vector<torch::Tensor> trained);
    Shares sharesOf(int batch) const;
    Drawn draw(const LiftingExamples &examples, std::uint64_t stream, int count) const;
    WindowTensors drawPerson(std::int64_t step, int count) const;
    void addPersonTerms(const torch::Tensor &joints, const WindowTensors &person, const torch::Tensor &real,
                        std::int64_t step, std::vector<std::pair<std::string, torch::Tensor>> &terms);
    Result<Errors> measure(const std::stop_token &stop);
    ValidationOutcome scored(const Errors &now) const;
    std::vector<torch::Tensor> copiedParameters() const;
    void putBack(const std::vector<torch::Tensor> &parameters);
    /// Parameters of the network: @p share of the way from the old ones to @p trained.
    void blend(const std::vector<torch::Tensor> &trained, double share);

    LifterModel m_model;
    std::unique_ptr<LifterNetwork> m_network;
    const FinetuneData &m_data;
    FinetuneTaskOptions m_options;
    torch::optim::Adam m_optimiser;
    std::optional<PoseRealism> m_realism; ///< of the adversarial objective
    torch::Tensor m_limbs;                ///< [12] indices of the limb joints
    std::vector<torch::Tensor> m_old; ///< parameters before training
    double m_share = 1.0;             ///< of the way to the trained parameters, as last validated
    Drawn m_fixedRehearsal;           ///< of takes that are not trained on
    Drawn m_fixedImitation;
    Errors m_before;
};

} // namespace poselift
