#include "core/pose/skeletonfile.h"

#include "core/pose/skeletonmapping.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <set>

namespace poselift {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

/// Checks one file field by field; the first failed check becomes the error.
class SkeletonReader
{
public:
    SkeletonReader(const json &object, std::string path) : m_object(object), m_path(std::move(path)) {}

    Result<SkeletonFile> read(const std::string &expectedName)
    {
        const bool valid = readText("name", m_file.skeleton.name) && checkName(expectedName)
            && readText("title", m_file.skeleton.title) && readText("source", m_file.skeleton.source)
            && readText("root", m_file.skeleton.root) && readJoints() && checkRoot()
            && readJointPairs("bones", m_file.skeleton.bones) && readJointPairs("pairs", m_file.skeleton.pairs)
            && checkSides() && readSigmas() && readAliases();
        if (!valid)
            return *m_error;
        return std::move(m_file);
    }

private:
    bool fail(const std::string &field, const std::string &expected, const std::string &found)
    {
        m_error = Error(ErrorCode::ManifestField,
                        {{"path", m_path}, {"name", field}, {"expected", expected}, {"found", found}});
        return false;
    }

    /// Text of a field for a message.
    std::string found(const char *field) const
    {
        return m_object.contains(field) ? m_object.at(field).dump() : "nothing";
    }

    bool readText(const char *field, std::string &text)
    {
        const auto entry = m_object.find(field);
        if (entry == m_object.end() || !entry->is_string() || entry->get_ref<const std::string &>().empty())
            return fail(field, "a text", found(field));
        text = entry->get<std::string>();
        return true;
    }

    bool checkName(const std::string &expectedName)
    {
        return m_file.skeleton.name == expectedName
            || fail("name", "the file's base name '" + expectedName + "'", m_file.skeleton.name);
    }

    static bool isSnakeCase(const std::string &name)
    {
        return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        });
    }

    bool readJoints()
    {
        const auto entry = m_object.find("joints");
        if (entry == m_object.end() || !entry->is_array() || entry->empty())
            return fail("joints", "a list of joint names", found("joints"));
        std::set<std::string> seen;
        for (const json &joint : *entry) {
            if (!joint.is_string() || !isSnakeCase(joint.get_ref<const std::string &>()))
                return fail("joints", "names in snake_case", joint.dump());
            if (!seen.insert(joint.get<std::string>()).second)
                return fail("joints", "every joint once", joint.dump() + " twice");
            m_file.skeleton.joints.push_back(joint.get<std::string>());
        }
        return true;
    }

    bool checkRoot()
    {
        const std::string &root = m_file.skeleton.root;
        return m_file.skeleton.indexOf(root) >= 0 || isDerivedJoint(root)
            || fail("root", "a joint of this skeleton or a derived joint", root);
    }

    bool readJointPairs(const char *field, std::vector<std::pair<int, int>> &pairs)
    {
        const auto entry = m_object.find(field);
        if (entry == m_object.end() || !entry->is_array())
            return fail(field, "a list of pairs of joint names", found(field));
        for (const json &pair : *entry) {
            if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string())
                return fail(field, "pairs of joint names", pair.dump());
            const int first = m_file.skeleton.indexOf(pair[0].get_ref<const std::string &>());
            const int second = m_file.skeleton.indexOf(pair[1].get_ref<const std::string &>());
            if (first < 0 || second < 0 || first == second)
                return fail(field, "two different joints of 'joints'", pair.dump());
            const auto isSame = [first, second](const std::pair<int, int> &other) {
                return (other.first == first && other.second == second)
                    || (other.first == second && other.second == first);
            };
            if (std::any_of(pairs.begin(), pairs.end(), isSame))
                return fail(field, "every pair once", pair.dump() + " twice");
            pairs.emplace_back(first, second);
        }
        return true;
    }

    /// Every left_X is paired with right_X, and nothing else is.
    bool checkSides()
    {
        const Skeleton &skeleton = m_file.skeleton;
        std::size_t sided = 0;
        for (const std::string &joint : skeleton.joints)
            sided += sideOf(joint) != BodySide::Middle ? 1 : 0;
        for (const auto &[left, right] : skeleton.pairs) {
            const std::string &leftName = skeleton.joints[static_cast<std::size_t>(left)];
            const std::string &rightName = skeleton.joints[static_cast<std::size_t>(right)];
            if (sideOf(leftName) != BodySide::Left || "right_" + leftName.substr(5) != rightName)
                return fail("pairs", "[left_X, right_X]", "[" + leftName + ", " + rightName + "]");
        }
        return sided == 2 * skeleton.pairs.size()
            || fail("pairs", "every left_ and right_ joint in one pair",
                    std::to_string(skeleton.pairs.size()) + " pairs for " + std::to_string(sided) + " joints");
    }

    bool readSigmas()
    {
        const auto entry = m_object.find("oks_sigmas");
        if (entry == m_object.end())
            return true;
        const std::string expected = std::to_string(m_file.skeleton.jointCount()) + " positive numbers";
        if (!entry->is_array() || entry->size() != m_file.skeleton.joints.size())
            return fail("oks_sigmas", expected,
                        entry->is_array() ? std::to_string(entry->size()) + " entries" : entry->dump());
        for (const json &sigma : *entry) {
            if (!sigma.is_number() || sigma.get<double>() <= 0)
                return fail("oks_sigmas", expected, sigma.dump());
            m_file.skeleton.oksSigmas.push_back(sigma.get<double>());
        }
        return true;
    }

    bool readAliases()
    {
        const auto entry = m_object.find("aliases");
        if (entry == m_object.end())
            return true;
        if (!entry->is_object())
            return fail("aliases", "joint names with lists of other names", entry->dump());
        for (const auto &[joint, names] : entry->items()) {
            const bool areTexts = names.is_array()
                && std::all_of(names.begin(), names.end(), [](const json &name) { return name.is_string(); });
            if (m_file.skeleton.indexOf(joint) < 0 || !areTexts)
                return fail("aliases", "a joint of 'joints' with a list of names", '"' + joint + "\": " + names.dump());
            m_file.aliases[joint] = names.get<std::vector<std::string>>();
        }
        return true;
    }

    const json &m_object;
    std::string m_path;
    SkeletonFile m_file;
    std::optional<Error> m_error;
};

} // namespace

Result<SkeletonFile> readSkeletonFile(const fs::path &path)
{
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    if (fs::is_directory(path, ignored))
        return Error(ErrorCode::IsDirectory, {{"path", path.string()}, {"expected", "a skeleton file (JSON)"}});
    std::ifstream file(path);
    if (!file)
        return Error(ErrorCode::CannotRead, {{"path", path.string()}, {"detail", "it cannot be opened"}});
    const json object = json::parse(file, nullptr, /*allow_exceptions=*/false);
    if (!object.is_object())
        return Error(ErrorCode::WrongFormat, {{"path", path.string()},
                                              {"expected", "a JSON object"},
                                              {"found", object.is_discarded() ? "text that is not JSON" : object.type_name()}});
    return SkeletonReader(object, path.string()).read(path.stem().string());
}

} // namespace poselift
