#pragma once

/// Before a function of plain loops: it is compiled for AVX-512 and for AVX2 too, and the first call on a
/// machine chooses. The last bits of a result differ between them, as one has fused multiply-adds.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define POSELIFT_VECTOR_CLONES __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define POSELIFT_VECTOR_CLONES
#endif
