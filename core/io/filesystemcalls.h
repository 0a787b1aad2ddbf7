#pragma once

#include <functional>

#include <sys/types.h>

namespace poselift {

/// The system calls that saving a project makes. Tests replace one of them to see what a full disk
/// or a failing fsync does; everything else uses systemCalls(). Contracts as POSIX: -1 and errno.
struct FilesystemCalls
{
    std::function<int(const char *path, int flags, mode_t mode)> open;
    std::function<ssize_t(int file, const void *bytes, std::size_t size, off_t at)> pwrite;
    std::function<int(int file, off_t size)> ftruncate;
    std::function<int(int file)> fsync;
    std::function<int(int file)> close;
    std::function<int(const char *from, const char *to)> rename;
    std::function<int(const char *from, const char *to)> link;
    std::function<int(const char *path)> unlink;
};

/// The calls of the operating system.
const FilesystemCalls &systemCalls();

} // namespace poselift
