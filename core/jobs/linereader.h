#pragma once

#include <string>
#include <vector>

namespace poselift {

/// Splits what arrives at a file descriptor into lines, without blocking on half a line.
class LineReader
{
public:
    explicit LineReader(int descriptor) : m_descriptor(descriptor) {}

    /// Reads once (blocks when nothing is there) and returns the lines that became complete,
    /// without their newlines. The last line may lack its newline at the end of the input.
    std::vector<std::string> read();
    bool atEnd() const { return m_atEnd; }

private:
    int m_descriptor;
    std::string m_rest;
    bool m_atEnd = false;
};

} // namespace poselift
