#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/train/liftingevaluation.h"
#include "models/train/temporaltraining_torch.h"
#include "models/train/trainingtask_torch.h"
#include "models/trainer.h"

#include <future>
#include <memory>
#include <optional>

namespace poselift {

/// VideoPose3D's temporal network on motion capture seen by virtual cameras: MPJPE loss, learning rate
/// and BatchNorm momentum that fall with the epochs, validated on exact and on detector-like 2D.
class TemporalTask : public TrainingTask
{
public:
    /// @p ranks as in TemporalStepOptions. Errors: those of readMocap() and TemporalTraining::start(),
    /// BadArgument.
    static Result<std::unique_ptr<TemporalTask>> create(const TemporalTrainOptions &options, torch::Device device,
                                                        Ranks *ranks);

    /// As asked for, or as many as show every frame at the lifter's rate twice.
    std::int64_t stepsPerEpoch() const;

    double beginEpoch(int epoch, int epochs) override;
    Result<StepOutcome> step(std::int64_t step, int batch) override;
    std::string batchName(std::int64_t step, int batch) const override;
    /// Score: mean of the MPJPE, m, on exact and on detector-like 2D; figures "val_clean_mpjpe_mm" and
    /// "val_noisy_mpjpe_mm".
    Result<ValidationOutcome> validate(const std::stop_token &stop) override;
    WeightsFile state() override { return m_training.state(); }
    Result<void> restore(const WeightsFile &state, const std::string &path) override;
    nlohmann::json fixedOptions() const override;
    Result<void> saveModel(const std::filesystem::path &folder, const nlohmann::json &training) override;

private:
    struct Batch
    {
        std::int64_t step = 0;
        int examples = 0;
        std::vector<float> inputs;
        std::vector<float> targets;
    };

    TemporalTask(const TemporalTrainOptions &options, MocapData train, MocapData val, torch::Device device,
                 const TemporalStepOptions &how);
    Result<void> prepare();
    Result<void> makeClips();
    Result<void> loadInit();
    Batch drawBatch(std::int64_t step, int examples) const;
    Batch takeBatch(std::int64_t step, int examples);
    double validationMpjpe(const std::vector<EvaluationClip> &clips, const std::stop_token &stop);

    TemporalTrainOptions m_options;
    MocapData m_train;
    MocapData m_val;
    TemporalModelOptions m_architecture;
    Ranks *m_ranks;
    TemporalTraining m_training;
    std::optional<LiftingExamples> m_examples;
    std::vector<EvaluationClip> m_clean;
    std::vector<EvaluationClip> m_noisy;
    std::future<Batch> m_next; ///< drawn during the step before; last, so that it ends first
};

} // namespace poselift
