#pragma once

#include "core/jobs/jobserver.h"

namespace poselift {

/// The jobs that `poselift-cli serve` does for the application, by the `kind` of the start message.
/// Arguments and results are documented beside each handler in jobkinds.cpp.
JobKinds jobKinds();
/// Those that take input while they run; documented in the header of each.
InteractiveKinds interactiveKinds();

} // namespace poselift
