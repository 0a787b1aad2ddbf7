#include "models/detect/yolopose.h"

#include "models/detect/nms.h"

namespace poselift {

namespace {

constexpr int kBoxChannels = 5; // centre x, centre y, width, height, score

/// Reads both layouts: channels before candidates, or after.
struct Candidates
{
    const Tensor &output;
    int channels;

    bool channelsFirst() const { return output.extent(1) == channels; }
    int count() const { return channelsFirst() ? output.extent(2) : output.extent(1); }
    float value(int candidate, int channel) const
    {
        const std::size_t at = channelsFirst() ? static_cast<std::size_t>(channel) * count() + candidate
                                               : static_cast<std::size_t>(candidate) * channels + channel;
        return output.data[at];
    }
};

RawPerson personOf(const Candidates &candidates, int candidate, int keypoints, const Box &box, float score)
{
    RawPerson person;
    person.box = {box.x, box.y, box.x + box.width, box.y + box.height, score};
    for (int k = 0; k < keypoints; ++k) {
        const int channel = kBoxChannels + 3 * k;
        person.keypoints.push_back({candidates.value(candidate, channel), candidates.value(candidate, channel + 1),
                                    candidates.value(candidate, channel + 2)});
    }
    return person;
}

} // namespace

Result<void> checkYoloPose(const Tensor &output, int keypoints, const std::string &path)
{
    const int channels = kBoxChannels + 3 * keypoints;
    const bool good = output.shape.size() == 3 && output.shape[0] == 1
        && (output.shape[1] == channels || output.shape[2] == channels);
    if (good)
        return {};
    return Error(ErrorCode::WrongOutput, {{"path", path},
                                          {"name", output.name},
                                          {"expected", "the shape 1x" + std::to_string(channels) + "xcandidates"},
                                          {"found", shapeText(output.shape)}});
}

std::vector<RawPerson> decodeYoloPose(const Tensor &output, const NetworkDecoder &decoder, int keypoints)
{
    const Candidates candidates{output, kBoxChannels + 3 * keypoints};
    std::vector<int> sources;
    std::vector<Box> boxes;
    std::vector<float> scores;
    for (int i = 0; i < candidates.count(); ++i) {
        const float score = candidates.value(i, 4);
        if (score < decoder.scoreThreshold)
            continue;
        const double width = candidates.value(i, 2);
        const double height = candidates.value(i, 3);
        sources.push_back(i);
        boxes.push_back({candidates.value(i, 0) - width / 2, candidates.value(i, 1) - height / 2, width, height});
        scores.push_back(score);
    }
    std::vector<RawPerson> people;
    for (const int kept : keptByNms(boxes, scores, decoder.nmsIou))
        people.push_back(personOf(candidates, sources[kept], keypoints, boxes[kept], scores[kept]));
    return people;
}

} // namespace poselift
