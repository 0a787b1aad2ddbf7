#include "models/cli/blas.h"

#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <cctype>
#include <filesystem>
#include <vector>

namespace poselift {

namespace {

// Fortran interface of BLAS level 3 (netlib.org/blas, sgemm.f): column-major, everything by address.
using SgemmFunction = void(const char *transA, const char *transB, const int *m, const int *n, const int *k,
                           const float *alpha, const float *a, const int *lda, const float *b, const int *ldb,
                           const float *beta, float *c, const int *ldc);

/// Looked up at run time: the library comes with LibTorch, this program does not link it itself.
template <typename Function>
Function *findFunction(const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_DEFAULT, name));
}

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// The shared library that holds @p function, links followed; empty when it is in none.
std::string libraryOf(void *function)
{
    Dl_info where = {};
    if (function == nullptr || ::dladdr(function, &where) == 0)
        return {};
    std::error_code ignored;
    const std::filesystem::path resolved = std::filesystem::canonical(where.dli_fname, ignored);
    return ignored ? where.dli_fname : resolved.string();
}

std::string implementationOf(const std::string &library)
{
    const std::string path = lowered(library);
    const std::string file = std::filesystem::path(path).filename();
    // OpenBLAS may be loaded beside another BLAS, by LAPACK: what counts is where sgemm is.
    if (path.find("openblas") != std::string::npos || library == libraryOf(::dlsym(RTLD_DEFAULT, "openblas_get_config")))
        return "OpenBLAS";
    if (path.find("mkl") != std::string::npos)
        return "MKL";
    if (path.find("blis") != std::string::npos)
        return "BLIS";
    if (path.find("atlas") != std::string::npos)
        return "ATLAS";
    // Debian's libblas3 installs …/blas/libblas.so.3.x.y.
    return file.starts_with("libblas.so") ? "reference" : "unknown";
}

/// Sets OpenBLAS's thread count for a scope.
class BlasThreads
{
public:
    explicit BlasThreads(int threads)
    {
        m_set = findFunction<void(int)>("openblas_set_num_threads");
        const auto get = findFunction<int()>("openblas_get_num_threads");
        if (threads <= 0 || m_set == nullptr || get == nullptr)
            return;
        m_before = get();
        m_set(threads);
    }
    ~BlasThreads()
    {
        if (m_before > 0)
            m_set(m_before);
    }
    BlasThreads(const BlasThreads &) = delete;
    BlasThreads &operator=(const BlasThreads &) = delete;

private:
    void (*m_set)(int) = nullptr;
    int m_before = 0;
};

} // namespace

BlasInfo blasInfo()
{
    BlasInfo info;
    info.library = libraryOf(::dlsym(RTLD_DEFAULT, "sgemm_"));
    if (!info.found())
        return info;
    info.implementation = implementationOf(info.library);
    const auto configuration = findFunction<char *()>("openblas_get_config");
    if (configuration != nullptr && info.implementation == "OpenBLAS")
        info.configuration = configuration();
    info.slow = info.implementation == "reference";
    return info;
}

double measureSgemm(int size, double seconds, int threads)
{
    using Clock = std::chrono::steady_clock;
    const auto sgemm = findFunction<SgemmFunction>("sgemm_");
    if (sgemm == nullptr)
        return 0.0;
    const BlasThreads scope(threads);
    const std::size_t count = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    std::vector<float> a(count, 0.5F);
    std::vector<float> b(count, 0.25F);
    std::vector<float> c(count, 0.0F);
    const float alpha = 1.0F;
    const float beta = 0.0F;
    const double flops = 2.0 * double(count) * size;
    double best = 0.0;
    const Clock::time_point end = Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    for (int round = 0; round < 2 || Clock::now() < end; ++round) {
        const Clock::time_point start = Clock::now();
        sgemm("N", "N", &size, &size, &size, &alpha, a.data(), &size, b.data(), &size, &beta, c.data(), &size);
        const double took = std::chrono::duration<double>(Clock::now() - start).count();
        best = std::max(best, flops / took / 1e9);
    }
    return best;
}

} // namespace poselift
