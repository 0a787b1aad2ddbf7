#include "models/detect/dnnnetwork.h"

#include "core/base/threads.h"
#include "models/detect/networkinput.h"

#include <opencv2/core/utility.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/core/version.hpp>
#include <opencv2/dnn.hpp>

#include <algorithm>
#include <cmath>
#include <regex>

namespace poselift {

struct DnnNetwork::Net
{
    cv::dnn::Net net;
    std::vector<std::string> outputNames;
    std::vector<cv::Mat> outputs;
    cv::Mat blob;
};

namespace {

/// The operator named by an exception of OpenCV's importers, or empty. The forms are those of
/// OpenCV 4.6: "Node [Clip@ai.onnx]:(…) parse error", "type Foo in op bar", "Can't create layer
/// "x" of type "Foo"".
std::string operatorIn(const std::string &message)
{
    static const std::regex kForms[] = {
        std::regex(R"(Node \[([A-Za-z0-9_]+)(?:@[^\]]*)?\])"),
        std::regex(R"(Can't create layer "[^"]*" of type "([^"]+)\")"),
        std::regex(R"(Unknown layer type:? ([A-Za-z0-9_]+))"),
    };
    for (const std::regex &form : kForms) {
        std::smatch match;
        if (std::regex_search(message, match, form))
            return match[1];
    }
    return {};
}

/// OpenCV's text without its file names and line breaks.
std::string firstLine(const cv::Exception &exception)
{
    std::string text = exception.err.empty() ? exception.what() : exception.err;
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text.substr(0, 200);
}

Error loadError(const cv::Exception &exception, const std::string &path)
{
    const std::string name = operatorIn(exception.what());
    if (!name.empty())
        return Error(ErrorCode::UnsupportedOperator, {{"path", path}, {"version", CV_VERSION}, {"name", name}});
    return Error(ErrorCode::NetworkNotReadable, {{"path", path}, {"detail", firstLine(exception)}});
}

cv::dnn::Net readNet(const DetectorManifest &manifest)
{
    const std::string network = manifest.network.string();
    const std::string config = manifest.config.string();
    switch (manifest.format) {
    case NetworkFormat::TensorFlow:
        return cv::dnn::readNetFromTensorflow(network, config);
    case NetworkFormat::Caffe:
        return cv::dnn::readNetFromCaffe(config, network);
    case NetworkFormat::Poselift: // not one of OpenCV's
    case NetworkFormat::Onnx:
        break;
    }
    return cv::dnn::readNetFromONNX(network);
}

bool isFinite(const cv::Mat &values)
{
    return cv::checkRange(values.reshape(1, 1), /*quiet=*/true);
}

} // namespace

std::string shapeText(const std::vector<int> &shape)
{
    std::string text;
    for (const int extent : shape)
        text += (text.empty() ? "" : "x") + std::to_string(extent);
    return text.empty() ? "nothing" : text;
}

void setDetectionThreads(int threads)
{
    cv::setNumThreads(threads > 0 ? threads : cpuCount());
}

DnnNetwork::DnnNetwork(const DetectorManifest &manifest) : m_manifest(manifest), m_net(std::make_unique<Net>()) {}

DnnNetwork::~DnnNetwork() = default;

Result<std::unique_ptr<DnnNetwork>> DnnNetwork::load(const DetectorManifest &manifest)
{
    std::unique_ptr<DnnNetwork> network(new DnnNetwork(manifest));
    if (Result<void> read = network->read(); !read)
        return read.error();
    if (Result<void> probe = network->probe(); !probe)
        return probe.error();
    return network;
}

Result<void> DnnNetwork::read()
{
    // What OpenCV has to say arrives in exceptions; its own log would mix with ours.
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    try {
        m_net->net = readNet(m_manifest);
        if (m_net->net.empty())
            return Error(ErrorCode::NetworkNotReadable, {{"path", path()}, {"detail", "it has no layers"}});
        m_net->net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        m_net->outputNames = m_net->net.getUnconnectedOutLayersNames();
    } catch (const cv::Exception &exception) {
        return loadError(exception, path());
    } catch (const std::exception &exception) {
        return Error(ErrorCode::NetworkNotReadable, {{"path", path()}, {"detail", exception.what()}});
    }
    return {};
}

Result<void> DnnNetwork::probe()
{
    const std::vector<std::uint8_t> grey(32 * 32 * 4, 128);
    const ImageView picture{grey.data(), 32, 32, 32 * 4};
    const Result<std::vector<Tensor>> outputs = run(picture, cropOfPicture(32, 32, m_manifest.input));
    return outputs ? Result<void>() : Result<void>(outputs.error());
}

Result<std::vector<Tensor>> DnnNetwork::run(const ImageView &picture, const Crop &crop)
{
    try {
        fillBlob(picture, crop, m_manifest.input, m_net->blob);
        return forward();
    } catch (const cv::Exception &exception) {
        return Error(ErrorCode::InferenceFailed, {{"path", path()}, {"detail", firstLine(exception)}});
    } catch (const std::exception &exception) {
        return Error(ErrorCode::InferenceFailed, {{"path", path()}, {"detail", exception.what()}});
    }
}

Result<std::vector<Tensor>> DnnNetwork::forward()
{
    m_net->net.setInput(m_net->blob);
    m_net->net.forward(m_net->outputs, m_net->outputNames);
    std::vector<Tensor> tensors;
    for (std::size_t i = 0; i < m_net->outputs.size(); ++i) {
        cv::Mat &values = m_net->outputs[i];
        if (values.type() != CV_32F || !values.isContinuous())
            values.convertTo(values, CV_32F);
        if (!isFinite(values))
            return Error(ErrorCode::NotFinite, {{"path", path()}, {"name", m_net->outputNames[i]}});
        tensors.push_back({m_net->outputNames[i], {values.size.p, values.size.p + values.dims}, values.ptr<float>()});
    }
    return tensors;
}

Result<Tensor> DnnNetwork::output(const std::vector<Tensor> &outputs, const std::string &role,
                                  std::size_t fallbackIndex) const
{
    const auto named = m_manifest.decoder.outputs.find(role);
    std::string found;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        if (named == m_manifest.decoder.outputs.end() ? i == fallbackIndex : outputs[i].name == named->second)
            return outputs[i];
        found += (found.empty() ? "'" : ", '") + outputs[i].name + "'";
    }
    const std::string name = named != m_manifest.decoder.outputs.end() ? named->second : role;
    return Error(ErrorCode::WrongOutput,
                 {{"path", path()}, {"name", name}, {"expected", "an output of this name"}, {"found", found}});
}

} // namespace poselift
