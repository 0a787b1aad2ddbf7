#include "models/detect/landmarks.h"

#include <cmath>

namespace poselift {

Result<void> checkLandmarks(const Tensor &output, const NetworkDecoder &decoder, int landmarks, const std::string &path)
{
    const auto expected = static_cast<std::size_t>(landmarks) * decoder.landmarkStride;
    if (output.size() >= expected)
        return {};
    return Error(ErrorCode::WrongOutput, {{"path", path},
                                          {"name", output.name},
                                          {"expected", "at least " + std::to_string(expected) + " numbers"},
                                          {"found", shapeText(output.shape)}});
}

std::vector<RawKeypoint> decodeLandmarks(const Tensor &output, const NetworkDecoder &decoder, int landmarks)
{
    std::vector<RawKeypoint> keypoints;
    for (int k = 0; k < landmarks; ++k) {
        const float *values = output.data + static_cast<std::size_t>(k) * decoder.landmarkStride;
        RawKeypoint keypoint{values[0], values[1], 1.0F};
        if (decoder.landmarkScoreAt >= 0)
            keypoint.score = 1.0F / (1.0F + std::exp(-values[decoder.landmarkScoreAt]));
        keypoints.push_back(keypoint);
    }
    return keypoints;
}

} // namespace poselift
