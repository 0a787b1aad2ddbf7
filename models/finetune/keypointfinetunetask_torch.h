#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/detectormanifest.h"
#include "models/finetune/correctedpieces.h"
#include "models/keypoints/keypointweights_torch.h"
#include "models/train/keypointtraining_torch.h"
#include "models/train/keypointvalidation_torch.h"
#include "models/train/personexamples.h"
#include "models/train/trainingtask_torch.h"

#include <cstdint>
#include <future>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace poselift {

struct KeypointFinetuneOptions
{
    double learningRate = 1e-3; ///< highest; a quarter of it in the first epoch, then a cosine to 0
    int frozenBlocks = 0;       ///< KeypointTraining::freeze()
    double averaging = 0.98;    ///< decay of the moving average of the weights, which is what is kept
    double rehearsalShare = 0;  ///< of a batch, from the original training set; only with a rehearsal pack
    std::uint64_t seed = 1234;
    int measuringBatch = 32;
    std::string name; ///< of the new model, as a folder may be called
};

/// Fine-tuning of one of our own keypoint networks on corrected people. The score is the mean distance to
/// the labels of the validation pieces (without any, of those that are learnt from), in pixels of the video.
class KeypointFinetuneTask : public TrainingTask
{
public:
    /// Begins with the weights of @p model. @param rehearsal what the model was trained on before, of the same
    /// joints; may be empty. Errors: those of readKeypointWeights() and PersonExamples, WrongFormat when
    /// a pack has other joints.
    static Result<std::unique_ptr<KeypointFinetuneTask>> create(const DetectorManifest &model, CorrectedPieces pieces,
                                                                TrainingPacks rehearsal,
                                                                const KeypointFinetuneOptions &options,
                                                                torch::Device device);

    double beginEpoch(int epoch, int epochs) override;
    Result<StepOutcome> step(std::int64_t step, int batch) override;
    std::string batchName(std::int64_t step, int batch) const override;
    Result<ValidationOutcome> validate(const std::stop_token &stop) override;
    WeightsFile state() override { return m_training.state(); }
    Result<void> restore(const WeightsFile &state, const std::string &path) override;
    nlohmann::json fixedOptions() const override;
    /// weights.h5, a copy of the base model's finder, model.json.
    Result<void> saveModel(const std::filesystem::path &folder, const nlohmann::json &training) override;

    /// Takes the weights that saveModel() wrote. Errors: those of readKeypointWeights().
    Result<void> useModel(const std::filesystem::path &folder);

    /// One labelled joint of a piece as the present weights see it.
    struct JointError
    {
        std::int64_t frame = 0;
        TrackId track = 0;
        int joint = 0;
        double pixels = 0.0; ///< of the video
    };
    /// Of all pieces of @p use, in a fixed order.
    std::vector<JointError> errorsOf(PieceUse use);
    /// PCK@0.2 of the torso on the rehearsal's validation people, some hundred at most; −1 without any.
    double rehearsalPck();
    const Skeleton &skeleton() const { return m_examples.skeleton(); }

private:
    KeypointFinetuneTask(DetectorManifest model, KeypointWeights start, std::vector<PieceOrigin> origins,
                         PersonExamples examples, const KeypointFinetuneOptions &options, torch::Device device);
    PersonBatch batchOf(std::int64_t step, int batch);
    std::vector<std::size_t> piecesOf(PieceUse use) const;
    Calibration calibration() const;
    std::vector<JointError> inVideo(const std::vector<MeasuredJoint> &measured) const;

    DetectorManifest m_model;
    KeypointWeights m_start; ///< without its arrays
    std::string m_startDigest;
    std::vector<PieceOrigin> m_origins; ///< of the first people of the examples
    PersonExamples m_examples;
    KeypointFinetuneOptions m_options;
    KeypointTraining m_training;
    std::vector<MeasuredJoint> m_lastMeasured; ///< by validate()

    /// The next batch, drawn meanwhile.
    struct Ahead
    {
        std::int64_t step = -1;
        int size = 0;
        std::future<PersonBatch> batch;
    };
    Ahead m_ahead; ///< the last member: it is waited for before the examples go
};

} // namespace poselift
