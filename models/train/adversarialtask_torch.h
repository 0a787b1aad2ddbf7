#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/lift/adversarialmodel_torch.h"
#include "models/train/adversariallosses_torch.h"
#include "models/train/adversarialtrainer.h"
#include "models/train/fusedadam_torch.h"
#include "models/train/poses2d.h"
#include "models/train/random.h"
#include "models/train/trainingtask_torch.h"

#include <torch/torch.h>

#include <functional>
#include <memory>
#include <optional>

namespace poselift {

/// Generator and discriminator in training. Its data are 2D poses: no type that reaches it has room for
/// 3D, but the figures of a validation, which go to the log.
class AdversarialTask final : public TrainingTask
{
public:
    /// Figures of a lifter for the log.
    using Figures = std::function<Result<nlohmann::json>(const LifterModel &)>;

    /// Poses with a missing joint are left out. Errors: BadArgument.
    static Result<std::unique_ptr<AdversarialTask>> create(const Poses2D &poses, const AdversarialOptions &options,
                                                           Figures figures = {});

    double beginEpoch(int epoch, int epochs) override;
    Result<StepOutcome> step(std::int64_t step, int batch) override;
    std::string batchName(std::int64_t step, int batch) const override;
    /// Score: what consistencyLoss() is on held-out poses, in lengths of the head–root distance.
    Result<ValidationOutcome> validate(const std::stop_token &stop) override;
    WeightsFile state() override;
    Result<void> restore(const WeightsFile &state, const std::string &path) override;
    nlohmann::json fixedOptions() const override;
    Result<void> saveModel(const std::filesystem::path &folder, const nlohmann::json &training) override;

    std::int64_t poseCount() const { return m_train.size(0); }
    /// The present lifter.
    LifterModel model();

private:
    /// Poses lifted, turned and projected again.
    struct Fakes
    {
        torch::Tensor seen;      ///< [B, J, 2] that the generator saw
        torch::Tensor joints;    ///< [B, J, 3] lifted
        torch::Tensor rotations; ///< [B, 3, 3]
        torch::Tensor turned;    ///< [B, J, 3]
        torch::Tensor poses;     ///< [B, J, 2]
    };
    struct DiscriminatorOutcome
    {
        double loss = 0.0;
        double accuracy = 0.0;
    };

    AdversarialTask(const AdversarialOptions &options, const LifterDescription &description, torch::Device device);
    Result<void> takePoses(const Poses2D &poses);
    void initialise();
    torch::Tensor draw(Random &random, int batch, double &seconds) const;
    torch::Tensor randomViews(Random &random, std::int64_t count) const;
    Fakes fakesOf(const torch::Tensor &poses, Random &random);
    torch::Tensor lifted(const torch::Tensor &poses);
    /// Chen et al. 2019: fakes lifted again are the joints that they were projected from, and turned
    /// back they are seen as the poses of the beginning; lengths of the head–root distance.
    torch::Tensor consistencyLoss(const Fakes &fakes);
    torch::Tensor inTwoDimensions(const Fakes &fakes, const torch::Tensor &liftedAgain) const;
    DiscriminatorOutcome discriminatorStep(const torch::Tensor &real, const torch::Tensor &fake);
    std::vector<std::pair<std::string, torch::Tensor>> generatorTerms(const Fakes &fakes);
    double metresPerUnit();

    AdversarialOptions m_options;
    LifterDescription m_description;
    torch::Device m_device;
    std::int64_t m_root;
    std::int64_t m_head;
    FacingJoints m_facing;
    AdversarialLifter m_lifter;
    ResidualNet m_discriminator;
    std::optional<FusedAdam> m_generatorOptimiser;
    std::optional<FusedAdam> m_discriminatorOptimiser;
    torch::Tensor m_train;   ///< [N, J, 2]
    torch::Tensor m_heldOut; ///< [M, J, 2]
    Figures m_figures;
};

} // namespace poselift
