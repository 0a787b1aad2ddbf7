#include "models/train/distributed/joinranks_torch.h"

#include <torch/csrc/distributed/c10d/ProcessGroupGloo.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <optional>
#include <string_view>

namespace poselift {

namespace {

struct Place
{
    int rank = 0;
    int size = 1;
    std::string address;
    std::uint16_t port = 0;
};

/// LibTorch's messages go on with a backtrace.
std::string firstLine(const std::exception &error)
{
    const std::string text = error.what();
    return text.substr(0, text.find('\n'));
}

class GlooRanks : public Ranks
{
public:
    GlooRanks(const Place &place, std::chrono::milliseconds timeout) : m_rank(place.rank), m_size(place.size)
    {
        c10d::TCPStoreOptions options;
        options.port = place.port;
        options.isServer = place.rank == 0;
        options.numWorkers = static_cast<std::size_t>(place.size);
        options.timeout = timeout;
        const auto store = c10::make_intrusive<c10d::TCPStore>(place.address, options);
        const auto gloo = c10d::ProcessGroupGloo::Options::create(timeout);
        const char *interface = std::getenv("GLOO_SOCKET_IFNAME"); // as PyTorch
        gloo->devices.push_back(interface ? c10d::ProcessGroupGloo::createDeviceForInterface(interface)
                                          : c10d::ProcessGroupGloo::createDefaultDevice());
        m_group = c10::make_intrusive<c10d::ProcessGroupGloo>(store, place.rank, place.size, gloo);
    }

    int rank() const override { return m_rank; }
    int size() const override { return m_size; }

    void sum(torch::Tensor tensor) override
    {
        collective(std::move(tensor), [this](std::vector<at::Tensor> &tensors) { return m_group->allreduce(tensors); });
    }

    void broadcast(torch::Tensor tensor) override
    {
        collective(std::move(tensor), [this](std::vector<at::Tensor> &tensors) { return m_group->broadcast(tensors); });
    }

private:
    template <typename Start>
    void collective(torch::Tensor tensor, Start start)
    {
        const torch::NoGradGuard noGrad;
        std::vector<at::Tensor> here{tensor.detach().to(torch::kCPU).contiguous()}; // Gloo's home
        try {
            start(here)->wait();
        } catch (const std::exception &error) {
            throw RankLostError(firstLine(error));
        }
        if (!here.front().is_alias_of(tensor))
            tensor.copy_(here.front());
    }

    int m_rank;
    int m_size;
    c10::intrusive_ptr<c10d::ProcessGroupGloo> m_group;
};

Error badVariable(const char *name, const char *expected, const char *found)
{
    return Error(ErrorCode::BadArgument,
                 {{"name", name}, {"expected", expected}, {"found", found ? found : "nothing"}});
}

Result<int> number(const char *name, int low, int high, const char *expected)
{
    const char *text = std::getenv(name);
    if (!text)
        return badVariable(name, expected, text);
    const std::string_view digits = text;
    int value = -1;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (failed != std::errc() || end != digits.data() + digits.size() || value < low || value > high)
        return badVariable(name, expected, text);
    return value;
}

/// Nothing for a training in one process.
Result<std::optional<Place>> placeFromEnvironment()
{
    if (!std::getenv("WORLD_SIZE"))
        return std::optional<Place>();
    const Result<int> size = number("WORLD_SIZE", 1, 100000, "the number of processes");
    if (!size)
        return size.error();
    if (*size == 1)
        return std::optional<Place>();
    const Result<int> rank = number("RANK", 0, *size - 1, "a number below WORLD_SIZE");
    if (!rank)
        return rank.error();
    const Result<int> port = number("MASTER_PORT", 1, 65535, "a port of the machine of rank 0");
    if (!port)
        return port.error();
    const char *address = std::getenv("MASTER_ADDR");
    if (!address)
        return badVariable("MASTER_ADDR", "the name of the machine of rank 0", address);
    return std::optional<Place>({*rank, *size, address, static_cast<std::uint16_t>(*port)});
}

} // namespace

Result<std::unique_ptr<Ranks>> joinRanks(double timeoutSeconds)
{
    const Result<std::optional<Place>> place = placeFromEnvironment();
    if (!place)
        return place.error();
    if (!place->has_value())
        return std::unique_ptr<Ranks>();
    const auto timeout = std::chrono::milliseconds(static_cast<std::int64_t>(1000 * timeoutSeconds));
    try {
        return std::unique_ptr<Ranks>(std::make_unique<GlooRanks>(**place, timeout));
    } catch (const std::exception &error) {
        return Error(ErrorCode::RankLost, {{"step", "0"},
                                           {"rank", std::to_string((*place)->rank)},
                                           {"size", std::to_string((*place)->size)},
                                           {"detail", firstLine(error)}});
    }
}

Result<void> checkAlone()
{
    const Result<std::optional<Place>> place = placeFromEnvironment();
    if (!place)
        return place.error();
    return place->has_value() ? badVariable("WORLD_SIZE", "1 for this training", std::getenv("WORLD_SIZE"))
                              : Result<void>();
}

} // namespace poselift
