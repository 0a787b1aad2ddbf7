#include "core/document/journal/journalplace.h"

#include "core/base/paths.h"
#include "core/base/sha256.h"

#include <initializer_list>
#include <system_error>

namespace poselift {

namespace fs = std::filesystem;

namespace {

/// SQLite's companions of a database that was not closed.
constexpr std::initializer_list<const char *> kSuffixes{"", "-wal", "-shm"};

fs::path withSuffix(fs::path path, const std::string &suffix)
{
    path += suffix;
    return path;
}

std::string digestOf(const std::string &text)
{
    Sha256 digest;
    digest.add(text.data(), text.size());
    return digest.finish();
}

} // namespace

JournalPlace journalPlaceOf(const fs::path &project, bool writable)
{
    std::error_code error;
    fs::path real =
        fs::weakly_canonical(project, error); // one journal for all links to one project
    if (error)
        real = project;
    JournalPlace place;
    if (writable)
        place.beside = withSuffix(real, ".journal");
    place.fallback = userStateDirectory() / "journals" / (digestOf(real.string()) + ".journal");
    return place;
}

JournalPlace unsavedJournalPlace(const std::string &uuid)
{
    return {{}, unsavedJournalFolder() / (uuid + ".journal")};
}

fs::path unsavedJournalFolder()
{
    return userStateDirectory() / "unsaved";
}

fs::path setJournalAside(const fs::path &path)
{
    std::error_code error;
    fs::path aside;
    for (int number = 1; aside.empty() || fs::exists(aside, error); ++number)
        aside = withSuffix(path, ".aside-" + std::to_string(number));
    for (const char *suffix : kSuffixes) {
        if (!fs::exists(withSuffix(path, suffix), error))
            continue;
        fs::rename(withSuffix(path, suffix), withSuffix(aside, suffix), error);
        if (error)
            return {};
    }
    return aside;
}

void removeJournal(const fs::path &path)
{
    std::error_code ignored;
    for (const char *suffix : kSuffixes)
        fs::remove(withSuffix(path, suffix), ignored);
}

} // namespace poselift
