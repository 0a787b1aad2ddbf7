#include "core/media/framesource.h"
#include "models/cli/fileinfo.h"

namespace poselift {

Result<nlohmann::json> videoInfo(const std::filesystem::path &path, bool countFrames)
{
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(path);
    if (!source)
        return source.error();
    const MediaInfo &media = (*source)->info();
    nlohmann::json info{{"kind", "video"},
                        {"path", path.string()},
                        {"format", media.format},
                        {"codec", media.codec},
                        {"width_px", media.width},
                        {"height_px", media.height},
                        {"rotation_degrees", media.rotationDegrees},
                        {"mirrored", media.mirrored},
                        {"sample_aspect", media.sampleAspect},
                        {"nominal_fps", media.nominalFps},
                        {"duration_seconds", media.durationSeconds},
                        {"size_bytes", media.sizeBytes}};
    if (!countFrames)
        return info;
    const Result<FrameIndex> index = (*source)->buildIndex();
    if (!index)
        return index.error();
    info["frame_count"] = index->frameCount();
    info["first_seconds"] = index->seconds.front();
    info["last_seconds"] = index->seconds.back();
    info["pts_hash"] = ptsHash(*index);
    if (index->damage)
        info["damage"] = index->damage->sentence();
    return info;
}

} // namespace poselift
