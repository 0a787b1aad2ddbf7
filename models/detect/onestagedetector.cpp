#include "models/detect/onestagedetector.h"

#include "models/detect/boxnetwork.h"
#include "models/detect/yolopose.h"

namespace poselift {

Result<std::unique_ptr<Detector2D>> OneStageDetector::load(const DetectorManifest &manifest)
{
    Result<KeypointChannels> channels = KeypointChannels::create(manifest);
    if (!channels)
        return channels.error();
    std::unique_ptr<OneStageDetector> self(new OneStageDetector(*std::move(channels)));
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
    const int channels = m_channels.count();
    if (Result<void> good = checkYoloPose(*output, channels, m_network->path()); !good)
        return good.error();
    std::vector<PersonDetection> people;
    for (const RawPerson &raw : decodeYoloPose(*output, model.decoder, channels)) {
        PersonDetection person;
        person.box = boxFromRaw(raw.box.left, raw.box.top, raw.box.right, raw.box.bottom, crop);
        person.score = raw.box.score;
        person.pose = m_channels.pose(raw.keypoints, crop);
        people.push_back(std::move(person));
    }
    return people;
}

} // namespace poselift
