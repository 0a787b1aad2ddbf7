#pragma once

#include <QString>

namespace poselift {

/// The worker's executable: the environment variable POSELIFT_CLI, else poselift-cli beside this
/// executable.
QString workerProgram();

} // namespace poselift
