#pragma once

// Includes LibTorch: for .cpp files of models/ and their tests only.

#include "models/lift/inferencenetwork_torch.h"
#include "models/train/liftingevaluation.h"

namespace poselift {

/// An installed or just trained lifter on evaluation clips, prepared as LiftingStages prepares it.
class LifterPrediction
{
public:
    /// @p framesPerSecond of the clips. Errors: those of createInferenceNetwork().
    static Result<LifterPrediction> create(const LifterModel &model, double framesPerSecond, bool flipAveraging);

    const Skeleton &skeleton() const { return m_description.outputSkeleton; }
    /// Joints [T, J, 3] m of a clip, each frame in its virtual camera.
    std::vector<float> operator()(const EvaluationClip &clip) const;

private:
    LifterPrediction(const LifterDescription &description, std::shared_ptr<const InferenceNetwork> network)
        : m_description(description), m_network(std::move(network))
    {
    }

    LifterDescription m_description;
    std::shared_ptr<const InferenceNetwork> m_network;
    double m_framesPerSecond = 30.0;
    bool m_flipAveraging = true;
};

/// Rate of the clips that a lifter is measured on: its own, or 30 for one that takes any.
double evaluationRate(const LifterDescription &description);

} // namespace poselift
