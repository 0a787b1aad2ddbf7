#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace poselift {

/// Reads fields of one JSON object of a model.json. The first field that is missing or wrong is
/// kept as a ManifestField error and the getters go on with defaults, so that a reader is written
/// as a plain list of fields and looked at once, at its end.
class ManifestReader
{
public:
    /// @param path  shown in errors
    ManifestReader(const nlohmann::json &object, std::string path, std::string prefix = {});

    std::string text(std::string_view name);
    std::string text(std::string_view name, std::string fallback);
    double number(std::string_view name);
    double number(std::string_view name, double fallback);
    int positiveInteger(std::string_view name);
    int integer(std::string_view name, int fallback);
    std::vector<double> numbers(std::string_view name, std::size_t count, std::vector<double> fallback);
    std::vector<std::string> texts(std::string_view name);
    /// Index of the text in @p allowed.
    int choice(std::string_view name, std::initializer_list<const char *> allowed,
               std::optional<int> fallback = std::nullopt);
    /// The object inside @p name; its errors are collected by calling absorb().
    ManifestReader object(std::string_view name);
    const nlohmann::json *array(std::string_view name);
    bool has(std::string_view name) const;

    void fail(std::string_view name, std::string expected, std::string found);
    void absorb(const ManifestReader &child);
    const std::optional<Error> &error() const { return m_error; }
    const std::string &path() const { return m_path; }

private:
    const nlohmann::json *find(std::string_view name) const;
    const nlohmann::json *require(std::string_view name, const char *expected);

    const nlohmann::json *m_object;
    std::string m_path;
    std::string m_prefix;
    std::optional<Error> m_error;
};

/// One file that a manifest names.
struct ModelFile
{
    std::string name;    ///< plain file name inside the model's folder
    std::string role;    ///< "network", "config", "centre_prior", "weights"; may be empty
    std::string sha256;  ///< 64 lower-case hexadecimal digits
    friend bool operator==(const ModelFile &, const ModelFile &) = default;
};

/// The fields that every kind of model has.
struct ModelManifest
{
    std::string kind;    ///< "keypoints", "boxes", "lifter"
    std::string title;
    std::string licence;
    std::string source;  ///< where the weights come from; required for detectors
    int priority = 0;    ///< among installed models of one kind the highest is preferred
    std::vector<ModelFile> files;
    nlohmann::json json; ///< the whole manifest, for the fields of the kind

    const ModelFile *fileOfRole(std::string_view role) const;
};

/// Parses a JSON file; WrongFormat says where it is broken.
Result<nlohmann::json> readJsonFile(const std::filesystem::path &path);
/// Checks the common fields; does not look at the files.
Result<ModelManifest> parseModelManifest(const nlohmann::json &json, const std::string &path);
/// readJsonFile + parseModelManifest of FOLDER/model.json.
Result<ModelManifest> readModelManifest(const std::filesystem::path &folder);
/// Every file exists and has its sha256 (remembered per process by path, size and time).
Result<void> checkModelFiles(const ModelManifest &manifest, const std::filesystem::path &folder);

} // namespace poselift
