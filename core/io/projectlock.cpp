#include "core/io/projectlock.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sstream>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace poselift {

namespace {

namespace fs = std::filesystem;

enum class Attempt { Locked, HeldByOther, NotSupported };

std::string hostName()
{
    std::array<char, 256> name{};
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

/// Who holds a lock, from the lock file's text "PID HOST".
struct Holder
{
    long process = 0;
    std::string host;

    /// "1234", or "1234 on HOST" for another machine.
    std::string text() const
    {
        const std::string number = process > 0 ? std::to_string(process) : "unknown";
        return host.empty() || host == hostName() ? number : number + " on " + host;
    }

    /// False only when we know that the process is gone.
    bool mayRun() const
    {
        if (process <= 0)
            return false;
        return host != hostName() || ::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM;
    }
};

Holder holderIn(int file)
{
    std::array<char, 512> bytes{};
    const ssize_t size = ::pread(file, bytes.data(), bytes.size() - 1, 0);
    std::istringstream text(size > 0 ? std::string(bytes.data(), static_cast<std::size_t>(size)) : std::string());
    Holder holder;
    text >> holder.process >> holder.host;
    return holder;
}

bool isUnsupported(int errorNumber)
{
    return errorNumber == ENOLCK || errorNumber == ENOSYS || errorNumber == EOPNOTSUPP || errorNumber == EINVAL;
}

Attempt tryDescriptionLock(int file)
{
    struct flock whole{};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    if (::fcntl(file, F_OFD_SETLK, &whole) == 0)
        return Attempt::Locked;
    return isUnsupported(errno) ? Attempt::NotSupported : Attempt::HeldByOther;
}

Attempt tryLock(int file)
{
    if (::flock(file, LOCK_EX | LOCK_NB) == 0)
        return Attempt::Locked;
    if (errno == EWOULDBLOCK)
        return Attempt::HeldByOther;
    return tryDescriptionLock(file);
}

/// False when the holder removed the file between our open and our lock: that lock is worth nothing.
bool isStillAtPath(int file, const fs::path &path)
{
    struct stat ours{};
    struct stat there{};
    return ::fstat(file, &ours) == 0 && ::stat(path.c_str(), &there) == 0 && ours.st_ino == there.st_ino
        && ours.st_dev == there.st_dev;
}

bool writeHolder(int file)
{
    const std::string text = std::to_string(::getpid()) + " " + hostName() + "\n";
    return ::ftruncate(file, 0) == 0
        && ::pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

} // namespace

Result<ProjectLock> ProjectLock::acquire(const fs::path &project)
{
    std::error_code error;
    fs::path path = fs::weakly_canonical(project, error); // one lock for all links to one project
    if (error)
        path = project;
    path += ".lock";
    constexpr int kAttempts = 10;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        ProjectLock lock;
        lock.m_file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (lock.m_file < 0)
            return Error(ErrorCode::CannotWrite, {{"path", path.string()}, {"detail", std::strerror(errno)}});
        const Attempt result = tryLock(lock.m_file);
        const Holder holder = holderIn(lock.m_file);
        if (result == Attempt::HeldByOther || (result == Attempt::NotSupported && holder.mayRun()))
            return Error(ErrorCode::ProjectLocked, {{"path", project.string()}, {"found", holder.text()}});
        if (!isStillAtPath(lock.m_file, path))
            continue;
        // The text is for other people's messages (and for file systems without locks).
        writeHolder(lock.m_file);
        lock.m_path = path;
        return lock;
    }
    return Error(ErrorCode::ProjectLocked, {{"path", project.string()}, {"found", "unknown"}});
}

void ProjectLock::release()
{
    if (m_file < 0)
        return;
    // Removed while still locked: whoever opened it meanwhile sees that it is gone and tries again.
    // m_path is empty when the lock was never ours.
    if (!m_path.empty())
        ::unlink(m_path.c_str());
    ::close(std::exchange(m_file, -1));
    m_path.clear();
}

} // namespace poselift
