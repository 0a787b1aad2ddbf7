#include "core/document/journal/openjournal.h"

#include <optional>
#include <system_error>
#include <utility>

namespace poselift {

namespace fs = std::filesystem;

namespace {

std::string saveIdOf(const Project &project)
{
    const auto found = project.meta.find(kSaveId);
    return found != project.meta.end() ? found->second : std::string();
}

/// Sets a journal aside that cannot go on, and says so.
void setAside(const fs::path &path, const Error &reason, OpenJournal &result)
{
    const fs::path aside = setJournalAside(path);
    result.notices.push_back(reason);
    if (!aside.empty())
        result.notices.push_back(Error(ErrorCode::JournalSetAside,
                                       {{"path", path.string()}, {"found", aside.string()}}));
}

/// True when the journal goes on from the file as it is, or can.
bool goesOn(JournalFile &file, JournalContent &content, const Project &project)
{
    if (content.matches(project.saveGeneration, saveIdOf(project)))
        return true;
    if (project.tracks.empty())
        return false; // another skeleton may have come with the layers
    const std::optional<JournalChange> change = content.followDerivedFile(project.saveGeneration, saveIdOf(project));
    return change && file.commit({*change}).ok();
}

void examine(const fs::path &path, const Project &project, OpenJournal &result)
{
    Result<std::unique_ptr<JournalFile>> file = JournalFile::open(path);
    if (!file) {
        if (file.error().code() == ErrorCode::JournalDamaged)
            setAside(path, file.error(), result);
        else
            result.notices.push_back(file.error());
        return;
    }
    Result<JournalContent> content = (*file)->read();
    if (!content) {
        file->reset();
        setAside(path, content.error(), result);
        return;
    }
    const bool isOfProject = content->identity.uuid == project.uuid;
    if (isOfProject && !result.file && goesOn(**file, *content, project)) {
        result.file = std::move(*file);
        result.content = std::move(*content);
        return;
    }
    file->reset();
    const fs::path aside = setJournalAside(path);
    // Without such edits only an undo history is given up, which no longer fits.
    if (!content->hasEditsBeyond(project.saveGeneration, saveIdOf(project)))
        return;
    if (isOfProject && !result.offer)
        result.offer = JournalOffer{std::move(*content), aside};
    else
        result.notices.push_back(Error(ErrorCode::JournalSetAside,
                                       {{"path", path.string()}, {"found", aside.string()}}));
}

} // namespace

OpenJournal findJournal(const Project &project, const fs::path &path, bool writable)
{
    OpenJournal result;
    result.place = journalPlaceOf(path, writable);
    std::error_code ignored;
    for (const fs::path &candidate : {result.place.beside, result.place.fallback}) {
        if (!candidate.empty() && fs::exists(candidate, ignored))
            examine(candidate, project, result);
    }
    return result;
}

std::unique_ptr<OpenJournal> findUnsavedJournal(const std::string &mediaPath)
{
    std::unique_ptr<OpenJournal> newest;
    fs::file_time_type newestTime;
    std::error_code error;
    for (fs::directory_iterator entry(unsavedJournalFolder(), error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().extension() != ".journal")
            continue;
        std::error_code ignored;
        const fs::file_time_type time = fs::last_write_time(entry->path(), ignored);
        if (newest && time < newestTime)
            continue;
        Result<std::unique_ptr<JournalFile>> file = JournalFile::open(entry->path());
        Result<JournalContent> content =
            file ? (*file)->read() : Result<JournalContent>(file.error());
        if (!content || content->identity.mediaPath != mediaPath || content->nodes.empty())
            continue;
        newest = std::make_unique<OpenJournal>();
        newest->place = unsavedJournalPlace(content->identity.uuid);
        newest->file = std::move(*file);
        newest->content = std::move(*content);
        newestTime = time;
    }
    return newest;
}

} // namespace poselift
