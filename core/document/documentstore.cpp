#include "core/document/documentstore.h"

#include "core/document/journal/openjournal.h"
#include "core/document/journal/projectjournal.h"
#include "core/document/posedocument.h"
#include "core/io/projectfile.h"
#include "core/io/projectlock.h"
#include "core/io/projectsnapshot.h"

#include <QtConcurrent/QtConcurrentRun>

#include <filesystem>
#include <functional>
#include <optional>
#include <utility>

namespace poselift {

namespace fs = std::filesystem;

namespace {

fs::path folderOf(const QString &projectPath)
{
    std::error_code ignored;
    return fs::absolute(projectPath.toStdString(), ignored).parent_path();
}

struct LoadOutcome
{
    std::shared_ptr<LoadedProject> project;
    std::shared_ptr<Error> error;
};

LoadOutcome readWithLock(const QString &path)
{
    LoadOutcome outcome;
    const fs::path file = path.toStdString();
    // The lock first: what is read under it cannot be replaced by another window meanwhile.
    Result<ProjectLock> lock = ProjectLock::acquire(file);
    Result<Project> project = readProject(file);
    if (!project) {
        outcome.error = std::make_shared<Error>(project.error());
        return outcome;
    }
    outcome.project = std::make_shared<LoadedProject>();
    outcome.project->project = std::move(*project);
    outcome.project->path = path;
    outcome.project->project.media.path = mediaPathInMemory(outcome.project->project.media.path, path);
    outcome.project->journal
        = std::make_shared<OpenJournal>(findJournal(outcome.project->project, file, lock.ok()));
    if (lock)
        outcome.project->lock = std::make_shared<ProjectLock>(std::move(*lock));
    else
        outcome.project->lockError = std::make_shared<Error>(lock.error());
    return outcome;
}

} // namespace

std::string mediaPathForFile(const std::string &mediaPath, const QString &projectPath)
{
    if (mediaPath.empty())
        return mediaPath;
    const fs::path folder = folderOf(projectPath).lexically_normal();
    const fs::path media = fs::path(mediaPath).lexically_normal();
    const fs::path relative = media.lexically_relative(folder);
    const bool below = !relative.empty() && *relative.begin() != "..";
    return below ? relative.generic_string() : mediaPath;
}

std::string mediaPathInMemory(const std::string &mediaPath, const QString &projectPath)
{
    if (mediaPath.empty() || fs::path(mediaPath).is_absolute())
        return mediaPath;
    return (folderOf(projectPath) / mediaPath).lexically_normal().string();
}

void DocumentLoader::load(const QString &path)
{
    const int generation = ++m_generation;
    m_loading = true;
    QtConcurrent::run(&readWithLock, path).then(this, [this, generation](const LoadOutcome &outcome) {
        if (generation != m_generation)
            return;
        m_loading = false;
        if (outcome.project)
            Q_EMIT loaded(outcome.project);
        else
            Q_EMIT failed(*outcome.error);
    });
}

struct DocumentSaver::Outcome
{
    QString path;
    qint64 generation = 0;
    std::string saveId;
    quint64 step = 0;      ///< of the document that is written
    std::int64_t node = 0; ///< the same in the journal
    std::shared_ptr<ProjectLock> newLock; ///< when the file is not the one that m_lock locks
    std::optional<Error> error;
};

DocumentSaver::DocumentSaver(PoseDocument *document, ProjectJournal *journal, QObject *parent)
    : QObject(parent), m_document(document), m_journal(journal)
{
}

void DocumentSaver::save(const QString &path)
{
    if (m_saving) {
        m_next = path;
        return;
    }
    m_saving = true;
    const bool sameFile = m_lock && path == m_document->path();
    Outcome outcome;
    outcome.path = path;
    outcome.generation = m_document->project().saveGeneration + 1;
    outcome.saveId = newUuid();
    outcome.step = m_document->sealHistory();
    std::function<void()> noteInJournal;
    if (m_journal != nullptr) {
        outcome.node = m_journal->currentNode();
        // A file that was replaced before the journal knows would look like a foreign one.
        if (sameFile)
            noteInJournal = m_journal->beginSave(outcome.generation, outcome.saveId);
    }
    const auto write = [outcome, sameFile, noteInJournal, snapshot = m_document->snapshot()]() mutable {
        if (!sameFile) {
            Result<ProjectLock> lock = ProjectLock::acquire(outcome.path.toStdString());
            if (!lock) {
                outcome.error = lock.error();
                return outcome;
            }
            outcome.newLock = std::make_shared<ProjectLock>(std::move(*lock));
        }
        if (noteInJournal)
            noteInJournal();
        Project &head = snapshot->head();
        head.saveGeneration = outcome.generation;
        head.meta[kSaveId] = outcome.saveId;
        head.media.path = mediaPathForFile(head.media.path, outcome.path);
        if (const Result<void> written = writeProject(*snapshot, outcome.path.toStdString()); !written)
            outcome.error = written.error();
        return outcome;
    };
    QtConcurrent::run(write).then(this, [this](const Outcome &done) { finish(done); });
}

void DocumentSaver::finish(const Outcome &outcome)
{
    m_saving = false;
    if (outcome.error) {
        m_next.clear();
        Q_EMIT failed(*outcome.error);
        return;
    }
    if (outcome.newLock)
        m_lock = outcome.newLock;
    const bool moved = m_document->path() != outcome.path;
    m_document->markSaved(outcome.path, outcome.generation, outcome.step, outcome.saveId);
    if (m_journal != nullptr)
        m_journal->endSave(outcome.generation, outcome.saveId, outcome.node, moved);
    Q_EMIT saved(outcome.path);
    if (const QString next = std::exchange(m_next, {}); !next.isEmpty())
        save(next);
}

} // namespace poselift
