#pragma once

#include <filesystem>
#include <vector>

namespace poselift {

/// Folder with skeletons/, models/ and sample/: the environment variable POSELIFT_RESOURCES, else
/// ../share/poselift beside the executable (in a build tree a link to the sources).
std::filesystem::path resourceDirectory();

/// Where `models install` puts models: POSELIFT_MODELS, else $XDG_DATA_HOME/poselift/models, else
/// ~/.local/share/poselift/models. May not exist.
std::filesystem::path userModelDirectory();

/// Where the application keeps what it must not lose but cannot keep beside the user's files (journals
/// of edits): POSELIFT_STATE, else $XDG_STATE_HOME/poselift, else ~/.local/state/poselift. May not exist.
std::filesystem::path userStateDirectory();

/// All folders searched for models, the user's first, then the bundled ones.
std::vector<std::filesystem::path> modelSearchPath();

} // namespace poselift
