#include "core/base/paths.h"

#include <cstdlib>
#include <string>
#include <system_error>

namespace poselift {

namespace fs = std::filesystem;

namespace {

fs::path environmentPath(const char *name)
{
    const char *value = std::getenv(name);
    return value != nullptr ? fs::path(value) : fs::path();
}

} // namespace

fs::path resourceDirectory()
{
    if (fs::path fromEnvironment = environmentPath("POSELIFT_RESOURCES"); !fromEnvironment.empty())
        return fromEnvironment;
    std::error_code ignored;
    const fs::path executable = fs::read_symlink("/proc/self/exe", ignored);
    return (executable.parent_path() / POSELIFT_RESOURCES_FROM_BIN).lexically_normal();
}

fs::path userModelDirectory()
{
    if (fs::path fromEnvironment = environmentPath("POSELIFT_MODELS"); !fromEnvironment.empty())
        return fromEnvironment;
    fs::path data = environmentPath("XDG_DATA_HOME");
    if (data.empty())
        data = environmentPath("HOME") / ".local" / "share";
    return data / "poselift" / "models";
}

fs::path userStateDirectory()
{
    if (fs::path fromEnvironment = environmentPath("POSELIFT_STATE"); !fromEnvironment.empty())
        return fromEnvironment;
    fs::path state = environmentPath("XDG_STATE_HOME");
    if (state.empty())
        state = environmentPath("HOME") / ".local" / "state";
    return state / "poselift";
}

std::vector<fs::path> modelSearchPath()
{
    return {userModelDirectory(), resourceDirectory() / "models"};
}

} // namespace poselift
