#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/train/keypointtraining_torch.h"
#include "models/train/personexamples.h"

#include <optional>
#include <span>
#include <vector>

namespace poselift {

/// One joint that was labelled, and where the network put it.
struct MeasuredJoint
{
    std::size_t person = 0; ///< index into the pack's people
    int joint = 0;
    double distance = 0.0;       ///< px of the piece, from the label
    float mass = 0.0F;           ///< MapPeak::mass, before calibration
    std::optional<double> torso; ///< px of the piece (torsoSize()), where the labels tell

    /// PCK@0.2 of the torso; nothing without one.
    std::optional<bool> isCorrect() const;
};

/// Runs the averaged network on the plain crops of @p people (true boxes, no mirroring).
std::vector<MeasuredJoint> measureKeypoints(KeypointTraining &training, const PersonExamples &examples,
                                            std::span<const std::size_t> people, int batch);

/// One labelled joint of a validation person and what the network said.
struct JointOutcome
{
    int joint = 0;
    float mass = 0.0F;    ///< MapPeak::mass, before calibration
    bool correct = false; ///< PCK@0.2 of the torso
};

struct KeypointValidation
{
    std::vector<JointOutcome> outcomes; ///< joints labelled by hand, of people whose torso is known
    std::vector<double> perJoint;       ///< PCK [J]; −1 for a joint that is never labelled
    double pck = 0.0;                   ///< unweighted mean over the joints that occur
};

/// measureKeypoints() of all validation people.
KeypointValidation validateKeypoints(KeypointTraining &training, const PersonExamples &examples, int batch);

} // namespace poselift
