#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/train/keypointtraining_torch.h"
#include "models/train/personexamples.h"

#include <vector>

namespace poselift {

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

/// Runs the averaged network on the plain crops of all validation people (true boxes, no mirroring).
KeypointValidation validateKeypoints(KeypointTraining &training, const PersonExamples &examples, int batch);

} // namespace poselift
