#pragma once

#include <filesystem>

namespace poselift {

/// True when @p path is a Matroska or WebM file that is shorter than its header says. FFmpeg reads
/// such a file to where it ends and says nothing.
bool isCutMatroska(const std::filesystem::path &path);

} // namespace poselift
