#include "models/detect/onestagedetector.h"

#include "models/detect/boxnetwork.h"
#include "models/detect/keypointnetwork.h"
#include "models/detect/yolopose.h"

namespace poselift {

Result<std::unique_ptr<Detector2D>> OneStageDetector::load(const DetectorManifest &manifest)
{
    std::unique_ptr<OneStageDetector> self(new OneStageDetector);
    Result<Skeleton> skeleton = findSkeleton(manifest.skeleton);
    if (!skeleton)
        return skeleton.error();
    self->m_skeleton = *std::move(skeleton);
    Result<std::vector<int>> joints = jointOfChannels(manifest, self->m_skeleton);
    if (!joints)
        return joints.error();
    self->m_jointOfChannel = *std::move(joints);
    Result<std::unique_ptr<DnnNetwork>> network = DnnNetwork::load(manifest);
    if (!network)
        return network.error();
    self->m_network = *std::move(network);
    const std::vector<std::uint8_t> grey(32 * 32 * 4, 128);
    if (Result<std::vector<PersonDetection>> probe = self->detect({grey.data(), 32, 32, 32 * 4}, {}); !probe)
        return probe.error();
    return std::unique_ptr<Detector2D>(std::move(self));
}

Result<std::vector<PersonDetection>> OneStageDetector::estimatePoses(const ImageView &picture, std::span<const Box>,
                                                                     std::span<const Box>)
{
    const DetectorManifest &model = m_network->manifest();
    const Crop crop = cropOfPicture(picture.width, picture.height, model.input);
    const Result<std::vector<Tensor>> outputs = m_network->run(picture, crop);
    if (!outputs)
        return outputs.error();
    const Result<Tensor> output = m_network->output(*outputs, "boxes", 0);
    if (!output)
        return output.error();
    const int channels = static_cast<int>(m_jointOfChannel.size());
    if (Result<void> good = checkYoloPose(*output, channels, m_network->path()); !good)
        return good.error();
    std::vector<PersonDetection> people;
    for (const RawPerson &raw : decodeYoloPose(*output, model.decoder, channels)) {
        PersonDetection person;
        person.box = boxFromRaw(raw.box.left, raw.box.top, raw.box.right, raw.box.bottom, crop);
        person.score = raw.box.score;
        person.pose = poseFromRaw(raw.keypoints, m_jointOfChannel, m_skeleton.jointCount(), model.decoder, crop);
        people.push_back(std::move(person));
    }
    return people;
}

} // namespace poselift
