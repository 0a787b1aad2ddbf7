#pragma once

#include <string>
#include <vector>

/// Sees what the thread that made it (a test's GUI thread) does while it lives: calls that decode,
/// call HDF5, or open a file below one folder. Works by putting functions of the same names before
/// those of FFmpeg, HDF5 and the C library, so the test's executable must be linked with
/// guithreadwatch.cpp and ENABLE_EXPORTS. One at a time.
class GuiThreadWatch
{
public:
    /// @param folder absolute, with the media, projects and models that only workers may open.
    explicit GuiThreadWatch(const std::string &folder);
    ~GuiThreadWatch();
    GuiThreadWatch(const GuiThreadWatch &) = delete;
    GuiThreadWatch &operator=(const GuiThreadWatch &) = delete;

    /// "function" or "function path" of each forbidden call so far; empty is what a window wants.
    static std::vector<std::string> callsInGuiThread();
    /// How many such calls other threads made: proof that the watch sees.
    static int callsElsewhere();
};
