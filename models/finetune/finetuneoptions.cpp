#include "models/finetune/finetune.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace poselift {

using nlohmann::json;

namespace {

struct NamedObjective
{
    FinetuneObjective objective;
    const char *name;
};

constexpr std::array kObjectives{
    NamedObjective{FinetuneObjective::Auto, "auto"},
    NamedObjective{FinetuneObjective::Supervised, "supervised"},
    NamedObjective{FinetuneObjective::Semi, "semi"},
    NamedObjective{FinetuneObjective::Adversarial, "adversarial"},
    NamedObjective{FinetuneObjective::Reprojection, "reprojection"},
};

Error badArgument(const std::string &name, const std::string &expected, const std::string &found)
{
    return Error(ErrorCode::BadArgument, {{"name", name}, {"expected", expected}, {"found", found}});
}

/// Reads members by name and keeps the first thing that is wrong.
class Reader
{
public:
    explicit Reader(const json &arguments) : m_arguments(arguments) {}

    void read(const char *name, std::string &value) { take(name, "a text", &json::is_string, value); }
    void read(const char *name, bool &value) { take(name, "true or false", &json::is_boolean, value); }
    void read(const char *name, double &value) { take(name, "a number", &json::is_number, value); }
    void read(const char *name, int &value) { take(name, "a whole number", &json::is_number_integer, value); }
    void read(const char *name, std::uint64_t &value)
    {
        take(name, "a whole number from 0", &json::is_number_unsigned, value);
    }
    void read(const char *name, std::filesystem::path &value)
    {
        std::string text = value.string();
        read(name, text);
        value = text;
    }
    void read(const char *name, std::vector<std::int64_t> &value)
    {
        const json *found = find(name);
        if (found == nullptr)
            return;
        if (found->is_array() && std::ranges::all_of(*found, [](const json &one) { return one.is_number_integer(); }))
            value = found->get<std::vector<std::int64_t>>();
        else
            fail(badArgument(name, "a list of whole numbers", found->dump()));
    }
    void read(const char *name, std::vector<std::pair<std::int64_t, std::int64_t>> &value)
    {
        const json *found = find(name);
        if (found == nullptr)
            return;
        const auto isRange = [](const json &range) {
            return range.is_array() && range.size() == 2 && range[0].is_number_integer() && range[1].is_number_integer()
                   && range[0] < range[1];
        };
        if (found->is_array() && std::ranges::all_of(*found, isRange))
            value = found->get<std::vector<std::pair<std::int64_t, std::int64_t>>>();
        else
            fail(badArgument(name, "a list of ranges [begin, end) with begin < end", found->dump()));
    }
    void read(const char *name, FinetuneObjective &value)
    {
        std::string text;
        read(name, text);
        if (text.empty())
            return;
        const auto found = std::ranges::find_if(kObjectives, [&](const NamedObjective &one) { return text == one.name; });
        if (found != kObjectives.end())
            value = found->objective;
        else
            fail(badArgument(name, "auto, supervised, semi, adversarial or reprojection", "'" + text + "'"));
    }

    std::optional<Error> error() const
    {
        if (m_error)
            return m_error;
        for (const auto &[name, value] : m_arguments.items()) {
            if (!m_known.contains(name))
                return badArgument(name, "the name of an option of fine-tuning", "'" + name + "'");
        }
        return std::nullopt;
    }

private:
    const json *find(const char *name)
    {
        m_known.insert(name);
        const auto found = m_arguments.find(name);
        return found != m_arguments.end() && !found->is_null() ? &*found : nullptr;
    }
    template <typename T>
    void take(const char *name, const char *expected, bool (json::*isRight)() const noexcept, T &value)
    {
        const json *found = find(name);
        if (found == nullptr)
            return;
        if ((found->*isRight)())
            value = found->get<T>();
        else
            fail(badArgument(name, expected, found->dump()));
    }
    void fail(Error error)
    {
        if (!m_error)
            m_error = std::move(error);
    }

    const json &m_arguments;
    std::set<std::string> m_known;
    std::optional<Error> m_error;
};

std::optional<Error> outOfRange(const FinetuneOptions &options)
{
    if (options.project.empty())
        return badArgument("project", "a project", "none");
    if (options.run.empty() && !options.trial)
        return badArgument("run", "a folder", "none");
    if (options.preset != "quick" && options.preset != "thorough")
        return badArgument("preset", "quick or thorough", "'" + options.preset + "'");
    if (!(options.heldOutShare > 0 && options.heldOutShare <= 0.5))
        return badArgument("held_out_share", "more than 0, at most 0.5", std::to_string(options.heldOutShare));
    if (!(options.rehearsalShare >= 0 && options.rehearsalShare < 1))
        return badArgument("rehearsal_share", "from 0 to less than 1", std::to_string(options.rehearsalShare));
    if (options.steps < 0 || options.batch < 0 || options.batch == 1 || options.learningRate < 0
        || options.frozenBlocks < 0 || options.threads < 0)
        return badArgument("steps, batch, learning_rate, frozen_blocks, threads", "numbers from 0, a batch of 2 at least",
                           "something else");
    return std::nullopt;
}

} // namespace

std::string objectiveName(FinetuneObjective objective)
{
    return std::ranges::find(kObjectives, objective, &NamedObjective::objective)->name;
}

Result<FinetuneOptions> finetuneOptionsFrom(const json &arguments)
{
    if (!arguments.is_object())
        return badArgument("arguments", "an object", arguments.dump());
    FinetuneOptions options;
    Reader reader(arguments);
    reader.read("project", options.project);
    reader.read("run", options.run);
    reader.read("model", options.model);
    reader.read("objective", options.objective);
    reader.read("frames", options.frames);
    reader.read("tracks", options.tracks);
    reader.read("preset", options.preset);
    reader.read("steps", options.steps);
    reader.read("batch", options.batch);
    reader.read("learning_rate", options.learningRate);
    reader.read("frozen_blocks", options.frozenBlocks);
    reader.read("rehearsal_share", options.rehearsalShare);
    reader.read("rehearsal", options.rehearsal);
    reader.read("held_out_share", options.heldOutShare);
    reader.read("seed", options.seed);
    reader.read("device", options.device);
    reader.read("threads", options.threads);
    reader.read("resume", options.resume);
    reader.read("trial", options.trial);
    if (const std::optional<Error> error = reader.error())
        return *error;
    if (const std::optional<Error> error = outOfRange(options))
        return *error;
    return options;
}

json toJson(const FinetuneOptions &options)
{
    return {{"project", options.project.string()},
            {"run", options.run.string()},
            {"model", options.model},
            {"objective", objectiveName(options.objective)},
            {"frames", options.frames},
            {"tracks", options.tracks},
            {"preset", options.preset},
            {"steps", options.steps},
            {"batch", options.batch},
            {"learning_rate", options.learningRate},
            {"frozen_blocks", options.frozenBlocks},
            {"rehearsal_share", options.rehearsalShare},
            {"rehearsal", options.rehearsal.string()},
            {"held_out_share", options.heldOutShare},
            {"seed", options.seed},
            {"device", options.device},
            {"threads", options.threads},
            {"resume", options.resume},
            {"trial", options.trial}};
}

} // namespace poselift
