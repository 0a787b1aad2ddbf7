#include "core/pose/skeleton.h"

#include "core/base/paths.h"
#include "core/pose/skeletonfile.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

namespace poselift {

namespace {

namespace fs = std::filesystem;

using SkeletonFiles = std::map<std::string, SkeletonFile>;

/// Reads every *.json of @p folder; files that are not valid are left out here (findSkeleton()
/// reads the one that is asked for again and so reports what is wrong with it).
SkeletonFiles readFolder(const fs::path &folder)
{
    SkeletonFiles files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        if (entry->path().extension() != ".json")
            continue;
        if (Result<SkeletonFile> file = readSkeletonFile(entry->path()))
            files.emplace(file->skeleton.name, std::move(*file));
    }
    return files;
}

/// The bundled skeletons, read once per folder and process.
std::shared_ptr<const SkeletonFiles> bundledSkeletons()
{
    static std::mutex mutex;
    static std::map<fs::path, std::shared_ptr<const SkeletonFiles>> cache;
    const fs::path folder = resourceDirectory() / "skeletons";
    const std::lock_guard lock(mutex);
    std::shared_ptr<const SkeletonFiles> &files = cache[folder];
    if (files == nullptr)
        files = std::make_shared<const SkeletonFiles>(readFolder(folder));
    return files;
}

bool matches(const SkeletonFile &file, const std::vector<std::string> &names)
{
    const std::vector<std::string> &joints = file.skeleton.joints;
    return std::equal(joints.begin(), joints.end(), names.begin(), names.end(),
                      [&file](const std::string &joint, const std::string &name) {
                          if (joint == name)
                              return true;
                          const auto aliases = file.aliases.find(joint);
                          return aliases != file.aliases.end()
                              && std::find(aliases->second.begin(), aliases->second.end(), name) != aliases->second.end();
                      });
}

} // namespace

std::string joined(const std::vector<std::string> &names)
{
    std::string text;
    for (const std::string &name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "nothing" : text;
}

int Skeleton::indexOf(std::string_view jointName) const
{
    const auto found = std::find(joints.begin(), joints.end(), jointName);
    return found != joints.end() ? static_cast<int>(found - joints.begin()) : -1;
}

int Skeleton::mirrored(int joint) const
{
    for (const auto &[left, right] : pairs) {
        if (left == joint)
            return right;
        if (right == joint)
            return left;
    }
    return joint;
}

BodySide sideOf(std::string_view jointName)
{
    if (jointName.starts_with("left_"))
        return BodySide::Left;
    return jointName.starts_with("right_") ? BodySide::Right : BodySide::Middle;
}

Result<Skeleton> readSkeleton(const fs::path &path)
{
    Result<SkeletonFile> file = readSkeletonFile(path);
    if (!file)
        return file.error();
    return std::move(file->skeleton);
}

Result<Skeleton> findSkeleton(const std::string &name)
{
    const auto files = bundledSkeletons();
    if (const auto found = files->find(name); found != files->end())
        return found->second.skeleton;
    const fs::path path = resourceDirectory() / "skeletons" / (name + ".json");
    std::error_code ignored;
    if (!name.empty() && fs::exists(path, ignored))
        return readSkeleton(path);
    return Error(ErrorCode::UnknownSkeleton, {{"found", name}, {"expected", joined(skeletonNames())}});
}

std::vector<std::string> skeletonNames()
{
    std::vector<std::string> names;
    for (const auto &[name, file] : *bundledSkeletons())
        names.push_back(name);
    return names;
}

Result<Skeleton> skeletonOfJointNames(const std::vector<std::string> &names, const std::string &path)
{
    std::string known;
    for (const auto &[name, file] : *bundledSkeletons()) {
        if (matches(file, names))
            return file.skeleton;
        known += (known.empty() ? "" : "; ") + name + " (" + joined(file.skeleton.joints) + ")";
    }
    return Error(ErrorCode::UnknownJointOrder, {{"path", path}, {"expected", known}, {"found", joined(names)}});
}

} // namespace poselift
