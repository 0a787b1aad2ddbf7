#include "models/pipeline/mediareference.h"

namespace poselift {

namespace fs = std::filesystem;

namespace {

std::string relativeTo(const fs::path &folder, const fs::path &path)
{
    std::error_code error;
    const fs::path relative = fs::proximate(fs::absolute(path), fs::absolute(folder), error);
    return error ? fs::absolute(path).string() : relative.generic_string();
}

} // namespace

MediaReference mediaReference(const FrameSource &source, const FrameIndex &index, const fs::path &projectFile)
{
    const MediaInfo &info = source.info();
    MediaReference reference;
    reference.path = relativeTo(fs::absolute(projectFile).parent_path(), info.path);
    reference.sizeBytes = fs::is_directory(info.path) ? 0 : info.sizeBytes;
    reference.frameCount = index.frameCount();
    reference.width = info.width;
    reference.height = info.height;
    reference.ptsHash = ptsHash(index);
    reference.seconds = index.seconds;
    return reference;
}

fs::path mediaPath(const Project &project, const fs::path &projectFile)
{
    const fs::path path = fs::absolute(projectFile).parent_path() / project.media.path;
    return path.lexically_normal();
}

std::string mediaPathMoved(const Project &project, const fs::path &from, const fs::path &to)
{
    return relativeTo(fs::absolute(to).parent_path(), mediaPath(project, from));
}

} // namespace poselift
