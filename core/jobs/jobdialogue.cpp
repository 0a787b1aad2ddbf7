#include "core/jobs/jobdialogue.h"

#include <utility>

namespace poselift {

void JobDialogue::push(nlohmann::json input)
{
    std::stop_source interrupted;
    {
        const std::lock_guard lock(m_mutex);
        m_inputs.push_back(std::move(input));
        interrupted = m_interruption;
    }
    interrupted.request_stop();
    m_arrived.notify_all();
}

std::vector<nlohmann::json> JobDialogue::wait(std::stop_token stop)
{
    std::unique_lock lock(m_mutex);
    m_arrived.wait(lock, std::move(stop), [this] { return !m_inputs.empty(); });
    return std::exchange(m_inputs, {});
}

std::stop_token JobDialogue::interruption(std::stop_token stop)
{
    std::stop_source source;
    {
        const std::lock_guard lock(m_mutex);
        m_interruption = source;
        if (!m_inputs.empty())
            source.request_stop();
    }
    m_onStop = std::make_unique<std::stop_callback<std::function<void()>>>(
        std::move(stop), [source]() mutable { source.request_stop(); });
    return source.get_token();
}

} // namespace poselift
