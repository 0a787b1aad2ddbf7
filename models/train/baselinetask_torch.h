#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/io/mocapfile.h"
#include "models/lift/temporalmodel_torch.h"
#include "models/train/baselinetrainer.h"
#include "models/train/liftingevaluation.h"
#include "models/train/trainingtask_torch.h"

#include <torch/torch.h>

#include <future>
#include <memory>
#include <optional>

namespace poselift {

/// Mean and deviation of each number of a vector; a number that does not vary has deviation 1.
struct ZScores
{
    torch::Tensor mean;      ///< [N]
    torch::Tensor deviation; ///< [N]

    /// Of rows [B, N].
    static ZScores of(const torch::Tensor &rows);
};

/// What @p model, trained on z-scored inputs and targets, does to plain ones, as a plain network:
/// W(x − μ)/σ goes into the first layer and its batch norm, y·σ + μ into the last. Evaluation mode only.
TemporalModel withoutZScores(const TemporalModel &model, const ZScores &input, const ZScores &target);

/// The simple baseline in training.
class BaselineTask final : public TrainingTask
{
public:
    /// Errors: BadArgument, those of LiftingExamples::create().
    static Result<std::unique_ptr<BaselineTask>> create(MocapData train, MocapData val, const BaselineOptions &options);
    ~BaselineTask() override;

    double beginEpoch(int epoch, int epochs) override;
    Result<StepOutcome> step(std::int64_t step, int batch) override;
    std::string batchName(std::int64_t step, int batch) const override;
    Result<ValidationOutcome> validate(const std::stop_token &stop) override;
    WeightsFile state() override;
    Result<void> restore(const WeightsFile &state, const std::string &path) override;
    nlohmann::json fixedOptions() const override;
    Result<void> saveModel(const std::filesystem::path &folder, const nlohmann::json &training) override;

    /// Steps that show every frame once, at the lifter's rate.
    std::int64_t stepsPerEpoch() const;
    /// The present network for plain inputs, in evaluation mode.
    TemporalModel plainModel() const;

private:
    struct Batch
    {
        std::int64_t step = -1;
        int size = 0;
        torch::Tensor inputs;  ///< [B, 42]
        torch::Tensor targets; ///< [B, 3 J]
    };

    BaselineTask(MocapData train, MocapData val, const BaselineOptions &options, torch::Device device);
    Result<void> prepare();
    void initialise();
    Batch draw(std::int64_t step, int size) const;
    Batch take(std::int64_t step, int size);
    double learningRateAt(std::int64_t step) const;
    void limitNorms();

    BaselineOptions m_options;
    MocapData m_train;
    MocapData m_val;
    torch::Device m_device;
    TemporalModel m_model;
    std::optional<torch::optim::Adam> m_optimiser;
    std::optional<LiftingExamples> m_examples;
    ZScores m_input;
    ZScores m_target;
    std::vector<EvaluationClip> m_clean;
    std::vector<EvaluationClip> m_noisy;
    std::future<Batch> m_next;
};

} // namespace poselift
