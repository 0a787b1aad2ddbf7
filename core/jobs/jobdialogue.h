#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include <nlohmann/json.hpp>

namespace poselift {

/// What an interactive job hears and says while it runs. push() is called by the server's thread,
/// the rest by the job's.
class JobDialogue
{
public:
    /// @param send writes one output; thread-safe.
    explicit JobDialogue(std::function<void(const nlohmann::json &)> send) : m_send(std::move(send)) {}

    void push(nlohmann::json input);
    void send(const nlohmann::json &output) const { m_send(output); }
    /// Everything that has come in since the last call, oldest first; waits until there is
    /// something. Empty only when @p stop was requested.
    std::vector<nlohmann::json> wait(std::stop_token stop);
    /// For work that newer input makes pointless: stopped when the next input comes (at once when one
    /// is here already) and when @p stop is requested. Good until the next call.
    std::stop_token interruption(std::stop_token stop);

private:
    std::function<void(const nlohmann::json &)> m_send;
    std::mutex m_mutex;
    std::condition_variable_any m_arrived;
    std::vector<nlohmann::json> m_inputs;
    std::stop_source m_interruption;
    std::unique_ptr<std::stop_callback<std::function<void()>>> m_onStop;
};

} // namespace poselift
