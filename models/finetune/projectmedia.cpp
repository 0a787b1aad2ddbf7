#include "models/finetune/projectmedia.h"

#include "models/pipeline/mediareference.h"

namespace poselift {

namespace fs = std::filesystem;

Result<std::unique_ptr<FrameSource>> openProjectMedia(const Project &project, const fs::path &projectFile,
                                                      const JobContext &job)
{
    const fs::path path = mediaPath(project, projectFile);
    std::error_code failed;
    if (project.media.path.empty() || !fs::exists(path, failed))
        return Error(ErrorCode::CannotRead,
                     {{"path", path.string()},
                      {"detail", "the video of " + projectFile.filename().string()
                                     + " is not there; put it back, or open the project in the application and show "
                                       "where it is now"}});
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(path);
    if (!source)
        return source;
    (*source)->setStopToken(job.stop);
    const Result<FrameIndex> index = (*source)->buildIndex(job);
    if (!index)
        return index.error();
    if (!project.media.ptsHash.empty() && project.media.ptsHash != ptsHash(*index))
        return Error(ErrorCode::WrongFormat,
                     {{"path", path.string()},
                      {"expected", "the video that " + projectFile.filename().string() + " was made with ("
                                       + std::to_string(project.media.frameCount) + " frames)"},
                      {"found", "another one (" + std::to_string(index->frameCount()) + " frames)"}});
    return source;
}

} // namespace poselift
