#include "core/training/traininglog.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace poselift {

namespace {

using nlohmann::json;

double numberOf(const json &object, const char *key, double fallback = 0.0)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<double>() : fallback;
}

std::int64_t countOf(const json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

TrainingStep stepOf(const json &line)
{
    TrainingStep step;
    step.step = countOf(line, "step");
    step.steps = countOf(line, "steps");
    step.epoch = static_cast<int>(countOf(line, "epoch"));
    step.epochs = static_cast<int>(countOf(line, "epochs"));
    step.loss = numberOf(line, "loss");
    step.learningRate = numberOf(line, "learning_rate");
    step.framesPerSecond = numberOf(line, "frames_per_second");
    step.etaSeconds = numberOf(line, "eta_s", -1.0);
    step.memoryMib = numberOf(line, "memory_mib");
    step.batch = static_cast<int>(countOf(line, "batch"));
    step.seconds = numberOf(line, "seconds");
    const auto terms = line.find("terms");
    if (terms != line.end() && terms->is_object()) {
        for (const auto &[name, value] : terms->items()) {
            if (value.is_number())
                step.terms.emplace_back(name, value.get<double>());
        }
    }
    return step;
}

} // namespace

void TrainingLog::add(std::string_view text)
{
    const json line = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (!line.is_object())
        return;
    const auto validation = line.find("validation");
    const auto message = line.find("message");
    if (validation != line.end() && validation->is_object()) {
        const auto isBest = validation->find("best");
        validations.push_back({countOf(*validation, "step"), static_cast<int>(countOf(*validation, "epoch")),
                               numberOf(*validation, "score"),
                               isBest != validation->end() && isBest->is_boolean() && isBest->get<bool>()});
    } else if (message != line.end() && message->is_string()) {
        messages.push_back({countOf(line, "step"), message->get<std::string>()});
    } else if (const auto loss = line.find("loss"); loss != line.end() && loss->is_number()) {
        steps.push_back(stepOf(line));
    }
}

const TrainingValidation *TrainingLog::best() const
{
    const auto found =
        std::find_if(validations.rbegin(), validations.rend(), [](const TrainingValidation &one) { return one.best; });
    return found != validations.rend() ? &*found : nullptr;
}

/// Whether the lines that were read are still there: a log that was cut and grew again is longer, too.
bool TrainingLogReader::isContinued() const
{
    if (m_offset == 0)
        return true;
    std::ifstream file(m_path, std::ios::binary);
    file.seekg(m_offset - static_cast<std::int64_t>(m_last.size()));
    std::string there(m_last.size(), '\0');
    file.read(there.data(), static_cast<std::streamsize>(there.size()));
    return file && there == m_last;
}

TrainingLogReader::Outcome TrainingLogReader::read(TrainingLog &log)
{
    Outcome outcome = Outcome::Nothing;
    if (!isContinued()) {
        log = {};
        m_offset = 0;
        m_last.clear();
        outcome = Outcome::StartedAnew;
    }
    std::ifstream file(m_path, std::ios::binary);
    if (!file)
        return outcome;
    file.seekg(m_offset);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    std::size_t begin = 0;
    for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
        log.add(std::string_view(text).substr(begin, end - begin));
        m_last = text.substr(begin, end + 1 - begin);
        if (outcome == Outcome::Nothing)
            outcome = Outcome::Grown;
    }
    m_offset += static_cast<std::int64_t>(begin);
    return outcome;
}

} // namespace poselift
