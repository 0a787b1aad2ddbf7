#pragma once

#include "core/document/journal/journalfile.h"
#include "core/document/journal/journalplace.h"
#include "core/pose/project.h"

#include <memory>
#include <optional>
#include <vector>

namespace poselift {

/// A journal that does not go on from the project file as it is: the file was restored from a copy,
/// saved by another program, or replaced. It is never replayed unasked. Its file was set aside.
struct JournalOffer
{
    JournalContent content;
    std::filesystem::path aside; ///< where it is now
};

/// What was found beside a project (or in the local state folder) when it was opened.
struct OpenJournal
{
    JournalPlace place;
    std::unique_ptr<JournalFile> file; ///< the journal that goes on; null: there is none yet
    JournalContent content;            ///< of file
    std::optional<JournalOffer> offer;
    std::vector<Error> notices; ///< journals that could not be read, and where they are now
};

/// Looks for the journal of @p project, which was read from @p path. Takes some time: not for the
/// GUI thread. @param writable  whether this process holds the project's lock
OpenJournal findJournal(const Project &project, const std::filesystem::path &path, bool writable);

/// The journal of a project that was never saved, made from the media at @p mediaPath; nothing when
/// there is none or another process has it. The newest, if there are several.
std::unique_ptr<OpenJournal> findUnsavedJournal(const std::string &mediaPath);

} // namespace poselift
