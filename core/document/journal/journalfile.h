#pragma once

#include "core/base/result.h"
#include "core/document/journal/journalcontent.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace poselift {

/// The edits of one project that its file does not hold yet, and those before for undo: one SQLite
/// database, held exclusively while it is open. Write-ahead log, flushed to the disk with every
/// commit (synchronous=FULL), so what commit() has accepted survives kill -9 and a power cut. One
/// thread at a time.
///
/// Tables: meta(key, value): format, version, uuid, media_path, root, current, tip;
/// nodes(id, parent, kind, text); payload(node, side, part, bytes): the bytes of CommandRecord's
/// before (side 0) and after (side 1), in parts of at most 64 MiB;
/// saves(generation, save_id, node, confirmed) in the order of their rowid.
class JournalFile
{
public:
    /// Opens or makes the journal at @p path. A new one has the root 0 as its only state.
    /// @param vfs  name of the SQLite file layer; empty: the system's. For tests.
    /// Errors: JournalInUse (another process has it), JournalDamaged (not a journal of this
    /// version), JournalNotWritten (read-only folder, full disk, a file system without locks).
    static Result<std::unique_ptr<JournalFile>> open(const std::filesystem::path &path,
                                                     const std::string &vfs = {});
    ~JournalFile();
    JournalFile(const JournalFile &) = delete;
    JournalFile &operator=(const JournalFile &) = delete;

    const std::filesystem::path &path() const { return m_path; }
    Result<JournalContent> read() const;
    /// All changes in one transaction, on the disk when this returns without an error. After an
    /// error nothing of them is there for certain; the same changes may be committed again.
    Result<void> commit(const std::vector<JournalChange> &changes);
    Result<void> setIdentity(const JournalIdentity &identity);
    /// Drops what a confirmed save has made useless: states off the current branch, saves of such
    /// states, and the oldest steps beyond @p maxBytes of history.
    Result<void> prune(std::int64_t maxBytes);
    /// The document goes back to what was saved last; what was done since can still be redone.
    Result<void> backToLastSave();
    /// A complete copy at @p target, which must not exist.
    Result<void> copyTo(const std::filesystem::path &target);

private:
    JournalFile(std::filesystem::path path, sqlite3 *database);

    class Statement;
    Error error() const;
    Result<void> run(const char *sql) const;
    Result<void> configure();
    Result<void> checkFormat();
    Result<void> write(const JournalChange &change);
    Result<void> writeNode(const JournalNode &node);
    Result<void> writePayload(JournalNodeId node, int side, const QByteArray &bytes);
    Result<void> writeSave(const JournalSave &save);
    Result<void> setMeta(const char *key, const std::string &value);
    Result<void> inTransaction(const std::function<Result<void>()> &work);
    Result<QByteArray> payload(JournalNodeId node, int side) const;
    Result<void> readMeta(JournalContent &content) const;
    Result<void> readNodes(JournalContent &content) const;
    Result<void> readSaves(JournalContent &content) const;

    std::filesystem::path m_path;
    sqlite3 *m_database;
};

} // namespace poselift
