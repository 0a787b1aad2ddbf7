#include "core/io/projectfile.h"

#include "core/io/hdf5filesink.h"
#include "core/io/projectsnapshot.h"
#include "core/io/projectwriter.h"

#include <cerrno>
#include <cstring>
#include <random>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace poselift {

namespace {

namespace fs = std::filesystem;

Error cannotWrite(const fs::path &path, const std::string &detail)
{
    return Error(ErrorCode::CannotWrite, {{"path", path.string()}, {"detail", detail}});
}

fs::path withSuffix(fs::path path, const char *suffix)
{
    path += suffix;
    return path;
}

/// The new file beside the old one, locked until this goes out of scope (after the rename). Unless
/// kept, it is removed then.
class NewFile
{
public:
    NewFile(const FilesystemCalls &calls, fs::path path) : m_calls(calls), m_path(std::move(path)) {}
    NewFile(const NewFile &) = delete;
    NewFile &operator=(const NewFile &) = delete;
    ~NewFile()
    {
        if (m_file >= 0)
            m_calls.close(m_file);
        if (m_isOurs && !m_isKept)
            m_calls.unlink(m_path.c_str());
    }

    /// Makes it empty and takes its lock, so that two processes that save one project do not write
    /// into one file. What a crashed save left behind is overwritten.
    Result<void> open(const fs::path &target)
    {
        constexpr mode_t kMode = 0666; // less the umask, as for any new document
        m_file = m_calls.open(m_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kMode);
        if (m_file < 0)
            return cannotWrite(target, std::strerror(errno));
        const bool isLockedElsewhere = ::flock(m_file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
        if (isLockedElsewhere || !isStillAtPath())
            return cannotWrite(target, "another process is saving it now");
        m_isOurs = true;
        struct stat old{};
        if (::stat(target.c_str(), &old) == 0)
            ::fchmod(m_file, old.st_mode & 07777U);
        if (m_calls.ftruncate(m_file, 0) != 0)
            return cannotWrite(target, std::strerror(errno));
        return {};
    }

    int file() const { return m_file; }
    const fs::path &path() const { return m_path; }
    void keep() { m_isKept = true; }

private:
    /// False when another process renamed the file to the target between our open and our lock.
    bool isStillAtPath() const
    {
        struct stat ours{};
        struct stat there{};
        return ::fstat(m_file, &ours) == 0 && ::stat(m_path.c_str(), &there) == 0 && ours.st_ino == there.st_ino
            && ours.st_dev == there.st_dev;
    }

    const FilesystemCalls &m_calls;
    fs::path m_path;
    int m_file = -1;
    bool m_isOurs = false;
    bool m_isKept = false;
};

Result<void> writeContent(ProjectSnapshot &project, const fs::path &target, const FilesystemCalls &calls, int file)
{
    const hdf5::Session session;
    hdf5::FileSink sink(calls, file);
    hdf5::Handle content = hdf5::createFile(sink, target.string());
    if (!content.ok())
        return cannotWrite(target, hdf5::lastErrorText());
    Result<void> written = writeProjectContent(project, content, target.string());
    const bool closed = content.close();
    if (sink.failure() != 0)
        return cannotWrite(target, std::strerror(sink.failure()));
    if (written && !closed)
        return cannotWrite(target, hdf5::lastErrorText());
    return written;
}

/// NAME.2 → NAME.3, NAME.1 → NAME.2, and NAME.1 becomes a second name of the present file. A file
/// system without hard links keeps no old saves; that must not stop this one.
void keepLastSaves(const fs::path &target, const FilesystemCalls &calls)
{
    std::error_code ignored;
    if (!fs::exists(target, ignored))
        return;
    calls.rename(withSuffix(target, ".2").c_str(), withSuffix(target, ".3").c_str());
    calls.rename(withSuffix(target, ".1").c_str(), withSuffix(target, ".2").c_str());
    calls.link(target.c_str(), withSuffix(target, ".1").c_str());
}

/// The new name is safe from a power cut only when the folder is flushed too. Some file systems
/// cannot flush folders (EINVAL, ENOTSUP); only a real failure of the disk is told.
Result<void> flushFolder(const fs::path &target, const FilesystemCalls &calls)
{
    const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    const int file = calls.open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    if (file < 0)
        return {};
    const int failure = calls.fsync(file) == 0 ? 0 : errno;
    calls.close(file);
    if (failure == EIO || failure == ENOSPC || failure == EDQUOT)
        return Error(ErrorCode::SaveNotConfirmed, {{"path", target.string()}, {"detail", std::strerror(failure)}});
    return {};
}

/// Saving through a symbolic link must change the file that it points to, not replace the link.
fs::path linkTarget(const fs::path &path)
{
    std::error_code error;
    const fs::path resolved = fs::is_symlink(path, error) ? fs::canonical(path, error) : path;
    return error || resolved.empty() ? path : resolved;
}

Result<void> writeSnapshot(ProjectSnapshot &project, const fs::path &path, const FilesystemCalls &calls)
{
    if (Result<void> checked = checkProject(project); !checked)
        return checked;
    const fs::path target = linkTarget(path);
    std::error_code ignored;
    if (fs::is_directory(target, ignored))
        return Error(ErrorCode::IsDirectory, {{"path", path.string()}, {"expected", "a project file"}});

    NewFile newFile(calls, withSuffix(target, ".saving"));
    if (Result<void> opened = newFile.open(target); !opened)
        return opened;
    if (Result<void> written = writeContent(project, target, calls, newFile.file()); !written)
        return written;
    if (calls.fsync(newFile.file()) != 0)
        return cannotWrite(target, std::strerror(errno));
    keepLastSaves(target, calls);
    if (calls.rename(newFile.path().c_str(), target.c_str()) != 0)
        return cannotWrite(target, std::strerror(errno));
    newFile.keep();
    return flushFolder(target, calls);
}

} // namespace

Result<void> writeProject(const Project &project, const fs::path &path)
{
    return writeProject(project, path, systemCalls());
}

Result<void> writeProject(const Project &project, const fs::path &path, const FilesystemCalls &calls)
{
    ProjectSnapshot snapshot(project);
    return writeSnapshot(snapshot, path, calls);
}

Result<void> writeProject(ProjectSnapshot &project, const fs::path &path)
{
    return writeSnapshot(project, path, systemCalls());
}

std::string newUuid()
{
    // RFC 4122, version 4: 122 random bits.
    std::random_device random;
    std::uniform_int_distribution<int> digit(0, 15);
    constexpr const char *kHex = "0123456789abcdef";
    std::string uuid = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    for (char &c : uuid) {
        if (c == 'x')
            c = kHex[digit(random)];
        else if (c == 'y')
            c = kHex[8 + digit(random) % 4];
    }
    return uuid;
}

} // namespace poselift
