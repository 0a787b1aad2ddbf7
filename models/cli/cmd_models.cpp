#include "models/cli/commands.h"
#include "models/cli/exitcodes.h"
#include "models/installmodel.h"
#include "models/registry.h"

#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include <iostream>
#include <memory>

namespace poselift {

namespace {

int failure(const Error &error)
{
    std::cerr << error.sentence() << "\n";
    return exitCodeOf(error);
}

void printInstalled(const InstalledModel &model)
{
    std::cout << model.name << "\t" << model.kind << "\t" << model.title << " (" << model.licence << ")"
              << (model.bundled ? "\tbundled" : "") << "\n";
}

int listModels(bool asJson)
{
    std::vector<Error> problems;
    const std::vector<InstalledModel> models = installedModels(&problems);
    nlohmann::json list = nlohmann::json::array();
    for (const InstalledModel &model : models) {
        if (!asJson)
            printInstalled(model);
        list.push_back({{"name", model.name}, {"kind", model.kind}, {"title", model.title},
                        {"licence", model.licence}, {"bundled", model.bundled}, {"folder", model.folder.string()}});
    }
    if (asJson)
        std::cout << list.dump(2) << "\n";
    else if (models.empty())
        std::cout << "No model is installed. Install one with: poselift-cli models install FOLDER\n";
    for (const Error &problem : problems)
        std::cerr << "Left out: " << problem.sentence() << "\n";
    return kExitOk;
}

int install(const std::vector<std::string> &paths)
{
    for (const std::string &path : paths) {
        const Result<std::vector<InstalledModel>> models = installModel(path);
        if (!models)
            return failure(models.error());
        for (const InstalledModel &model : *models)
            std::cout << "Installed " << model.name << ": " << model.title << ", licence " << model.licence << ", in "
                      << model.folder.string() << "\n";
    }
    return kExitOk;
}

int removeModels(const std::vector<std::string> &names)
{
    for (const std::string &name : names) {
        if (const Result<void> removed = removeModel(name); !removed)
            return failure(removed.error());
        std::cout << "Removed " << name << "\n";
    }
    return kExitOk;
}

} // namespace

void addModelsCommand(CLI::App &app, int &exitCode)
{
    CLI::App *models = app.add_subcommand("models", "Install, list and remove models");
    models->require_subcommand(1);
    const auto arguments = std::make_shared<std::vector<std::string>>();
    const auto asJson = std::make_shared<bool>(false);

    CLI::App *installCommand = models->add_subcommand(
        "install", "Copy models from folders with a model.json, or from weights files that this program knows");
    installCommand->add_option("PATH", *arguments, "Folder or weights file")->required();
    installCommand->callback([arguments, &exitCode] { exitCode = install(*arguments); });

    CLI::App *listCommand = models->add_subcommand("list", "List the installed models");
    listCommand->add_flag("--json", *asJson, "Print JSON");
    listCommand->callback([asJson, &exitCode] { exitCode = listModels(*asJson); });

    CLI::App *removeCommand = models->add_subcommand("remove", "Remove models that were installed");
    removeCommand->add_option("NAME", *arguments, "Name as 'models list' shows it")->required();
    removeCommand->callback([arguments, &exitCode] { exitCode = removeModels(*arguments); });
}

} // namespace poselift
