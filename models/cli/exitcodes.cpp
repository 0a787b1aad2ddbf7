#include "models/cli/exitcodes.h"

namespace poselift {

ExitCode exitCodeOf(const Error &error)
{
    switch (error.code()) {
    case ErrorCode::Cancelled:
        return kExitCancelled;
    case ErrorCode::NoDetector:
    case ErrorCode::NoLifter:
        return kExitNoDetector;
    case ErrorCode::BadArgument:
        return kExitUsage;
    case ErrorCode::CannotWrite:
    case ErrorCode::ProjectInUse:
    case ErrorCode::SaveNotConfirmed:
        return kExitCannotWrite;
    case ErrorCode::Internal:
    case ErrorCode::InferenceFailed:
    case ErrorCode::WorkerDied:
    case ErrorCode::ProtocolMessage:
    case ErrorCode::ProtocolVersion:
    case ErrorCode::TrainingDiverged:
    case ErrorCode::OutOfMemory:
    case ErrorCode::RankLost:
        return kExitFailed;
    default:
        return kExitBadInput;
    }
}

const char *exitCodeHelp()
{
    return "Exit codes: 0 done; 1 failed; 2 wrong arguments; 3 no model for the task is installed; 4 an input is\n"
           "missing, damaged or of the wrong kind; 5 an output cannot be written; 130 stopped by Ctrl+C, what was\n"
           "ready is saved.";
}

} // namespace poselift
