#pragma once

#include <string>

namespace poselift {

/// The BLAS library that LibTorch's matrix products run on.
struct BlasInfo
{
    std::string library;         ///< resolved path of the shared library that provides sgemm
    std::string implementation;  ///< "OpenBLAS", "MKL", "BLIS", "ATLAS", "reference" or "unknown"
    std::string configuration;   ///< what the library says of itself; may be empty
    bool slow = false;           ///< Debian's reference BLAS: tens of times slower than OpenBLAS

    bool found() const { return !library.empty(); }
};

BlasInfo blasInfo();

/// Measured speed of C += A·B with three size × size matrices of floats, in GFLOP/s, best of several
/// rounds within about @p seconds; 0 when no BLAS is loaded.
/// @param threads 0: as many as the library uses by itself; where the library cannot be told
///        (not OpenBLAS) the parameter has no effect.
double measureSgemm(int size, double seconds, int threads = 0);

} // namespace poselift
