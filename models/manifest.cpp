#include "models/manifest.h"

#include "core/base/sha256.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <mutex>
#include <tuple>

namespace poselift {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

std::string describe(const json &value)
{
    std::string text = value.dump();
    if (text.size() > 60)
        text = text.substr(0, 57) + "...";
    return text;
}

bool isSha256(const std::string &text)
{
    return text.size() == 64
        && std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// Keeps a manifest from reaching files outside its folder.
bool isPlainFileName(const std::string &name)
{
    return !name.empty() && name != "." && name != ".." && fs::path(name).filename() == fs::path(name);
}

ModelFile readFileEntry(ManifestReader &reader)
{
    ModelFile file;
    file.name = reader.text("name");
    file.role = reader.text("role", "");
    file.sha256 = reader.text("sha256");
    if (reader.error())
        return file;
    if (!isPlainFileName(file.name))
        reader.fail("name", "a file name without folders", "'" + file.name + "'");
    else if (!isSha256(file.sha256))
        reader.fail("sha256", "64 lower-case hexadecimal digits", "'" + file.sha256 + "'");
    return file;
}

std::vector<ModelFile> readFiles(ManifestReader &reader)
{
    std::vector<ModelFile> files;
    const json *entries = reader.array("files");
    if (entries == nullptr)
        return files;
    if (entries->empty())
        reader.fail("files", "at least one file", "an empty list");
    for (std::size_t i = 0; i < entries->size(); ++i) {
        ManifestReader entry((*entries)[i], reader.path(), "files[" + std::to_string(i) + "].");
        files.push_back(readFileEntry(entry));
        reader.absorb(entry);
    }
    return files;
}

/// sha256 of a file, computed once per process for one path, size and modification time.
Result<std::string> rememberedSha256(const fs::path &path)
{
    using Key = std::tuple<std::string, std::uintmax_t, fs::file_time_type::rep>;
    static std::mutex mutex;
    static std::map<Key, std::string> known;
    std::error_code failed;
    const Key key{fs::absolute(path, failed).string(), fs::file_size(path, failed),
                  fs::last_write_time(path, failed).time_since_epoch().count()};
    {
        const std::lock_guard lock(mutex);
        if (const auto at = known.find(key); at != known.end() && !failed)
            return at->second;
    }
    Result<std::string> digest = sha256OfFile(path);
    if (digest && !failed) {
        const std::lock_guard lock(mutex);
        known[key] = *digest;
    }
    return digest;
}

} // namespace

ManifestReader::ManifestReader(const json &object, std::string path, std::string prefix)
    : m_object(&object), m_path(std::move(path)), m_prefix(std::move(prefix))
{
}

const json *ManifestReader::find(std::string_view name) const
{
    if (!m_object->is_object())
        return nullptr;
    const auto at = m_object->find(std::string(name));
    return at == m_object->end() ? nullptr : &*at;
}

bool ManifestReader::has(std::string_view name) const
{
    return find(name) != nullptr;
}

const json *ManifestReader::require(std::string_view name, const char *expected)
{
    const json *value = find(name);
    if (value == nullptr)
        fail(name, expected, "nothing");
    return value;
}

void ManifestReader::fail(std::string_view name, std::string expected, std::string found)
{
    if (m_error)
        return;
    m_error = Error(ErrorCode::ManifestField, {{"path", m_path},
                                               {"name", m_prefix + std::string(name)},
                                               {"expected", std::move(expected)},
                                               {"found", std::move(found)}});
}

void ManifestReader::absorb(const ManifestReader &child)
{
    if (!m_error)
        m_error = child.m_error;
}

std::string ManifestReader::text(std::string_view name)
{
    const json *value = require(name, "a text");
    if (value == nullptr)
        return {};
    if (!value->is_string() || value->get_ref<const std::string &>().empty()) {
        fail(name, "a text", describe(*value));
        return {};
    }
    return value->get<std::string>();
}

std::string ManifestReader::text(std::string_view name, std::string fallback)
{
    return has(name) ? text(name) : fallback;
}

double ManifestReader::number(std::string_view name)
{
    const json *value = require(name, "a number");
    if (value == nullptr)
        return 0;
    if (!value->is_number() || !std::isfinite(value->get<double>())) {
        fail(name, "a number", describe(*value));
        return 0;
    }
    return value->get<double>();
}

double ManifestReader::number(std::string_view name, double fallback)
{
    return has(name) ? number(name) : fallback;
}

int ManifestReader::positiveInteger(std::string_view name)
{
    const json *value = require(name, "a positive whole number");
    if (value == nullptr)
        return 1;
    if (!value->is_number_integer() || value->get<std::int64_t>() < 1 || value->get<std::int64_t>() > 1 << 20) {
        fail(name, "a positive whole number", describe(*value));
        return 1;
    }
    return value->get<int>();
}

int ManifestReader::integer(std::string_view name, int fallback)
{
    const json *value = find(name);
    if (value == nullptr)
        return fallback;
    if (!value->is_number_integer()) {
        fail(name, "a whole number", describe(*value));
        return fallback;
    }
    return value->get<int>();
}

std::vector<double> ManifestReader::numbers(std::string_view name, std::size_t count,
                                            std::vector<double> fallback)
{
    const json *value = find(name);
    if (value == nullptr)
        return fallback;
    const bool good = value->is_array() && value->size() == count
        && std::all_of(value->begin(), value->end(), [](const json &item) { return item.is_number(); });
    if (!good) {
        fail(name, "a list of " + std::to_string(count) + " numbers", describe(*value));
        return fallback;
    }
    return value->get<std::vector<double>>();
}

std::vector<std::string> ManifestReader::texts(std::string_view name)
{
    const json *value = require(name, "a list of texts");
    if (value == nullptr)
        return {};
    const bool good = value->is_array()
        && std::all_of(value->begin(), value->end(), [](const json &item) { return item.is_string(); });
    if (!good) {
        fail(name, "a list of texts", describe(*value));
        return {};
    }
    return value->get<std::vector<std::string>>();
}

int ManifestReader::choice(std::string_view name, std::initializer_list<const char *> allowed,
                           std::optional<int> fallback)
{
    if (fallback && !has(name))
        return *fallback;
    std::string expected;
    for (const char *item : allowed)
        expected += (expected.empty() ? "'" : ", '") + std::string(item) + "'";
    const json *value = require(name, ("one of " + expected).c_str());
    if (value == nullptr)
        return 0;
    if (value->is_string()) {
        int index = 0;
        for (const char *item : allowed) {
            if (*value == item)
                return index;
            ++index;
        }
    }
    fail(name, "one of " + expected, describe(*value));
    return 0;
}

ManifestReader ManifestReader::object(std::string_view name)
{
    static const json kEmpty = json::object();
    const json *value = require(name, "an object");
    if (value != nullptr && !value->is_object()) {
        fail(name, "an object", describe(*value));
        value = nullptr;
    }
    ManifestReader child(value != nullptr ? *value : kEmpty, m_path, m_prefix + std::string(name) + ".");
    child.m_error = m_error;
    return child;
}

const json *ManifestReader::array(std::string_view name)
{
    const json *value = require(name, "a list");
    if (value != nullptr && !value->is_array()) {
        fail(name, "a list", describe(*value));
        return nullptr;
    }
    return value;
}

const ModelFile *ModelManifest::fileOfRole(std::string_view role) const
{
    const auto at = std::find_if(files.begin(), files.end(), [&](const ModelFile &file) { return file.role == role; });
    return at == files.end() ? nullptr : &*at;
}

Result<json> readJsonFile(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::error_code ignored;
        if (!fs::exists(path, ignored))
            return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
        return Error(ErrorCode::CannotRead, {{"path", path.string()}, {"detail", "it cannot be opened"}});
    }
    try {
        return json::parse(file);
    } catch (const json::parse_error &broken) {
        return Error(ErrorCode::WrongFormat,
                     {{"path", path.string()},
                      {"expected", "JSON"},
                      {"found", "a syntax error at byte " + std::to_string(broken.byte)}});
    } catch (const std::exception &broken) {
        return Error(ErrorCode::CannotRead, {{"path", path.string()}, {"detail", broken.what()}});
    }
}

Result<ModelManifest> parseModelManifest(const json &json, const std::string &path)
{
    if (!json.is_object())
        return Error(ErrorCode::WrongFormat, {{"path", path}, {"expected", "a JSON object"}, {"found", describe(json)}});
    ManifestReader reader(json, path);
    ModelManifest manifest;
    static constexpr const char *kKinds[] = {"keypoints", "boxes", "lifter"};
    manifest.kind = kKinds[reader.choice("kind", {"keypoints", "boxes", "lifter"})];
    manifest.title = reader.text("title");
    manifest.licence = reader.text("licence");
    manifest.source = manifest.kind == "lifter" ? reader.text("source", "") : reader.text("source");
    manifest.priority = reader.integer("priority", 0);
    manifest.files = readFiles(reader);
    manifest.json = json;
    if (reader.error())
        return *reader.error();
    return manifest;
}

Result<ModelManifest> readModelManifest(const fs::path &folder)
{
    const fs::path path = folder / "model.json";
    Result<json> json = readJsonFile(path);
    if (!json)
        return json.error();
    return parseModelManifest(*json, path.string());
}

Result<void> checkModelFiles(const ModelManifest &manifest, const fs::path &folder)
{
    for (const ModelFile &file : manifest.files) {
        const fs::path path = folder / file.name;
        std::error_code ignored;
        if (!fs::exists(path, ignored))
            return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
        const Result<std::string> digest = rememberedSha256(path);
        if (!digest)
            return digest.error();
        if (*digest != file.sha256)
            return Error(ErrorCode::ChecksumMismatch,
                         {{"path", path.string()}, {"expected", file.sha256}, {"found", *digest}});
    }
    return {};
}

} // namespace poselift
