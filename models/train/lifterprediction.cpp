#include "models/train/lifterprediction_torch.h"

#include "models/lift/missingjoints.h"
#include "models/lift/sequencelifting_torch.h"

#include <torch/torch.h>

namespace poselift {

Result<LifterPrediction> LifterPrediction::create(const LifterModel &model, double framesPerSecond, bool flipAveraging)
{
    Result<std::shared_ptr<const InferenceNetwork>> network = createInferenceNetwork(model);
    if (!network)
        return network.error();
    if (model.description.normalisation != LifterNormalisation::HipRay)
        return Error(ErrorCode::BadArgument,
                     {{"name", "--model"},
                      {"expected", std::string("a lifter with the input ") + kLifterNormalisation},
                      {"found", "another one"}});
    LifterPrediction prediction(model.description, *std::move(network));
    prediction.m_framesPerSecond = framesPerSecond;
    prediction.m_flipAveraging = flipAveraging;
    return prediction;
}

std::vector<float> LifterPrediction::operator()(const EvaluationClip &clip) const
{
    std::vector<float> features = clip.input.features;
    if (m_description.architecture == LifterArchitecture::Adversarial)
        fillFromNearestFrames(features, kLifterInputJointCount, m_framesPerSecond);
    const torch::Tensor input =
        torch::from_blob(features.data(), {clip.frames, kLifterInputJointCount, kLifterInputFeatures});
    SequenceOptions options;
    if (m_flipAveraging)
        options.flipAveraging = mirroredJointsOf(m_description);
    const Result<torch::Tensor> lifted = liftSequence(*m_network, input, options, {});
    const torch::Tensor joints = lifted->contiguous(); // nobody stops it
    return {joints.data_ptr<float>(), joints.data_ptr<float>() + joints.numel()};
}

double evaluationRate(const LifterDescription &description)
{
    return description.framesPerSecond > 0 ? description.framesPerSecond : 30.0;
}

} // namespace poselift
