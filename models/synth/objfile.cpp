#include "models/synth/objfile.h"

#include <cmath>
#include <cstdlib>
#include <fstream>

namespace poselift {

namespace {

/// Reads the numbers of one line; the file is long and streams are slow.
class ObjParser
{
public:
    explicit ObjParser(std::string path) : m_path(std::move(path)) {}

    Result<void> take(const std::string &line)
    {
        ++m_line;
        if (line.starts_with("v "))
            return takeVertex(line.c_str() + 2);
        if (line.starts_with("f "))
            return takeFace(line.c_str() + 2);
        if (line.starts_with("g "))
            m_group = &m_file.groups[line.substr(2, line.find_last_not_of(" \r") - 1)];
        return {};
    }
    ObjFile result() && { return std::move(m_file); }

private:
    Error broken(const std::string &expected) const
    {
        return Error(ErrorCode::WrongFormat, {{"path", m_path + ", line " + std::to_string(m_line)},
                                              {"expected", expected},
                                              {"found", "something else"}});
    }

    Result<void> takeVertex(const char *text)
    {
        Eigen::Vector3f vertex;
        for (int axis = 0; axis < 3; ++axis) {
            char *end = nullptr;
            vertex[axis] = std::strtof(text, &end);
            if (end == text || !std::isfinite(vertex[axis]))
                return broken("three finite numbers after 'v'");
            text = end;
        }
        m_file.vertices.push_back(vertex);
        return {};
    }

    Result<void> takeFace(const char *text)
    {
        m_corners.clear();
        while (true) {
            char *end = nullptr;
            const long corner = std::strtol(text, &end, 10);
            if (end == text)
                break;
            if (corner < 1 || static_cast<std::size_t>(corner) > m_file.vertices.size())
                return broken("numbers of vertices before this line after 'f'");
            m_corners.push_back(static_cast<std::uint32_t>(corner - 1));
            text = end;
            while (*text != '\0' && *text != ' ') // texture and normal: "/3/4"
                ++text;
        }
        if (m_corners.size() < 3)
            return broken("at least three vertices after 'f'");
        if (m_group == nullptr)
            m_group = &m_file.groups[""];
        for (std::size_t i = 2; i < m_corners.size(); ++i)
            m_group->push_back({m_corners[0], m_corners[i - 1], m_corners[i]});
        return {};
    }

    std::string m_path;
    int m_line = 0;
    ObjFile m_file;
    std::vector<std::array<std::uint32_t, 3>> *m_group = nullptr;
    std::vector<std::uint32_t> m_corners;
};

} // namespace

Result<ObjFile> readObjFile(const std::filesystem::path &path)
{
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored))
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    std::ifstream file(path);
    if (!file)
        return Error(ErrorCode::CannotRead, {{"path", path.string()}, {"detail", "it cannot be opened"}});
    ObjParser parser(path.string());
    for (std::string line; std::getline(file, line);) {
        if (Result<void> taken = parser.take(line); !taken)
            return taken.error();
    }
    return std::move(parser).result();
}

} // namespace poselift
