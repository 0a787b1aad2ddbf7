#pragma once

#include "core/media/framesource.h"

namespace poselift {

/// Pictures a second that a folder is taken to have been recorded with: files carry no times.
inline constexpr double kPictureFps = 30.0;

/// True for the names of files that a folder of pictures may hold: png, jpg, jpeg, bmp, tif, tiff.
bool isPictureName(const std::filesystem::path &path);

/// Numbers inside names compare by value: "frame2.png" comes before "frame10.png".
bool naturalLess(const std::string &a, const std::string &b);

/// A folder of pictures of one size, or one picture, as frames. 16-bit, grey and transparent
/// pictures become B, G, R, 255 (alpha is left out, not blended).
class PictureSource : public FrameSource
{
public:
    static Result<std::unique_ptr<PictureSource>> open(const std::filesystem::path &path);

    const MediaInfo &info() const override { return m_info; }
    Result<VideoFrame> firstFrame() override { return m_first; }
    Result<FrameIndex> buildIndex(const JobContext &job) override;
    void setIndex(FrameIndex) override {} // listing a folder is the index
    Result<VideoFrame> frame(std::int64_t index) override;

private:
    PictureSource() = default;
    Result<VideoFrame> read(std::int64_t index) const;

    std::vector<std::filesystem::path> m_files;
    MediaInfo m_info;
    VideoFrame m_first;
};

} // namespace poselift
