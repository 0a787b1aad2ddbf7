#include "core/jobs/linereader.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace poselift {

std::vector<std::string> LineReader::read()
{
    std::array<char, 65536> buffer{};
    const ssize_t count = ::read(m_descriptor, buffer.data(), buffer.size());
    if (count < 0 && (errno == EINTR || errno == EAGAIN))
        return {};
    std::vector<std::string> lines;
    if (count <= 0) {
        m_atEnd = true;
        if (!m_rest.empty())
            lines.push_back(std::exchange(m_rest, {}));
        return lines;
    }
    // Only the new bytes can hold a newline.
    std::size_t searchFrom = m_rest.size();
    m_rest.append(buffer.data(), static_cast<std::size_t>(count));
    std::size_t begin = 0;
    for (std::size_t end; (end = m_rest.find('\n', searchFrom)) != std::string::npos; searchFrom = begin) {
        lines.push_back(m_rest.substr(begin, end - begin));
        begin = end + 1;
    }
    m_rest.erase(0, begin);
    return lines;
}

} // namespace poselift
