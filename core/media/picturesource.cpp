#include "core/media/picturesource.h"

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cctype>
#include <cstring>

namespace poselift {

namespace fs = std::filesystem;

namespace {

bool isDigit(char c)
{
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// The digits at @p at without leading zeros; moves @p at behind them.
std::string takeNumber(const std::string &text, std::size_t &at)
{
    while (at < text.size() && text[at] == '0')
        ++at;
    const std::size_t begin = at;
    while (at < text.size() && isDigit(text[at]))
        ++at;
    return text.substr(begin, at - begin);
}

cv::Mat to8Bit(const cv::Mat &picture)
{
    cv::Mat bytes;
    switch (picture.depth()) {
    case CV_8U: return picture;
    case CV_16U: picture.convertTo(bytes, CV_8U, 1.0 / 257.0); return bytes; // 65535 becomes 255
    case CV_32F:
    case CV_64F: picture.convertTo(bytes, CV_8U, 255.0); return bytes; // floating point TIFF: 0 to 1
    default: return {};
    }
}

cv::Mat toBgrx(const cv::Mat &picture)
{
    cv::Mat result;
    switch (picture.channels()) {
    case 1: cv::cvtColor(picture, result, cv::COLOR_GRAY2BGRA); break;
    case 3: cv::cvtColor(picture, result, cv::COLOR_BGR2BGRA); break;
    case 4: {
        cv::Mat bgr;
        cv::cvtColor(picture, bgr, cv::COLOR_BGRA2BGR);
        cv::cvtColor(bgr, result, cv::COLOR_BGR2BGRA);
        break;
    }
    default: break;
    }
    return result;
}

Result<VideoFrame> readPicture(const fs::path &path)
{
    const auto unreadable = [&](const std::string &detail) {
        return Error(ErrorCode::CannotRead, {{"path", path.string()}, {"detail", detail}});
    };
    try {
        const cv::Mat picture = cv::imread(path.string(), cv::IMREAD_UNCHANGED);
        if (picture.empty())
            return unreadable("it is not a picture that OpenCV can decode");
        const cv::Mat bgrx = toBgrx(to8Bit(picture));
        if (bgrx.empty())
            return unreadable("its pixel type is not supported");
        VideoFrame frame;
        frame.width = bgrx.cols;
        frame.height = bgrx.rows;
        frame.strideBytes = bgrx.cols * 4;
        frame.pixels = std::make_shared<std::vector<std::uint8_t>>(bgrx.datastart, bgrx.dataend);
        return frame;
    } catch (const cv::Exception &exception) {
        return unreadable(exception.err);
    }
}

Result<std::vector<fs::path>> listPictures(const fs::path &folder)
{
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        if (isPictureName(it->path()) && it->is_regular_file(error))
            files.push_back(it->path());
    }
    if (error)
        return Error(ErrorCode::CannotRead, {{"path", folder.string()}, {"detail", error.message()}});
    std::sort(files.begin(), files.end(), [](const fs::path &a, const fs::path &b) {
        return naturalLess(a.filename().string(), b.filename().string());
    });
    return files;
}

} // namespace

bool isPictureName(const fs::path &path)
{
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const std::string name = path.filename().string();
    return !name.starts_with('.')
        && (extension == ".png" || extension == ".jpg" || extension == ".jpeg" || extension == ".bmp"
            || extension == ".tif" || extension == ".tiff");
}

bool naturalLess(const std::string &a, const std::string &b)
{
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() && j < b.size()) {
        if (isDigit(a[i]) && isDigit(b[j])) {
            const std::string x = takeNumber(a, i);
            const std::string y = takeNumber(b, j);
            if (x != y)
                return x.size() != y.size() ? x.size() < y.size() : x < y;
            continue;
        }
        if (a[i] != b[j])
            return a[i] < b[j];
        ++i;
        ++j;
    }
    if (a.size() - i != b.size() - j)
        return a.size() - i < b.size() - j;
    return a < b; // "01" and "1": any order, but always the same
}

Result<std::unique_ptr<PictureSource>> PictureSource::open(const fs::path &path)
{
    std::unique_ptr<PictureSource> source(new PictureSource);
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        auto files = listPictures(path);
        if (!files)
            return files.error();
        source->m_files = std::move(*files);
    } else {
        source->m_files = {path};
    }
    if (source->m_files.empty())
        return Error(ErrorCode::NotAVideo, {{"path", path.string()}, {"detail", "the folder holds no pictures (png, jpg, bmp, tif)"}});
    auto first = readPicture(source->m_files.front());
    if (!first)
        return first.error();
    source->m_first = std::move(*first);
    source->m_first.index = 0;
    MediaInfo &info = source->m_info;
    info.path = path.string();
    info.format = "pictures";
    info.codec = source->m_files.front().extension().string().substr(1);
    info.width = source->m_first.width;
    info.height = source->m_first.height;
    info.nominalFps = kPictureFps;
    info.durationSeconds = static_cast<double>(source->m_files.size()) / kPictureFps;
    return source;
}

Result<FrameIndex> PictureSource::buildIndex(const JobContext &)
{
    FrameIndex index;
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        index.seconds.push_back(static_cast<double>(i) / kPictureFps);
        index.keys.push_back(static_cast<std::int64_t>(i));
    }
    return index;
}

Result<VideoFrame> PictureSource::read(std::int64_t index) const
{
    const fs::path &path = m_files[static_cast<std::size_t>(index)];
    auto picture = readPicture(path);
    if (!picture)
        return picture;
    if (picture->width != m_info.width || picture->height != m_info.height) {
        const auto size = [](int width, int height) { return std::to_string(width) + " x " + std::to_string(height); };
        return Error(ErrorCode::WrongFormat,
                     {{"path", path.string()},
                      {"expected", "a picture of the size of the first one, " + size(m_info.width, m_info.height)},
                      {"found", size(picture->width, picture->height)}});
    }
    picture->index = index;
    picture->seconds = static_cast<double>(index) / kPictureFps;
    return picture;
}

Result<VideoFrame> PictureSource::frame(std::int64_t index)
{
    const auto count = static_cast<std::int64_t>(m_files.size());
    if (index < 0 || index >= count) {
        return Error(ErrorCode::FrameOutOfRange, {{"path", m_info.path}, {"found", std::to_string(index)},
                                                  {"expected", std::to_string(count - 1)}});
    }
    return index == 0 ? Result<VideoFrame>(m_first) : read(index);
}

} // namespace poselift
