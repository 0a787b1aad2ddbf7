// What stands in for videoinfo.cpp in a build without video.
#include "models/cli/fileinfo.h"

namespace poselift {

Result<nlohmann::json> videoInfo(const std::filesystem::path &path, bool)
{
    return Error(ErrorCode::WrongFormat, {{"path", path.string()},
                                          {"expected", "a project or a weights file (this program was built without video)"},
                                          {"found", "something else"}});
}

} // namespace poselift
