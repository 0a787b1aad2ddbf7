#include "core/io/filesystemcalls.h"

#include <cstdio>

#include <fcntl.h>
#include <unistd.h>

namespace poselift {

const FilesystemCalls &systemCalls()
{
    static const FilesystemCalls calls{
        [](const char *path, int flags, mode_t mode) { return ::open(path, flags, mode); },
        [](int file, const void *bytes, std::size_t size, off_t at) { return ::pwrite(file, bytes, size, at); },
        [](int file, off_t size) { return ::ftruncate(file, size); },
        [](int file) { return ::fsync(file); },
        [](int file) { return ::close(file); },
        [](const char *from, const char *to) { return std::rename(from, to); },
        [](const char *from, const char *to) { return ::link(from, to); },
        [](const char *path) { return ::unlink(path); },
    };
    return calls;
}

} // namespace poselift
