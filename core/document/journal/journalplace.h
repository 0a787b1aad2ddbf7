#pragma once

#include <filesystem>
#include <string>

namespace poselift {

/// Where the journal of a project is kept.
struct JournalPlace
{
    std::filesystem::path beside;   ///< NAME.poselift.journal; empty: not beside the project
    std::filesystem::path fallback; ///< in the local state folder

    bool isEmpty() const { return beside.empty() && fallback.empty(); }
};

/// @param writable  false for a project that is opened read-only: its folder is left alone
JournalPlace journalPlaceOf(const std::filesystem::path &project, bool writable);
/// Of a project that has never been saved.
JournalPlace unsavedJournalPlace(const std::string &uuid);
/// The folder of the journals of projects that have never been saved; may not exist.
std::filesystem::path unsavedJournalFolder();

/// Gives the journal at @p path (closed) a name that is never opened again: "….aside-1" or the next
/// free number. Empty when that fails.
std::filesystem::path setJournalAside(const std::filesystem::path &path);
void removeJournal(const std::filesystem::path &path);

} // namespace poselift
