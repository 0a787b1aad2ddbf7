#include "models/cli/commands.h"
#include "models/cli/doctor/doctorreport.h"
#include "models/cli/exitcodes.h"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace poselift {

namespace {

using Json = nlohmann::ordered_json;

std::string plainText(const Json &value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean())
        return value.get<bool>() ? "yes" : "no";
    if (!value.is_structured())
        return value.dump();
    std::string text;
    for (const auto &[key, entry] : value.items())
        text += (text.empty() ? "" : ", ") + (value.is_object() ? key + ": " : std::string()) + plainText(entry);
    return text.empty() ? "none" : text;
}

void printForPeople(const DoctorReport &report)
{
    std::cout << "poselift " POSELIFT_VERSION "\n";
    for (const auto &[section, facts] : report.sections.items()) {
        std::cout << section << "\n";
        for (const auto &[fact, value] : facts.items()) {
            std::string name = fact;
            for (char &c : name)
                c = c == '_' ? ' ' : c;
            std::cout << "  " << name << ": " << plainText(value) << "\n";
        }
    }
    for (const std::string &warning : report.warnings)
        std::cout << "warning: " << warning << "\n";
    if (report.warnings.empty())
        std::cout << "Nothing to complain about.\n";
}

int examine(bool asJson)
{
    DoctorReport report;
    examineCompute(report);
#ifdef POSELIFT_WITH_VIDEO
    examineMedia(report);
#endif
    examineFiles(report);
    if (asJson) {
        Json all{{"version", POSELIFT_VERSION}};
        all.update(report.sections);
        all["warnings"] = report.warnings;
        std::cout << all.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    } else {
        printForPeople(report);
    }
    std::cout.flush();
    return kExitOk;
}

} // namespace

void addDoctorCommand(CLI::App &app, int &exitCode)
{
    CLI::App *command = app.add_subcommand("doctor", "Say what this machine and build can do, and what slows them down");
    const auto asJson = std::make_shared<bool>(false);
    command->add_flag("--json", *asJson, "Print JSON");
    command->callback([asJson, &exitCode] { exitCode = examine(*asJson); });
}

} // namespace poselift
