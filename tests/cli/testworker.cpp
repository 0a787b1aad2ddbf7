// A worker whose jobs misbehave in the ways that tests need.
#include "core/jobs/jobserver.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <thread>

using namespace poselift;
using nlohmann::json;

namespace {

/// {"steps":N,"ms":M}: N steps of M milliseconds, progress at every one.
Result<json> count(const json &arguments, const JobContext &job)
{
    const int steps = arguments.value("steps", 100);
    for (int i = 0; i < steps; ++i) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        job.report("count", i + 1, steps);
        std::this_thread::sleep_for(std::chrono::milliseconds(arguments.value("ms", 1)));
    }
    return json{{"steps", steps}};
}

Result<json> fail(const json &, const JobContext &)
{
    return Error(ErrorCode::FileNotFound, {{"path", "nowhere.mp4"}});
}

Result<json> throwException(const json &, const JobContext &)
{
    throw std::runtime_error("out of cheese");
}

/// What careless libraries do.
Result<json> print(const json &, const JobContext &)
{
    std::printf("printf to standard output\n");
    std::fflush(stdout);
    std::cout << "cout to standard output" << std::endl;
    [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, "write to descriptor 1\n", 22);
    return json::object();
}

/// Does not look at its stop token.
Result<json> deaf(const json &, const JobContext &)
{
    std::this_thread::sleep_for(std::chrono::seconds(60));
    return json::object();
}

} // namespace

int main()
{
    ProtocolOutput output;
    JobServer server({{"count", count}, {"fail", fail}, {"throw", throwException}, {"print", print}, {"deaf", deaf}}, output);
    if (!server.serve(STDIN_FILENO, {}))
        std::_Exit(1);
    return 0;
}
