#include "models/cli/exitcodes.h"

namespace poselift {

ExitCode exitCodeOf(const Error &error)
{
    switch (error.code()) {
    case ErrorCode::Cancelled:
        return kExitCancelled;
    case ErrorCode::NoDetector:
        return kExitNoDetector;
    case ErrorCode::BadArgument:
        return kExitUsage;
    case ErrorCode::CannotWrite:
        return kExitCannotWrite;
    case ErrorCode::Internal:
    case ErrorCode::InferenceFailed:
    case ErrorCode::WorkerDied:
    case ErrorCode::ProtocolMessage:
    case ErrorCode::ProtocolVersion:
    case ErrorCode::TrainingDiverged:
        return kExitFailed;
    default:
        return kExitBadInput;
    }
}

} // namespace poselift
