#include "tests/support/guithreadwatch.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <hdf5.h>

#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <mutex>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

namespace {

/// Read before main(), when libraries open files: constant-initialised, no constructors.
constinit std::atomic<bool> watching{false};
constinit std::atomic<int> elsewhere{0};
constinit thread_local bool inGuiThread = false;
constinit std::mutex mutex;
std::string folderOfWorkers;
std::vector<std::string> forbidden;

/// The function that would have been called without us.
template <typename Function>
Function *original(Function *, const char *name)
{
    return reinterpret_cast<Function *>(dlsym(RTLD_NEXT, name));
}

void note(const char *function, const char *path = "")
{
    if (!watching)
        return;
    if (!inGuiThread) {
        ++elsewhere;
        return;
    }
    const std::lock_guard lock(mutex);
    forbidden.push_back(*path == '\0' ? function : std::string(function) + ' ' + path);
}

void noteFile(const char *function, const char *path)
{
    if (watching && path != nullptr &&
        std::strncmp(path, folderOfWorkers.c_str(), folderOfWorkers.size()) == 0)
        note(function, path);
}

/// The third argument of open(), which is there only when a file may be made.
mode_t modeOf(int flags, va_list arguments)
{
    const bool makesFile = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
    return makesFile ? static_cast<mode_t>(va_arg(arguments, int)) : 0;
}

} // namespace

GuiThreadWatch::GuiThreadWatch(const std::string &folder)
{
    const std::lock_guard lock(mutex);
    folderOfWorkers = folder + '/';
    forbidden.clear();
    elsewhere = 0;
    inGuiThread = true;
    watching = true;
}

GuiThreadWatch::~GuiThreadWatch()
{
    watching = false;
    inGuiThread = false;
}

std::vector<std::string> GuiThreadWatch::callsInGuiThread()
{
    const std::lock_guard lock(mutex);
    return forbidden;
}

int GuiThreadWatch::callsElsewhere()
{
    return elsewhere;
}

// The functions that are watched. A macro, because name and parameters differ and nothing else.
#define WATCH(result, function, parameters, arguments)                                             \
    result function parameters                                                                     \
    {                                                                                              \
        static const auto next = original(&function, #function);                                   \
        note(#function);                                                                           \
        return next arguments;                                                                     \
    }

extern "C" {

WATCH(int, avformat_open_input,
      (AVFormatContext * *context, const char *url, const AVInputFormat *format,
       AVDictionary **options),
      (context, url, format, options))
WATCH(int, av_read_frame, (AVFormatContext * context, AVPacket *packet), (context, packet))
WATCH(int, avcodec_send_packet, (AVCodecContext * context, const AVPacket *packet),
      (context, packet))
WATCH(int, avcodec_receive_frame, (AVCodecContext * context, AVFrame *frame), (context, frame))
WATCH(int, sws_scale,
      (SwsContext * context, const uint8_t *const source[], const int sourceStride[], int y,
       int height, uint8_t *const target[], const int targetStride[]),
      (context, source, sourceStride, y, height, target, targetStride))
WATCH(hid_t, H5Fopen, (const char *name, unsigned flags, hid_t access), (name, flags, access))
WATCH(hid_t, H5Fcreate, (const char *name, unsigned flags, hid_t creation, hid_t access),
      (name, flags, creation, access))
WATCH(herr_t, H5Dread,
      (hid_t set, hid_t type, hid_t memory, hid_t file, hid_t transfer, void *buffer),
      (set, type, memory, file, transfer, buffer))
WATCH(herr_t, H5Dwrite,
      (hid_t set, hid_t type, hid_t memory, hid_t file, hid_t transfer, const void *buffer),
      (set, type, memory, file, transfer, buffer))

int open(const char *path, int flags, ...)
{
    static const auto next = original(&open, "open");
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = modeOf(flags, arguments);
    va_end(arguments);
    noteFile("open", path);
    return next(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    static const auto next = original(&open64, "open64");
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = modeOf(flags, arguments);
    va_end(arguments);
    noteFile("open64", path);
    return next(path, flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
    static const auto next = original(&fopen, "fopen");
    noteFile("fopen", path);
    return next(path, mode);
}

FILE *fopen64(const char *path, const char *mode)
{
    static const auto next = original(&fopen64, "fopen64");
    noteFile("fopen64", path);
    return next(path, mode);
}

} // extern "C"
