#pragma once

#include "core/base/result.h"

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace poselift {

/// Gives @p command the option --config FILE: a JSON object of its options by name ("steps-per-epoch"
/// or "steps_per_epoch"), with a number, a text, true or false, or a list of them.
void addConfigOption(CLI::App &command);

/// @p arguments (the program's name first) and those of the file that --config of their command names.
/// What the command line gives wins, and so does an option that excludes one of the file.
/// Errors: BadArgument with the name in the file or the file, those of reading it.
Result<std::vector<std::string>> withConfigFile(const CLI::App &app, std::vector<std::string> arguments);

} // namespace poselift
