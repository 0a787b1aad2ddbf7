#pragma once

#include "core/document/journal/journalfile.h"
#include "core/document/journal/journalplace.h"

#include <QObject>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <span>
#include <thread>

namespace poselift {

/// Commits the entries of one journal on a thread of its own, in order, several in one transaction
/// when they come quickly. The file is made with the first entry. An entry that cannot be committed
/// is kept and tried again with the next one and every two seconds; the destructor tries once more.
/// Signals come from the thread: receivers must live in another one (queued).
class JournalWriter : public QObject
{
    Q_OBJECT
public:
    /// Number of an entry, ascending from 1.
    using Ticket = quint64;

    /// @param file  the journal when it is open already; null: it is opened at @p place
    JournalWriter(JournalPlace place, JournalIdentity identity, std::unique_ptr<JournalFile> file,
                  std::string vfs = {}, QObject *parent = nullptr);
    ~JournalWriter() override;

    Ticket enqueue(JournalChange change);
    /// The journal goes on at another place, with all that it holds. What is left at the old place
    /// goes back to its last save, or is removed. When the old place fails, the journal at the new
    /// one begins with the state @p saved, which the project's new file holds.
    Ticket moveTo(JournalPlace place, bool removeOld, JournalNodeId saved);
    /// The document goes back to its last save without having been told so; see JournalFile.
    Ticket discardUnsaved();
    /// Removes the file and what has not been written; nothing may follow.
    void removeAndStop();
    /// Waits until the entry is committed; false when it cannot be at the moment. From any thread.
    bool waitFor(Ticket ticket);

Q_SIGNALS:
    void acknowledged(quint64 ticket);
    /// Once, until entries can be committed again.
    void failed(const poselift::Error &error);
    /// The journal is not beside the project: why and where (JournalElsewhere).
    void keptElsewhere(const poselift::Error &notice);

private:
    struct Entry
    {
        enum class Kind
        {
            Change,
            Move,
            Discard
        } kind = Kind::Change;
        JournalChange change;
        JournalPlace place;
        bool removeOld = false;
        JournalNodeId saved = 0;
        bool prune = false;
    };

    Ticket add(Entry entry);
    void work();
    Result<void> carryOut(const std::vector<Entry> &entries);
    Result<void> carryOutInPlace(std::span<const Entry> entries);
    Result<void> beginAnew(std::span<const Entry> entriesAndMove);
    Result<void> ensureOpen();
    Result<void> openAt(const std::filesystem::path &path);
    Result<void> move(const Entry &entry);
    void report(const Result<void> &outcome, Ticket last);

    std::string m_vfs;
    // Of the thread
    JournalPlace m_place;
    JournalIdentity m_identity;
    std::unique_ptr<JournalFile> m_file;
    std::filesystem::path m_path; ///< where the journal was opened; reopened there only
    bool m_failing = false;
    // Shared
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_settled;
    std::deque<Entry> m_entries;
    Ticket m_added = 0;
    Ticket m_committed = 0;
    quint64 m_failures = 0;
    bool m_stopping = false;
    bool m_removing = false;
    std::thread m_thread; ///< last: starts when all else is there
};

} // namespace poselift
