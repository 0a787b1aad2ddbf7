#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "core/base/job.h"
#include "core/io/mocapfile.h"
#include "models/finetune/finetune.h"
#include "models/finetune/learningblocks.h"
#include "models/finetune/personlabels.h"
#include "models/finetune/windowexamples.h"
#include "models/finetune/windowtensors_torch.h"
#include "models/lift/lifternetwork_torch.h"
#include "models/train/liftingexamples.h"

#include <memory>
#include <optional>

namespace poselift {

struct RefinedPoses;

/// Everything that a lifter learns from in one fine-tuning: a project's examples, and motion capture
/// before cameras at random and before this project's. Depends on the options and the files only.
class FinetuneData
{
public:
    /// @p network is the lifter before; it says what the poses of the training frames are roughly.
    /// Errors: NothingToLearn, BadArgument, those of readProject(), personLabels() and readMocap(),
    /// Cancelled.
    static Result<std::unique_ptr<FinetuneData>> create(const FinetuneOptions &options, const LifterDescription &lifter,
                                                        LifterNetwork &network, const JobContext &job);

    FinetuneObjective objective() const { return m_objective; } ///< never Auto
    const Project &project() const { return m_project; }
    const LifterDescription &lifter() const { return m_lifter; }
    const std::vector<PersonLabels> &people() const { return m_people; }
    const LearningBlocks &blocks() const { return m_blocks; }
    double projectFramesPerSecond() const { return m_projectRate; }

    const WindowTensors &train() const { return m_train; }              ///< the network's inputs as both
    const std::vector<int64_t> &labelled() const { return m_labelled; } ///< those of train() with a label
    const WindowTensors &validation() const { return m_validation; }    ///< the detector's keypoints
    const LimbJoints &limbs() const { return m_limbs; }
    const BodyVariation &body() const { return m_body; }

    /// Motion capture; null without.
    const LiftingExamples *general() const { return m_general ? &*m_general : nullptr; }
    /// The same of takes that are not trained on: whether old ability is lost. Null without rehearsal.
    const LiftingExamples *unseen() const { return m_unseen ? &*m_unseen : nullptr; }
    /// The same as each person of the project would look; as many as there are people to imitate.
    const std::vector<LiftingExamples> &imitations() const { return m_imitations; }
    const MocapData &rehearsalValidation() const { return m_mocapVal; }

    /// "trained_on" of report.json and of a trial.
    nlohmann::json trainedOn() const;

private:
    /// A person's windows around the frames that are learnt from: with the corrections, and of the same
    /// frames as the detector saw them; and around validation frames, as the detector saw them.
    struct PersonWindows
    {
        std::vector<WindowExample> corrected;
        std::vector<WindowExample> detected;
        std::vector<WindowExample> validation;
    };

    FinetuneData(const FinetuneOptions &options, const LifterDescription &lifter, const LimbJoints &limbs);
    bool isLabelledFrame(const PersonLabels &person, std::int64_t frame) const;
    std::vector<std::int64_t> labelledFrames() const;
    Result<void> readPeople(const std::string &liftedLayer);
    Result<void> chooseBlocks(std::int64_t receptiveField);
    Result<void> readRehearsal(LifterNetwork &network);
    Result<void> addPerson(const PersonLabels &person, LifterNetwork &network, const JobContext &job);
    PersonWindows windowsOf(const PersonLabels &person, const LifterNetwork &network) const;
    void addTraining(const PersonLabels &person, const PersonWindows &windows, WindowTensors corrected,
                     const RefinedPoses &refined);
    /// Motion capture as this person in this scene. @param seen the tensors of @p examples
    Result<void> addImitation(const PersonLabels &person, const std::vector<WindowExample> &examples,
                              const WindowTensors &seen, const RefinedPoses &refined);

    FinetuneOptions m_options;
    LifterDescription m_lifter;
    LimbJoints m_limbs;
    BodyVariation m_body;
    FinetuneObjective m_objective = FinetuneObjective::Auto;
    Project m_project;
    double m_projectRate = 30;
    std::vector<PersonLabels> m_people;
    LearningBlocks m_blocks;
    WindowTensors m_train;
    std::vector<int64_t> m_labelled;
    WindowTensors m_validation;
    MocapData m_mocap;
    MocapData m_mocapVal;
    LiftingExampleOptions m_exampleOptions;
    std::optional<LiftingExamples> m_general;
    std::optional<LiftingExamples> m_unseen;
    std::vector<LiftingExamples> m_imitations;
};

/// Joints [N, J, 3] of windows [N, rf, 14, 3] on the CPU in evaluation mode, averaged with those of the
/// mirrored windows as in use.
torch::Tensor predicted(LifterNetwork &network, const torch::Tensor &windows, const Skeleton &output);

} // namespace poselift
