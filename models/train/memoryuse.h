#pragma once

namespace poselift {

/// Memory of this process that is in the machine's RAM, MiB; 0 where the system does not say.
double residentMemoryMib();

} // namespace poselift
