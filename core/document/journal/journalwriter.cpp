#include "core/document/journal/journalwriter.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds kRetry{2};
constexpr std::int64_t kMaxHistoryBytes = 512LL * 1024 * 1024; ///< of undo steps kept after a save

std::string detailOf(const Error &error)
{
    for (const auto &[name, value] : error.arguments()) {
        if (name == "detail")
            return value;
    }
    return error.sentence();
}

} // namespace

JournalWriter::JournalWriter(JournalPlace place, JournalIdentity identity,
                             std::unique_ptr<JournalFile> file, std::string vfs, QObject *parent)
    : QObject(parent), m_vfs(std::move(vfs)), m_place(std::move(place)),
      m_identity(std::move(identity)), m_file(std::move(file))
{
    if (m_file)
        m_path = m_file->path();
    m_thread = std::thread([this] { work(); });
}

JournalWriter::~JournalWriter()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

JournalWriter::Ticket JournalWriter::add(Entry entry)
{
    Ticket ticket = 0;
    {
        const std::lock_guard lock(m_mutex);
        m_entries.push_back(std::move(entry));
        ticket = ++m_added;
    }
    m_wake.notify_all();
    return ticket;
}

JournalWriter::Ticket JournalWriter::enqueue(JournalChange change)
{
    Entry entry;
    entry.prune = change.save && change.save->confirmed;
    entry.change = std::move(change);
    return add(std::move(entry));
}

JournalWriter::Ticket JournalWriter::moveTo(JournalPlace place, bool removeOld, JournalNodeId saved)
{
    Entry entry;
    entry.kind = Entry::Kind::Move;
    entry.place = std::move(place);
    entry.removeOld = removeOld;
    entry.saved = saved;
    return add(std::move(entry));
}

JournalWriter::Ticket JournalWriter::discardUnsaved()
{
    Entry entry;
    entry.kind = Entry::Kind::Discard;
    return add(std::move(entry));
}

void JournalWriter::removeAndStop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_removing = m_stopping = true;
    }
    m_wake.notify_all();
}

bool JournalWriter::waitFor(Ticket ticket)
{
    std::unique_lock lock(m_mutex);
    const quint64 failures = m_failures;
    m_settled.wait(lock,
                   [&] { return m_committed >= ticket || m_failures != failures || m_removing; });
    return m_committed >= ticket;
}

void JournalWriter::work()
{
    std::unique_lock lock(m_mutex);
    std::size_t tried = 0; // entries that failed last time: wait for more or for the retry time
    for (;;) {
        const auto hasWork = [&] { return m_stopping || m_entries.size() > tried; };
        if (tried > 0)
            m_wake.wait_for(lock, kRetry, hasWork);
        else
            m_wake.wait(lock, hasWork);
        if (m_removing || (m_stopping && m_entries.empty()))
            break;
        const std::vector<Entry> entries(m_entries.begin(), m_entries.end());
        const Ticket last = m_committed + entries.size();
        const bool isLastTry = m_stopping;
        lock.unlock();
        const Result<void> outcome = carryOut(entries);
        lock.lock();
        tried = outcome ? 0 : entries.size();
        if (outcome) {
            m_entries.erase(m_entries.begin(),
                            m_entries.begin() + static_cast<std::ptrdiff_t>(entries.size()));
            m_committed = last;
        } else {
            ++m_failures;
        }
        m_settled.notify_all();
        lock.unlock();
        report(outcome, last);
        lock.lock();
        if (isLastTry && !outcome)
            break;
    }
    m_settled.notify_all();
    m_file.reset();
    if (m_removing && !m_path.empty())
        removeJournal(m_path);
}

void JournalWriter::report(const Result<void> &outcome, Ticket last)
{
    if (outcome) {
        m_failing = false;
        Q_EMIT acknowledged(last);
    } else if (!std::exchange(m_failing, true)) {
        Q_EMIT failed(outcome.error());
    }
}

/// All of it can be done again after a failure: entries say what is to be, not what is to change.
Result<void> JournalWriter::carryOut(const std::vector<Entry> &entries)
{
    const Result<void> done = carryOutInPlace(entries);
    if (done)
        return done;
    // A log that could not be flushed is not to be trusted: SQLite reads it anew.
    m_file.reset();
    const auto move = std::find_if(entries.rbegin(), entries.rend(), [](const Entry &entry) {
        return entry.kind == Entry::Kind::Move;
    });
    if (move == entries.rend())
        return done;
    // The user has saved to another place, as the message says one should.
    const auto moved = static_cast<std::size_t>(move.base() - entries.begin());
    const std::span<const Entry> all(entries);
    if (Result<void> begun = beginAnew(all.first(moved)); !begun)
        return begun;
    return carryOutInPlace(all.subspan(moved));
}

/// Runs of plain changes go into one transaction.
Result<void> JournalWriter::carryOutInPlace(std::span<const Entry> entries)
{
    std::vector<JournalChange> batch;
    const auto flush = [&]() -> Result<void> {
        if (batch.empty())
            return {};
        Result<void> done = ensureOpen();
        if (done)
            done = m_file->commit(batch);
        batch.clear();
        return done;
    };
    for (const Entry &entry : entries) {
        if (entry.kind == Entry::Kind::Change)
            batch.push_back(entry.change);
        Result<void> done;
        if (entry.kind != Entry::Kind::Change || entry.prune || &entry == &entries.back())
            done = flush();
        if (done && entry.kind == Entry::Kind::Move)
            done = move(entry);
        if (done && entry.kind == Entry::Kind::Discard && m_file)
            done = m_file->backToLastSave();
        if (done && entry.prune && m_file)
            done = m_file->prune(kMaxHistoryBytes);
        if (!done)
            return done;
    }
    return {};
}

/// The last entry is a move from a place that fails. Older steps stay there; those that were made
/// while the project was saved are among the entries.
Result<void> JournalWriter::beginAnew(std::span<const Entry> entriesAndMove)
{
    const Entry &move = entriesAndMove.back();
    const fs::path oldPath = std::exchange(m_path, {});
    const JournalPlace oldPlace = std::exchange(m_place, move.place);
    std::vector<JournalChange> changes;
    JournalChange from;
    from.root = from.current = from.tip = move.saved;
    changes.push_back(from);
    for (const Entry &entry : entriesAndMove) {
        if (entry.kind == Entry::Kind::Change)
            changes.push_back(entry.change);
    }
    std::error_code ignored;
    if (!move.place.beside.empty() && fs::exists(move.place.beside, ignored))
        setJournalAside(move.place.beside);
    Result<void> done = ensureOpen();
    if (done)
        done = m_file->commit(changes);
    if (!done) {
        m_file.reset();
        m_path = oldPath;
        m_place = oldPlace;
    } else if (move.removeOld) {
        removeJournal(oldPath);
    }
    return done;
}

Result<void> JournalWriter::openAt(const fs::path &path)
{
    Result<std::unique_ptr<JournalFile>> file = JournalFile::open(path, m_vfs);
    if (!file)
        return file.error();
    if (Result<void> set = (*file)->setIdentity(m_identity); !set)
        return set;
    m_file = std::move(*file);
    m_path = path;
    return {};
}

Result<void> JournalWriter::ensureOpen()
{
    if (m_file)
        return {};
    if (!m_path.empty())
        return openAt(m_path);
    Result<void> outcome = m_place.beside.empty() ? Result<void>() : openAt(m_place.beside);
    if (m_file || m_place.fallback.empty())
        return outcome;
    std::error_code ignored;
    fs::create_directories(m_place.fallback.parent_path(), ignored);
    if (Result<void> elsewhere = openAt(m_place.fallback); !elsewhere)
        return outcome ? elsewhere : outcome;
    if (!outcome)
        Q_EMIT keptElsewhere(
            Error(ErrorCode::JournalElsewhere, {{"path", m_place.beside.string()},
                                                {"detail", detailOf(outcome.error())},
                                                {"found", m_place.fallback.string()}}));
    return {};
}

Result<void> JournalWriter::move(const Entry &entry)
{
    if (m_path.empty()) {
        m_place = entry.place; // there is nothing to take along
        return {};
    }
    if (Result<void> open = ensureOpen(); !open)
        return open;
    const fs::path old = m_path;
    Result<void> moved =
        Error(ErrorCode::JournalNotWritten, {{"path", old.string()}, {"detail", "no place"}});
    for (const fs::path &target : {entry.place.beside, entry.place.fallback}) {
        if (target.empty() || (moved.ok()))
            continue;
        std::error_code ignored;
        if (target == entry.place.fallback)
            fs::create_directories(target.parent_path(), ignored);
        // The project there is being replaced, and its journal with it.
        if (fs::exists(target, ignored))
            setJournalAside(target);
        moved = m_file->copyTo(target);
        if (!moved)
            removeJournal(target);
        else
            m_path = target;
    }
    if (!moved)
        return moved;
    // A convenience for whoever opens the old project; its disk may be the reason for the move.
    if (!entry.removeOld)
        static_cast<void>(m_file->backToLastSave());
    m_file.reset();
    m_place = entry.place;
    if (entry.removeOld)
        removeJournal(old);
    return ensureOpen();
}

} // namespace poselift
