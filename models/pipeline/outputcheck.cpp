#include "models/pipeline/outputcheck.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace poselift {

namespace fs = std::filesystem;

Result<void> checkCanWrite(const fs::path &path)
{
    std::error_code ignored;
    if (fs::is_directory(path, ignored))
        return Error(ErrorCode::IsDirectory, {{"path", path.string()}, {"expected", "a file name to write to"}});
    // A file of our own beside it: both savers write a new file there and rename it.
    const fs::path probe = fs::path(path).concat(".writable-" + std::to_string(::getpid()));
    const int descriptor = ::open(probe.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return Error(ErrorCode::CannotWrite, {{"path", path.string()}, {"detail", std::strerror(errno)}});
    ::close(descriptor);
    ::unlink(probe.c_str());
    return {};
}

} // namespace poselift
