#pragma once

#include "core/base/error.h"

namespace poselift {

/// Exit codes of poselift-cli (README, "Exit codes").
enum ExitCode : int {
    kExitOk = 0,
    kExitFailed = 1,      ///< anything without a code of its own
    kExitUsage = 2,       ///< wrong arguments
    kExitNoDetector = 3,  ///< no model for the task is installed (detector; lifter where it is asked for)
    kExitBadInput = 4,    ///< an input file is missing, damaged or of the wrong kind
    kExitCannotWrite = 5, ///< an output cannot be written
    kExitCancelled = 130, ///< stopped by Ctrl+C; a partial result is kept where one exists
};

ExitCode exitCodeOf(const Error &error);
/// The codes in words, for --help.
const char *exitCodeHelp();

} // namespace poselift
