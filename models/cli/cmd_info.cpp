#include "models/cli/commands.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/cli/fileinfo.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace poselift {

namespace {

using nlohmann::json;

/// One "name: value" line for each plain value; objects and lists of objects are indented below
/// their name.
void printForPeople(const json &value, const std::string &indent)
{
    for (const auto &[name, field] : value.items()) {
        const bool isList = field.is_array() && !field.empty() && field.front().is_object();
        std::cout << indent << name << ":";
        if (field.is_object()) {
            std::cout << "\n";
            printForPeople(field, indent + "  ");
        } else if (isList) {
            std::cout << "\n";
            for (const json &entry : field)
                std::cout << indent << "  - " << entry.dump(-1, ' ', false, json::error_handler_t::replace) << "\n";
        } else if (field.is_string()) {
            std::cout << " " << field.get<std::string>() << "\n";
        } else {
            std::cout << " " << field.dump() << "\n";
        }
    }
}

int showInfo(const std::string &path, bool asJson, bool countFrames)
{
    const Result<json> info = fileInfo(path, countFrames);
    if (!info)
        return reportFailure(info.error(), asJson);
    if (asJson)
        std::cout << info->dump(2, ' ', false, json::error_handler_t::replace) << "\n";
    else
        printForPeople(*info, {});
    std::cout.flush();
    return kExitOk;
}

} // namespace

void addInfoCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("info", "Say what a video, project or weights file holds");
    struct Arguments { std::string path; bool json = false; bool quick = false; };
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("FILE", arguments->path, "Video, folder of pictures, project or weights file")->required();
    command->add_flag("--json", arguments->json, "Print JSON");
    command->add_flag("--quick", arguments->quick, "Only what the file's header says: do not count frames");
    command->callback([arguments, &exitCode] { exitCode = showInfo(arguments->path, arguments->json, !arguments->quick); });
}

} // namespace poselift
