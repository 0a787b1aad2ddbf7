#include "models/train/keypointvalidation_torch.h"

#include "models/keypoints/mapdecode.h"
#include "models/keypoints/torsosize.h"

#include <cmath>

namespace poselift {

namespace {

constexpr double kPckThreshold = 0.2;

void measure(const PackedPerson &person, std::size_t index, const std::optional<double> &torso,
             const std::vector<MapPeak> &peaks, const Affine &sourceFromInput, std::vector<MeasuredJoint> &measured)
{
    for (std::size_t j = 0; j < peaks.size(); ++j) {
        const Keypoint2D &label = person.labels[j];
        if (!label.isKnown())
            continue;
        const std::array<double, 2> at = sourceFromInput(peaks[j].u, peaks[j].v);
        measured.push_back({index, static_cast<int>(j), std::hypot(at[0] - label.x, at[1] - label.y), peaks[j].mass,
                            torso});
    }
}

void summarise(KeypointValidation &validation, int joints)
{
    std::vector<int> known(static_cast<std::size_t>(joints), 0);
    std::vector<int> correct(static_cast<std::size_t>(joints), 0);
    for (const JointOutcome &outcome : validation.outcomes) {
        ++known[static_cast<std::size_t>(outcome.joint)];
        correct[static_cast<std::size_t>(outcome.joint)] += outcome.correct ? 1 : 0;
    }
    int occurring = 0;
    for (std::size_t j = 0; j < known.size(); ++j) {
        validation.perJoint.push_back(known[j] > 0 ? static_cast<double>(correct[j]) / known[j] : -1);
        if (known[j] == 0)
            continue;
        validation.pck += validation.perJoint.back();
        ++occurring;
    }
    validation.pck /= std::max(1, occurring);
}

} // namespace

std::optional<bool> MeasuredJoint::isCorrect() const
{
    return torso ? std::optional(distance < kPckThreshold * *torso) : std::nullopt;
}

std::vector<MeasuredJoint> measureKeypoints(KeypointTraining &training, const PersonExamples &examples,
                                            std::span<const std::size_t> people, int batch)
{
    const int64_t size = examples.options().inputSize;
    const int joints = examples.skeleton().jointCount();
    const int stride = static_cast<int>(training.model()->options().stride());
    const int cells = static_cast<int>(size) / stride;
    std::vector<MeasuredJoint> measured;
    for (std::size_t first = 0; first < people.size(); first += static_cast<std::size_t>(batch)) {
        const std::size_t count = std::min(people.size() - first, static_cast<std::size_t>(batch));
        const torch::Tensor pictures = torch::empty({static_cast<int64_t>(count), 3, size, size});
        std::vector<Affine> crops;
        for (std::size_t i = 0; i < count; ++i)
            crops.push_back(examples.plainCrop(people[first + i], pictures[static_cast<int64_t>(i)].data_ptr<float>()));
        const torch::Tensor logits = training.predict(pictures).contiguous();
        const auto values = static_cast<std::size_t>(logits[0].numel());
        for (std::size_t i = 0; i < count; ++i) {
            const std::span<const float> maps(logits.data_ptr<float>() + i * values, values);
            const PackedPerson &person = examples.pack().people[people[first + i]];
            measure(person, people[first + i], torsoSize(person.labels, examples.skeleton()),
                    decodeMaps(maps, joints, cells, cells, stride), crops[i], measured);
        }
    }
    return measured;
}

KeypointValidation validateKeypoints(KeypointTraining &training, const PersonExamples &examples, int batch)
{
    KeypointValidation validation;
    for (const MeasuredJoint &joint : measureKeypoints(training, examples, examples.validation(), batch)) {
        if (const std::optional<bool> correct = joint.isCorrect())
            validation.outcomes.push_back({joint.joint, joint.mass, *correct});
    }
    summarise(validation, examples.skeleton().jointCount());
    return validation;
}

} // namespace poselift
