#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// Writes small ONNX models for tests: protobuf wire format by hand, field numbers of onnx.proto
/// (IR version 7, operator set 11).
class OnnxWriter
{
public:
    struct Attribute
    {
        std::string name;
        std::vector<std::int64_t> ints;
    };

    /// The only input, float32, "input".
    explicit OnnxWriter(std::vector<std::int64_t> inputShape);

    void addNode(const std::string &type, const std::vector<std::string> &inputs, const std::string &output,
                 const std::vector<Attribute> &attributes = {});
    void addFloats(const std::string &name, const std::vector<std::int64_t> &shape, const std::vector<float> &values);
    void addInts(const std::string &name, const std::vector<std::int64_t> &values);
    void addOutput(const std::string &name, const std::vector<std::int64_t> &shape);
    /// An output that has @p values whatever the input is: a convolution with zero weights.
    void addConstantOutput(const std::string &name, const std::vector<std::int64_t> &shape, const std::vector<float> &values);

    std::string bytes() const;
    void save(const std::filesystem::path &path) const;

private:
    std::vector<std::int64_t> m_inputShape;
    std::string m_nodes;
    std::string m_initializers;
    std::string m_outputs;
    int m_constants = 0;
};
