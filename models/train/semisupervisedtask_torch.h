#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/lift/temporalmodel_torch.h"
#include "models/train/cameraprojection_torch.h"
#include "models/train/distributed/ranks_torch.h"
#include "models/train/fusedadam_torch.h"
#include "models/train/labelledtakes.h"
#include "models/train/liftingevaluation.h"
#include "models/train/liftingexamples.h"
#include "models/train/temporaltraining_torch.h"
#include "models/train/trainingtask_torch.h"

#include <torch/torch.h>

#include <future>
#include <memory>
#include <optional>

namespace poselift {

/// Options of the semi-supervised training; defaults are the published ones (Pavllo et al. 2019 and
/// VideoPose3D run.py, --subjects-unlabeled).
struct SemiSupervisedOptions
{
    double learningRate = 1e-3; ///< of Adam with amsgrad
    double lrDecay = 0.98;      ///< factor per epoch
    int warmupEpochs = 5;       ///< without the two terms that need no 3D; the README's example
    double trajectoryWeight = 1.0;
    double projectionWeight = 1.0;
    double boneLengthWeight = 1.0;
    LensForm lens = LensForm::VideoPose3d;
    /// Measures the projection error in metres at the person instead of on the screen, so that people
    /// far away count as much as near ones. Not published.
    bool projectionInMetres = false;
    /// Weighs keypoints by their confidence; else every known one counts the same. Not published.
    bool confidenceWeights = false;
    std::uint64_t seed = 1234;
};

/// The networks in training under the names position.… and trajectory.….
struct SemiSupervisedNetworkImpl : torch::nn::Module
{
    SemiSupervisedNetworkImpl(const TemporalModelOptions &options);
    TemporalModel position{nullptr};
    TemporalModel trajectory{nullptr};
};
TORCH_MODULE(SemiSupervisedNetwork);

/// VideoPose3D's semi-supervised training on motion capture of which only some takes have 3D. Each
/// step takes a batch of labelled windows and as many unlabelled ones through both networks in one
/// forward pass. Loss: MPJPE of the labelled poses + their root's distance weighted by 1/z + distance
/// of the unlabelled poses' projection from the keypoints seen + difference of mean bone lengths.
///
/// Frames. The networks see hip-ray-v1 features (lifterinput.h), out of which the lens, the place in
/// the picture and the distance have been taken. The position network answers, as always, relative to
/// the root in the virtual camera. The trajectory network answers in the same axes times the scale of
/// the features (about 1/distance), i.e. near (0, 0, 1), because the features do not tell metres; its
/// answer divided by the scale is the root in metres. Their sum, turned back by virtualFromCamera,
/// stands in the frame of the camera whose intrinsics the lifter was given; from there it goes through
/// that camera, distortion included, onto the screen where the input keypoints are. Where the given
/// focal length is only assumed, labels of the root are those that this camera would see
/// (LiftingView::root), so that both halves mean the same by distance.
class SemiSupervisedTask final : public TrainingTask
{
public:
    /// With several processes each learns from its part of every batch; the terms of projection and bone lengths
    /// are means over the parts, not exactly those of the joined batch.
    /// @param takes  both parts with sequences; MissingJoints as LiftingExamples::create().
    static Result<std::unique_ptr<SemiSupervisedTask>>
    create(LabelledTakes takes, const MocapData &val, const TemporalModelOptions &architecture,
           const LiftingExampleOptions &examples, const SemiSupervisedOptions &options, torch::Device device,
           const TemporalStepOptions &how = {});
    ~SemiSupervisedTask() override;

    double beginEpoch(int epoch, int epochs) override;
    Result<StepOutcome> step(std::int64_t step, int batch) override;
    std::string batchName(std::int64_t step, int batch) const override;
    Result<ValidationOutcome> validate(const std::stop_token &stop) override;
    WeightsFile state() override;
    Result<void> restore(const WeightsFile &state, const std::string &path) override;
    nlohmann::json fixedOptions() const override;
    Result<void> saveModel(const std::filesystem::path &folder, const nlohmann::json &training) override;

    /// The weighted terms of @p step's loss in this process, differentiable: for tests and step().
    std::vector<std::pair<std::string, torch::Tensor>> terms(std::int64_t step, int batch);
    SemiSupervisedNetwork &network() { return m_network; }

private:
    /// Labelled windows first, then as many unlabelled ones.
    struct Batch
    {
        torch::Tensor inputs;  ///< [2N, F, 14, 3]
        torch::Tensor targets; ///< [N, 1, J, 3]
        torch::Tensor views;   ///< [2N, kLiftingViewFloats]
    };
    SemiSupervisedTask(LabelledTakes takes, Skeleton output, const TemporalModelOptions &architecture,
                       const SemiSupervisedOptions &options, torch::Device device, const TemporalStepOptions &how);
    /// Of @p batch windows the part of this process.
    int shareOf(int batch) const { return batch / (m_how.ranks ? m_how.ranks->size() : 1); }
    Batch drawBatch(std::int64_t step, int batch) const;
    Batch takeBatch(std::int64_t step, int batch);
    torch::Tensor projectionTerm(const torch::Tensor &poses, const torch::Tensor &roots,
                                 const torch::Tensor &views) const;

    LabelledTakes m_takes;
    Skeleton m_output;
    TemporalModelOptions m_architecture;
    SemiSupervisedOptions m_options;
    torch::Device m_device;
    TemporalStepOptions m_how;
    SemiSupervisedNetwork m_network;
    FusedAdam m_optimiser;
    std::optional<LiftingExamples> m_labelled;
    std::optional<LiftingExamples> m_unlabelled;
    std::vector<EvaluationClip> m_clean;
    std::vector<EvaluationClip> m_noisy;
    std::vector<std::int64_t> m_parents;
    torch::Tensor m_limbs; ///< output joints that the input's limb joints are, [12]
    bool m_warmUp = true;
    double m_dataSeconds = 0.0; ///< that the last batch was waited for
    std::future<Batch> m_next;
    std::int64_t m_nextStep = -1;
    int m_nextBatch = 0;
};

} // namespace poselift
