#include "models/cli/configfile.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace poselift {

namespace {

using Words = std::vector<std::string>;

constexpr const char *kConfig = "config";

/// The command that the first words name.
const CLI::App &commandOf(const CLI::App &app, const Words &arguments)
{
    const CLI::App *command = &app;
    for (auto word = arguments.begin() + 1; word < arguments.end(); ++word) {
        const auto parts = command->get_subcommands([&](const CLI::App *part) { return part->get_name() == *word; });
        if (parts.empty())
            break;
        command = parts.front();
    }
    return *command;
}

/// Names of the long options in @p arguments: "lr" of "--lr 0.1" and "--lr=0.1".
std::set<std::string> givenNames(const Words &arguments)
{
    std::set<std::string> names;
    for (const std::string &word : arguments) {
        if (word.starts_with("--"))
            names.insert(word.substr(2, word.find('=') - 2));
    }
    return names;
}

/// The file after --config; empty where there is none.
std::string configPath(const Words &arguments)
{
    const std::string option = std::string("--") + kConfig;
    for (auto word = arguments.begin(); word != arguments.end(); ++word) {
        if (word->starts_with(option + '='))
            return word->substr(option.size() + 1);
        if (*word == option && word + 1 != arguments.end())
            return *(word + 1);
    }
    return {};
}

Result<nlohmann::json> readObject(const std::string &path)
{
    if (!std::filesystem::exists(path))
        return Error(ErrorCode::FileNotFound, {{"path", path}});
    std::ifstream file(path);
    nlohmann::json object = nlohmann::json::parse(file, nullptr, /*allow_exceptions=*/false);
    if (object.is_object())
        return object;
    return Error(ErrorCode::WrongFormat, {{"path", path},
                                          {"expected", "a JSON object of options by name"},
                                          {"found", object.is_discarded() ? "no JSON" : object.type_name()}});
}

bool isGiven(const CLI::Option &option, const std::set<std::string> &given)
{
    const auto has = [&](const std::string &name) { return given.contains(name); };
    return std::ranges::any_of(option.get_lnames(), has) || std::ranges::any_of(option.get_fnames(), has);
}

bool isOverruled(CLI::Option &option, const std::set<std::string> &given)
{
    return isGiven(option, given) || std::ranges::any_of(option.get_excludes(), [&](const CLI::Option *other) {
               return isGiven(*other, given);
           });
}

std::string text(const nlohmann::json &value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

Error badEntry(const std::string &name, std::string expected, const std::string &found)
{
    return Error(ErrorCode::BadArgument, {{"name", name}, {"expected", std::move(expected)}, {"found", found}});
}

std::string knownNames(const CLI::App &command)
{
    std::string names;
    for (const CLI::Option *option : command.get_options()) {
        const std::string name = option->get_lnames().empty() ? "" : option->get_lnames().front();
        if (!name.empty() && name != "help" && name != kConfig)
            names += (names.empty() ? "" : ", ") + name;
    }
    return names;
}

CLI::Option *findOption(const CLI::App &command, std::string name)
{
    std::ranges::replace(name, '_', '-');
    const bool settable = name != kConfig && name != "help";
    // The overload that may be written through is not const.
    return settable ? const_cast<CLI::App &>(command).get_option_no_throw("--" + name) : nullptr;
}

Result<Words> wordsOf(const std::string &name, const CLI::Option &option, const nlohmann::json &value)
{
    const std::string word = "--" + option.get_lnames().front();
    if (!value.is_array() && (value.is_number() || value.is_string() || value.is_boolean()))
        return Words{word + '=' + text(value)};
    const bool isList = value.is_array() && option.get_items_expected_max() > 1
                        && std::ranges::none_of(value, [](const auto &item) { return item.is_structured(); });
    if (!isList)
        return badEntry(name, option.get_items_expected_max() > 1 ? "a value or a list of values" : "one value",
                        value.dump());
    Words words;
    if (!value.empty())
        words.push_back(word);
    for (const nlohmann::json &item : value)
        words.push_back(text(item));
    return words;
}

} // namespace

void addConfigOption(CLI::App &command)
{
    command.add_option_function<std::string>(
        std::string("--") + kConfig, [](const std::string &) {}, // withConfigFile() has read it
        "JSON file of these options by name (settings.json of a run is one); the command line wins");
}

Result<Words> withConfigFile(const CLI::App &app, Words arguments)
{
    const CLI::App &command = commandOf(app, arguments);
    const std::string path = configPath(arguments);
    if (path.empty() || !command.get_option_no_throw(std::string("--") + kConfig))
        return arguments;
    const Result<nlohmann::json> object = readObject(path);
    if (!object)
        return object.error();
    const std::set<std::string> given = givenNames(arguments);
    for (const auto &[name, value] : object->items()) {
        CLI::Option *option = findOption(command, name);
        if (!option)
            return badEntry("'" + name + "' in " + path, "one of " + knownNames(command), "an unknown name");
        if (isOverruled(*option, given))
            continue;
        const Result<Words> words = wordsOf("'" + name + "' in " + path, *option, value);
        if (!words)
            return words.error();
        arguments.insert(arguments.end(), words->begin(), words->end());
    }
    return arguments;
}

} // namespace poselift
