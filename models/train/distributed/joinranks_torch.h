#pragma once

#include "core/base/result.h"
#include "models/train/distributed/ranks_torch.h"

#include <memory>

namespace poselift {

/// Meets the other processes of a training: RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT are taken
/// from the environment, as torchrun sets them. A null pointer when WORLD_SIZE is not set or is 1.
/// GLOO_SOCKET_IFNAME names the network interface where the host's name does not lead to the right one.
/// @param timeoutSeconds  how long to wait for the others, here and in every collective
/// Errors: BadArgument with the variable, RankLost.
Result<std::unique_ptr<Ranks>> joinRanks(double timeoutSeconds);

/// For a training that knows one process only: several would write one folder. Error: BadArgument.
Result<void> checkAlone();

} // namespace poselift
