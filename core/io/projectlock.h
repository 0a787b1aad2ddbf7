#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <utility>

namespace poselift {

/// The right to write one project, held while it is open. The lock is on NAME.poselift.lock and
/// ends with the process, however that ends. Move-only; the lock is given back on destruction.
///
/// flock() where the file system has it, else an open-file-description lock of fcntl(); where there
/// is neither, the file's text (process and host) tells, and a process that no longer runs on this
/// host does not count.
class ProjectLock
{
public:
    ProjectLock() = default;
    ProjectLock(ProjectLock &&other) noexcept { swap(other); }
    ProjectLock &operator=(ProjectLock &&other) noexcept
    {
        swap(other);
        return *this;
    }
    ~ProjectLock() { release(); }

    /// ProjectLocked names the process that has the project open; CannotWrite when no lock file can
    /// be made (a read-only folder). Either way the project can only be opened for reading.
    static Result<ProjectLock> acquire(const std::filesystem::path &project);

    bool isHeld() const { return m_file >= 0; }
    void release();

private:
    void swap(ProjectLock &other) noexcept
    {
        std::swap(m_file, other.m_file);
        std::swap(m_path, other.m_path);
    }

    int m_file = -1;
    std::filesystem::path m_path;
};

} // namespace poselift
