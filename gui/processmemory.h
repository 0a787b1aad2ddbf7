#pragma once

namespace poselift {

/// Memory of this process that is in RAM; 0 where the system does not tell.
double residentMib();
/// The most that it has been since resetPeakMib(), or ever.
double peakMib();
void resetPeakMib();

} // namespace poselift
