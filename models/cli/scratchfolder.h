#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>

namespace poselift {

/// A folder for the files of a bench that goes away with this object.
class ScratchFolder
{
public:
    explicit ScratchFolder(const std::string &bench)
        : m_path(std::filesystem::temp_directory_path()
                 / ("poselift-bench-" + bench + "-" + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(m_path);
    }
    ~ScratchFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    ScratchFolder(const ScratchFolder &) = delete;
    ScratchFolder &operator=(const ScratchFolder &) = delete;

    const std::filesystem::path &path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace poselift
