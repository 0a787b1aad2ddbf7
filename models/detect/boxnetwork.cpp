#include "models/detect/boxnetwork.h"

#include "models/detect/fastestdet.h"

namespace poselift {

Box boxFromRaw(double left, double top, double right, double bottom, const Crop &crop)
{
    return {crop.pictureX(left), crop.pictureY(top), (right - left) * crop.scaleX(), (bottom - top) * crop.scaleY()};
}

Result<std::unique_ptr<BoxNetwork>> BoxNetwork::load(const DetectorManifest &manifest)
{
    Result<std::unique_ptr<DnnNetwork>> network = DnnNetwork::load(manifest);
    if (!network)
        return network.error();
    std::unique_ptr<BoxNetwork> self(new BoxNetwork);
    self->m_network = *std::move(network);
    const std::vector<std::uint8_t> grey(32 * 32 * 4, 128);
    if (Result<std::vector<PersonDetection>> probe = self->find({grey.data(), 32, 32, 32 * 4}); !probe)
        return probe.error();
    return self;
}

Result<std::vector<PersonDetection>> BoxNetwork::find(const ImageView &picture)
{
    const DetectorManifest &model = manifest();
    const Crop crop = cropOfPicture(picture.width, picture.height, model.input);
    const Result<std::vector<Tensor>> outputs = m_network->run(picture, crop);
    if (!outputs)
        return outputs.error();
    const Result<Tensor> output = m_network->output(*outputs, "boxes", 0);
    if (!output)
        return output.error();
    if (Result<void> good = checkFastestDetOutput(*output, model.decoder, m_network->path()); !good)
        return good.error();
    std::vector<PersonDetection> people;
    for (const RawBox &raw : decodeFastestDet(*output, model.decoder, model.input.width, model.input.height)) {
        PersonDetection person;
        person.box = boxFromRaw(raw.left, raw.top, raw.right, raw.bottom, crop);
        person.score = raw.score;
        people.push_back(person);
    }
    return people;
}

} // namespace poselift
