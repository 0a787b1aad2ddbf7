#include "core/media/framesource.h"

#include "core/base/sha256.h"
#include "core/media/picturesource.h"
#include "core/media/videosource.h"

#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace poselift {

namespace fs = std::filesystem;

namespace {

template <typename Source>
Result<std::unique_ptr<FrameSource>> opened(Result<std::unique_ptr<Source>> source)
{
    if (!source)
        return source.error();
    return std::unique_ptr<FrameSource>(std::move(*source));
}

Result<void> checkReadable(const fs::path &path)
{
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error(ErrorCode::CannotRead, {{"path", path.string()}, {"detail", std::strerror(errno)}});
    if (file.peek() == std::ifstream::traits_type::eof())
        return Error(ErrorCode::NotAVideo, {{"path", path.string()}, {"detail", "the file is empty"}});
    return {};
}

} // namespace

Result<std::unique_ptr<FrameSource>> openFrameSource(const fs::path &path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status))
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    if (fs::is_directory(status))
        return opened(PictureSource::open(path));
    if (!fs::is_regular_file(status)) // opening a pipe would wait for a writer
        return Error(ErrorCode::NotAVideo, {{"path", path.string()}, {"detail", "it is not an ordinary file"}});
    if (auto readable = checkReadable(path); !readable)
        return readable.error();
    if (isPictureName(path))
        return opened(PictureSource::open(path));
    return opened(VideoSource::open(path));
}

std::string ptsHash(const FrameIndex &index)
{
    Sha256 hash;
    for (const double seconds : index.seconds) {
        const auto bits = std::bit_cast<std::uint64_t>(seconds);
        std::array<std::uint8_t, 8> bytes{};
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<std::uint8_t>(bits >> (8 * i));
        hash.add(bytes.data(), bytes.size());
    }
    return hash.finish();
}

} // namespace poselift
