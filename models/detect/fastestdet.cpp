#include "models/detect/fastestdet.h"

#include "models/detect/nms.h"

#include <cmath>

namespace poselift {

namespace {

constexpr int kBoxChannels = 5;

double sigmoid(double value)
{
    return 1.0 / (1.0 + std::exp(-value));
}

} // namespace

Result<void> checkFastestDetOutput(const Tensor &output, const NetworkDecoder &decoder, const std::string &path)
{
    const bool good = output.shape.size() == 4 && output.shape[0] == 1
        && output.shape[1] > kBoxChannels + decoder.personClass && decoder.personClass >= 0;
    if (good)
        return {};
    return Error(ErrorCode::WrongOutput,
                 {{"path", path},
                  {"name", output.name},
                  {"expected", "the shape 1x(5 + classes)xrowsxcolumns with class " + std::to_string(decoder.personClass)},
                  {"found", shapeText(output.shape)}});
}

std::vector<RawBox> decodeFastestDet(const Tensor &output, const NetworkDecoder &decoder, int inputWidth, int inputHeight)
{
    const int rows = output.extent(2);
    const int columns = output.extent(3);
    const int cells = rows * columns;
    const auto value = [&](int channel, int cell) { return double(output.data[channel * cells + cell]); };

    std::vector<Box> boxes;
    std::vector<float> scores;
    for (int cell = 0; cell < cells; ++cell) {
        const double objectness = std::max(value(0, cell), 0.0);
        const double person = std::max(value(kBoxChannels + decoder.personClass, cell), 0.0);
        const double score = std::pow(objectness, 0.6) * std::pow(person, 0.4);
        if (score < decoder.scoreThreshold)
            continue;
        const double x = (cell % columns + std::tanh(value(1, cell))) / columns * inputWidth;
        const double y = (cell / columns + std::tanh(value(2, cell))) / rows * inputHeight;
        const double width = sigmoid(value(3, cell)) * inputWidth;
        const double height = sigmoid(value(4, cell)) * inputHeight;
        boxes.push_back({x - width / 2, y - height / 2, width, height});
        scores.push_back(static_cast<float>(score));
    }
    std::vector<RawBox> found;
    for (const int kept : keptByNms(boxes, scores, decoder.nmsIou)) {
        const Box &box = boxes[kept];
        found.push_back({box.x, box.y, box.x + box.width, box.y + box.height, scores[kept]});
    }
    return found;
}

} // namespace poselift
