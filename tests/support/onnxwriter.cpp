#include "tests/support/onnxwriter.h"

#include <cstring>
#include <fstream>
#include <numeric>

namespace {

std::string varint(std::uint64_t value)
{
    std::string bytes;
    while (value >= 0x80) {
        bytes += static_cast<char>(value | 0x80);
        value >>= 7;
    }
    return bytes + static_cast<char>(value);
}

/// Wire type 0.
std::string number(int field, std::uint64_t value)
{
    return varint(static_cast<std::uint64_t>(field) << 3) + varint(value);
}

/// Wire type 2: texts, bytes and messages.
std::string block(int field, const std::string &content)
{
    return varint((static_cast<std::uint64_t>(field) << 3) | 2) + varint(content.size()) + content;
}

template <typename T>
std::string raw(const std::vector<T> &values)
{
    std::string bytes(values.size() * sizeof(T), '\0');
    std::memcpy(bytes.data(), values.data(), bytes.size());
    return bytes;
}

constexpr int kFloat = 1; // TensorProto.DataType
constexpr int kInt64 = 7;

std::string tensor(const std::string &name, int type, const std::vector<std::int64_t> &shape, const std::string &data)
{
    std::string message;
    for (const std::int64_t extent : shape)
        message += number(1, static_cast<std::uint64_t>(extent));
    return message + number(2, type) + block(8, name) + block(9, data);
}

std::string valueInfo(const std::string &name, const std::vector<std::int64_t> &shape)
{
    std::string dims;
    for (const std::int64_t extent : shape)
        dims += block(1, number(1, static_cast<std::uint64_t>(extent)));
    const std::string tensorType = number(1, kFloat) + block(2, dims);
    return block(1, name) + block(2, block(1, tensorType));
}

} // namespace

OnnxWriter::OnnxWriter(std::vector<std::int64_t> inputShape) : m_inputShape(std::move(inputShape)) {}

void OnnxWriter::addNode(const std::string &type, const std::vector<std::string> &inputs, const std::string &output,
                         const std::vector<Attribute> &attributes)
{
    constexpr int kInts = 7; // AttributeProto.AttributeType
    std::string message;
    for (const std::string &input : inputs)
        message += block(1, input);
    message += block(2, output) + block(3, "node_" + output) + block(4, type);
    for (const Attribute &attribute : attributes) {
        std::string text = block(1, attribute.name);
        for (const std::int64_t value : attribute.ints)
            text += number(8, static_cast<std::uint64_t>(value));
        message += block(5, text + number(20, kInts));
    }
    m_nodes += block(1, message);
}

void OnnxWriter::addFloats(const std::string &name, const std::vector<std::int64_t> &shape, const std::vector<float> &values)
{
    m_initializers += block(5, tensor(name, kFloat, shape, raw(values)));
}

void OnnxWriter::addInts(const std::string &name, const std::vector<std::int64_t> &values)
{
    m_initializers += block(5, tensor(name, kInt64, {static_cast<std::int64_t>(values.size())}, raw(values)));
}

void OnnxWriter::addOutput(const std::string &name, const std::vector<std::int64_t> &shape)
{
    m_outputs += block(12, valueInfo(name, shape));
}

void OnnxWriter::addConstantOutput(const std::string &name, const std::vector<std::int64_t> &shape,
                                   const std::vector<float> &values)
{
    const std::string id = "c" + std::to_string(m_constants++);
    const auto count = static_cast<std::int64_t>(values.size());
    const std::int64_t channels = m_inputShape.at(1);
    addFloats(id + "_weight", {count, channels, 1, 1}, std::vector<float>(static_cast<std::size_t>(count * channels), 0.0F));
    addFloats(id + "_bias", {count}, values);
    addInts(id + "_shape", shape);
    addNode("GlobalAveragePool", {"input"}, id + "_pooled");
    addNode("Conv", {id + "_pooled", id + "_weight", id + "_bias"}, id + "_flat", {{"kernel_shape", {1, 1}}});
    addNode("Reshape", {id + "_flat", id + "_shape"}, name);
    addOutput(name, shape);
}

std::string OnnxWriter::bytes() const
{
    const std::string graph = m_nodes + block(2, "test") + m_initializers + block(11, valueInfo("input", m_inputShape)) + m_outputs;
    return number(1, 7) + block(7, graph) + block(8, block(1, "") + number(2, 11));
}

void OnnxWriter::save(const std::filesystem::path &path) const
{
    std::ofstream(path, std::ios::binary) << bytes();
}
