#include "core/base/threads.h"
#include "models/cli/blas.h"
#include "models/cli/doctor/doctorreport.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <torch/version.h>

#include <sched.h>

#include <cmath>
#include <thread>

namespace poselift {

namespace {

/// "0-3,8" of the first 1024 CPUs.
std::string affinityText()
{
    cpu_set_t set;
    if (::sched_getaffinity(0, sizeof set, &set) != 0)
        return "unknown";
    std::string text;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &set))
            continue;
        int last = cpu;
        while (last + 1 < CPU_SETSIZE && CPU_ISSET(last + 1, &set))
            ++last;
        text += (text.empty() ? "" : ",") + std::to_string(cpu) + (last > cpu ? "-" + std::to_string(last) : "");
        cpu = last;
    }
    return text;
}

double rounded(double value)
{
    return std::round(value * 10) / 10;
}

void examineBlas(DoctorReport &report)
{
    const BlasInfo blas = blasInfo();
    report.add("blas", "implementation", blas.found() ? blas.implementation : "none found");
    if (!blas.found())
        return;
    report.add("blas", "library", blas.library);
    if (!blas.configuration.empty())
        report.add("blas", "configuration", blas.configuration);
    // The reference BLAS needs seconds for what others do in milliseconds: a smaller product.
    const int size = blas.slow ? 256 : 1024;
    report.add("blas", "sgemm_gflops_one_thread", rounded(measureSgemm(size, 0.2, 1)));
    report.add("blas", "sgemm_gflops_all_threads", rounded(measureSgemm(size, 0.2, cpuCount())));
    if (blas.slow)
        report.warnings.push_back("LibTorch runs on the slow reference BLAS (" + blas.library
                                  + "): lifting and training take many times longer. Install libopenblas0-pthread.");
}

void examineGpu(DoctorReport &report)
{
    const bool available = at::hasCUDA();
    report.add("gpu", "cuda", available);
    report.add("gpu", "note", available ? "LibTorch sees a CUDA device" : "LibTorch works on the CPU: it was built without CUDA or finds no device");
}

} // namespace

void examineCompute(DoctorReport &report)
{
    const int cpus = cpuCount();
    report.add("cpu", "cpus_of_the_machine", std::thread::hardware_concurrency());
    report.add("cpu", "affinity", affinityText());
    report.add("cpu", "threads_used", cpus);
    report.add("libtorch", "version", TORCH_VERSION);
    report.add("libtorch", "threads_at_start", at::get_num_threads());
    at::set_num_threads(cpus);
    report.add("libtorch", "threads_set", at::get_num_threads());
    report.add("libtorch", "mkldnn", at::hasMKLDNN());
    examineBlas(report);
    examineGpu(report);
}

} // namespace poselift
