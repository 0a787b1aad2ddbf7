#include "core/io/atomicfile.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace poselift {

namespace fs = std::filesystem;

namespace {

Error cannotWrite(const fs::path &path, int errorNumber)
{
    return Error(ErrorCode::CannotWrite, {{"path", path.string()}, {"detail", std::strerror(errorNumber)}});
}

/// 0, or the errno of the call that failed.
int flushToDisk(const fs::path &path, int flags)
{
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return errno;
    const int failure = ::fsync(descriptor) == 0 ? 0 : errno;
    ::close(descriptor);
    return failure;
}

} // namespace

Result<void> replaceFile(const fs::path &path, const std::function<Result<void>(const fs::path &)> &write)
{
    fs::path temporary = path;
    temporary += ".new-" + std::to_string(::getpid());
    std::error_code ignored;
    if (Result<void> written = write(temporary); !written) {
        fs::remove(temporary, ignored);
        return written.error();
    }
    int failure = flushToDisk(temporary, O_RDWR);
    if (failure == 0 && ::rename(temporary.c_str(), path.c_str()) != 0)
        failure = errno;
    if (failure != 0) {
        fs::remove(temporary, ignored);
        return cannotWrite(path, failure);
    }
    // The rename itself survives a power cut only when the folder is flushed; some file systems
    // refuse that, and the new content is in place already.
    flushToDisk(path.parent_path().empty() ? fs::path(".") : path.parent_path(), O_RDONLY | O_DIRECTORY);
    return {};
}

} // namespace poselift
