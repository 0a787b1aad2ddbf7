#include "core/document/journal/journalfile.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include <sqlite3.h>

namespace poselift {

namespace {

namespace fs = std::filesystem;

constexpr const char *kFormat = "poselift-journal";
constexpr const char *kVersion = "1";
constexpr qsizetype kPartBytes = 64LL * 1024 * 1024; // far below SQLite's limit for one value
enum Side
{
    Before = 0,
    After = 1
};

std::int64_t toNumber(const std::string &text)
{
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

/// A prepared statement; step() and the rest as SQLite's.
class JournalFile::Statement
{
public:
    Statement(const JournalFile &file, const char *sql) : m_file(file)
    {
        ::sqlite3_prepare_v2(file.m_database, sql, -1, &m_statement, nullptr);
    }
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    ~Statement() { ::sqlite3_finalize(m_statement); }

    Statement &bind(std::int64_t value)
    {
        ::sqlite3_bind_int64(m_statement, ++m_bound, value);
        return *this;
    }
    Statement &bind(const std::string &text)
    {
        ::sqlite3_bind_text64(m_statement, ++m_bound, text.data(), text.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8);
        return *this;
    }
    /// @p bytes must stay until run().
    Statement &bindBlob(const char *bytes, qsizetype size)
    {
        ::sqlite3_bind_blob64(m_statement, ++m_bound, bytes, static_cast<sqlite3_uint64>(size),
                              SQLITE_STATIC);
        return *this;
    }

    /// For statements without rows.
    Result<void> run()
    {
        if (::sqlite3_step(m_statement) != SQLITE_DONE)
            return m_file.error();
        return {};
    }
    /// Calls @p visit for every row.
    template <typename Visit>
    Result<void> forEachRow(const Visit &visit)
    {
        int status = SQLITE_ROW;
        while ((status = ::sqlite3_step(m_statement)) == SQLITE_ROW)
            visit();
        if (status != SQLITE_DONE)
            return m_file.error();
        return {};
    }
    std::int64_t integer(int column) const { return ::sqlite3_column_int64(m_statement, column); }
    std::string text(int column) const
    {
        const auto *bytes =
            reinterpret_cast<const char *>(::sqlite3_column_text(m_statement, column));
        return {bytes != nullptr ? bytes : "",
                static_cast<std::size_t>(::sqlite3_column_bytes(m_statement, column))};
    }
    QByteArray bytes(int column) const
    {
        const auto *data = static_cast<const char *>(::sqlite3_column_blob(m_statement, column));
        return {data, ::sqlite3_column_bytes(m_statement, column)};
    }

private:
    const JournalFile &m_file;
    sqlite3_stmt *m_statement = nullptr;
    int m_bound = 0;
};

JournalFile::JournalFile(fs::path path, sqlite3 *database)
    : m_path(std::move(path)), m_database(database)
{
}

JournalFile::~JournalFile()
{
    ::sqlite3_close_v2(m_database);
}

Result<std::unique_ptr<JournalFile>> JournalFile::open(const fs::path &path, const std::string &vfs)
{
    sqlite3 *database = nullptr;
    const int status =
        ::sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                          vfs.empty() ? nullptr : vfs.c_str());
    std::unique_ptr<JournalFile> file(new JournalFile(path, database));
    if (status != SQLITE_OK)
        return file->error();
    ::sqlite3_extended_result_codes(database, 1);
    if (Result<void> configured = file->configure(); !configured)
        return configured.error();
    if (Result<void> checked = file->checkFormat(); !checked)
        return checked.error();
    return file;
}

/// What SQLite says of its last failed call.
Error JournalFile::error() const
{
    const std::string path = m_path.string();
    const int code = ::sqlite3_errcode(m_database) & 0xFF;
    const std::string detail = ::sqlite3_errmsg(m_database);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        return Error(ErrorCode::JournalInUse, {{"path", path}});
    if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
        return Error(ErrorCode::JournalDamaged, {{"path", path}, {"detail", detail}});
    return Error(ErrorCode::JournalNotWritten, {{"path", path}, {"detail", detail}});
}

Result<void> JournalFile::run(const char *sql) const
{
    if (::sqlite3_exec(m_database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return error();
    return {};
}

Result<void> JournalFile::configure()
{
    // Exclusive before WAL, so that SQLite needs no shared memory, which network folders lack.
    if (Result<void> exclusive = run("PRAGMA locking_mode=EXCLUSIVE"); !exclusive)
        return exclusive;
    std::string mode;
    Statement wal(*this, "PRAGMA journal_mode=WAL");
    if (Result<void> read = wal.forEachRow([&] { mode = wal.text(0); }); !read)
        return read;
    if (mode != "wal")
        return Error(ErrorCode::JournalNotWritten,
                     {{"path", m_path.string()}, {"detail", "no write-ahead log here"}});
    return run("PRAGMA synchronous=FULL");
}

Result<void> JournalFile::checkFormat()
{
    const std::string path = m_path.string();
    return inTransaction([&]() -> Result<void> {
        if (Result<void> made = run(
                "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);"
                "CREATE TABLE IF NOT EXISTS nodes(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL,"
                " kind TEXT NOT NULL, text TEXT NOT NULL);"
                "CREATE TABLE IF NOT EXISTS payload(node INTEGER, side INTEGER, part INTEGER,"
                " bytes BLOB NOT NULL, PRIMARY KEY(node, side, part));"
                "CREATE TABLE IF NOT EXISTS saves(generation INTEGER, save_id TEXT,"
                " node INTEGER NOT NULL, confirmed INTEGER NOT NULL, UNIQUE(generation, "
                "save_id));");
            !made)
            return made;
        std::map<std::string, std::string> meta;
        Statement all(*this, "SELECT key, value FROM meta");
        if (Result<void> read = all.forEachRow([&] { meta[all.text(0)] = all.text(1); }); !read)
            return read;
        if (meta.empty()) {
            for (const auto &[key, value] : {std::pair{"format", kFormat},
                                             {"version", kVersion},
                                             {"root", "0"},
                                             {"current", "0"},
                                             {"tip", "0"}}) {
                if (Result<void> set = setMeta(key, value); !set)
                    return set;
            }
            return {};
        }
        if (meta["format"] != kFormat || meta["version"] != kVersion)
            return Error(ErrorCode::JournalDamaged,
                         {{"path", path},
                          {"detail", "version " + meta["version"] + ", expected " + kVersion}});
        // A write takes the lock that keeps other processes out until the file is closed.
        return setMeta("version", kVersion);
    });
}

Result<void> JournalFile::setMeta(const char *key, const std::string &value)
{
    return Statement(*this, "INSERT OR REPLACE INTO meta VALUES(?, ?)")
        .bind(std::string(key))
        .bind(value)
        .run();
}

Result<void> JournalFile::setIdentity(const JournalIdentity &identity)
{
    return inTransaction([&]() -> Result<void> {
        if (Result<void> set = setMeta("uuid", identity.uuid); !set)
            return set;
        return setMeta("media_path", identity.mediaPath);
    });
}

Result<void> JournalFile::inTransaction(const std::function<Result<void>()> &work)
{
    if (Result<void> begun = run("BEGIN IMMEDIATE"); !begun)
        return begun;
    Result<void> done = work();
    if (done)
        done = run("COMMIT");
    // SQLite has rolled back by itself after some errors.
    if (!done && ::sqlite3_get_autocommit(m_database) == 0)
        ::sqlite3_exec(m_database, "ROLLBACK", nullptr, nullptr, nullptr);
    return done;
}

Result<void> JournalFile::commit(const std::vector<JournalChange> &changes)
{
    return inTransaction([&]() -> Result<void> {
        for (const JournalChange &change : changes) {
            if (Result<void> written = write(change); !written)
                return written;
        }
        return {};
    });
}

Result<void> JournalFile::write(const JournalChange &change)
{
    for (const JournalNode &node : change.nodes) {
        if (Result<void> written = writeNode(node); !written)
            return written;
    }
    if (change.save) {
        if (Result<void> written = writeSave(*change.save); !written)
            return written;
    }
    for (const auto &[key, id] :
         {std::pair{"root", change.root}, {"tip", change.tip}, {"current", change.current}}) {
        if (!id)
            continue;
        if (Result<void> set = setMeta(key, std::to_string(*id)); !set)
            return set;
    }
    return {};
}

Result<void> JournalFile::writeNode(const JournalNode &node)
{
    Result<void> row = Statement(*this, "INSERT OR REPLACE INTO nodes VALUES(?, ?, ?, ?)")
                           .bind(node.id)
                           .bind(node.parent)
                           .bind(node.command.kind.toStdString())
                           .bind(node.command.text.toStdString())
                           .run();
    if (!row)
        return row;
    if (Result<void> cleared =
            Statement(*this, "DELETE FROM payload WHERE node = ?").bind(node.id).run();
        !cleared)
        return cleared;
    if (Result<void> before = writePayload(node.id, Before, node.command.before); !before)
        return before;
    return writePayload(node.id, After, node.command.after);
}

Result<void> JournalFile::writePayload(JournalNodeId node, int side, const QByteArray &bytes)
{
    for (qsizetype at = 0, part = 0; at < bytes.size(); at += kPartBytes, ++part) {
        Result<void> written =
            Statement(*this, "INSERT INTO payload VALUES(?, ?, ?, ?)")
                .bind(node)
                .bind(side)
                .bind(part)
                .bindBlob(bytes.constData() + at, std::min(kPartBytes, bytes.size() - at))
                .run();
        if (!written)
            return written;
    }
    return {};
}

/// A save keeps its place in the order when it is confirmed.
Result<void> JournalFile::writeSave(const JournalSave &save)
{
    return Statement(*this, "INSERT INTO saves VALUES(?, ?, ?, ?) ON CONFLICT(generation, save_id)"
                            " DO UPDATE SET node = excluded.node, confirmed = excluded.confirmed")
        .bind(save.generation)
        .bind(save.saveId)
        .bind(save.node)
        .bind(save.confirmed ? 1 : 0)
        .run();
}

Result<QByteArray> JournalFile::payload(JournalNodeId node, int side) const
{
    QByteArray bytes;
    Statement parts(*this, "SELECT bytes FROM payload WHERE node = ? AND side = ? ORDER BY part");
    parts.bind(node).bind(side);
    if (Result<void> read = parts.forEachRow([&] { bytes += parts.bytes(0); }); !read)
        return read.error();
    return bytes;
}

Result<JournalContent> JournalFile::read() const
{
    JournalContent content;
    for (const auto part :
         {&JournalFile::readMeta, &JournalFile::readNodes, &JournalFile::readSaves}) {
        if (Result<void> done = (this->*part)(content); !done)
            return done.error();
    }
    return content;
}

Result<void> JournalFile::readMeta(JournalContent &content) const
{
    std::map<std::string, std::string> meta;
    Statement all(*this, "SELECT key, value FROM meta");
    if (Result<void> read = all.forEachRow([&] { meta[all.text(0)] = all.text(1); }); !read)
        return read;
    content.identity = {meta["uuid"], meta["media_path"]};
    content.root = toNumber(meta["root"]);
    content.current = toNumber(meta["current"]);
    content.tip = toNumber(meta["tip"]);
    return {};
}

Result<void> JournalFile::readNodes(JournalContent &content) const
{
    Statement rows(*this, "SELECT id, parent, kind, text FROM nodes ORDER BY id");
    const auto take = [&] {
        JournalNode node;
        node.id = rows.integer(0);
        node.parent = rows.integer(1);
        node.command.kind = QByteArray::fromStdString(rows.text(2));
        node.command.text = QString::fromStdString(rows.text(3));
        content.nodes.push_back(std::move(node));
    };
    if (Result<void> read = rows.forEachRow(take); !read)
        return read;
    for (JournalNode &node : content.nodes) {
        Result<QByteArray> before = payload(node.id, Before);
        Result<QByteArray> after = payload(node.id, After);
        if (!before || !after)
            return before ? after.error() : before.error();
        node.command.before = std::move(*before);
        node.command.after = std::move(*after);
    }
    return {};
}

Result<void> JournalFile::readSaves(JournalContent &content) const
{
    Statement rows(*this, "SELECT generation, save_id, node, confirmed FROM saves ORDER BY rowid");
    return rows.forEachRow([&] {
        content.saves.push_back(
            {rows.integer(0), rows.text(1), rows.integer(2), rows.integer(3) != 0});
    });
}

Result<void> JournalFile::prune(std::int64_t maxBytes)
{
    JournalContent content;
    if (Result<void> read = readMeta(content); !read)
        return read;
    std::map<JournalNodeId, std::pair<JournalNodeId, std::int64_t>> parentAndBytes;
    Statement rows(*this, "SELECT id, parent, (SELECT coalesce(sum(length(bytes)), 0) FROM payload "
                          "WHERE node = id) FROM nodes");
    if (Result<void> read = rows.forEachRow([&] {
            parentAndBytes[rows.integer(0)] = {rows.integer(1), rows.integer(2)};
        });
        !read)
        return read;
    if (Result<void> read = readSaves(content); !read)
        return read;

    std::vector<JournalNodeId> branch; // tip first
    for (JournalNodeId at = content.tip; at != content.root && parentAndBytes.contains(at);
         at = parentAndBytes[at].first)
        branch.push_back(at);
    branch.push_back(content.root);
    const auto isOnBranch = [&](JournalNodeId id) {
        return std::find(branch.begin(), branch.end(), id) != branch.end();
    };
    if (content.saves.empty() || !isOnBranch(content.saves.back().node) ||
        !isOnBranch(content.current))
        return {}; // the way from the file to the present is off the branch
    const JournalNodeId needed = std::min(content.saves.back().node, content.current);
    std::set<JournalNodeId> kept;
    std::int64_t bytes = 0;
    JournalNodeId oldest = content.tip;
    for (const JournalNodeId at : branch) {
        oldest = at;
        if (at == content.root || (at <= needed && bytes > maxBytes))
            break;
        kept.insert(at);
        bytes += parentAndBytes[at].second;
    }
    return inTransaction([&]() -> Result<void> {
        for (const auto &[id, rest] : parentAndBytes) {
            if (kept.contains(id))
                continue;
            for (const char *sql :
                 {"DELETE FROM nodes WHERE id = ?", "DELETE FROM payload WHERE node = ?"}) {
                if (Result<void> gone = Statement(*this, sql).bind(id).run(); !gone)
                    return gone;
            }
        }
        kept.insert(oldest);
        for (const JournalSave &save : content.saves) {
            if (kept.contains(save.node))
                continue;
            Statement gone(*this, "DELETE FROM saves WHERE generation = ? AND save_id = ?");
            if (Result<void> done = gone.bind(save.generation).bind(save.saveId).run(); !done)
                return done;
        }
        return setMeta("root", std::to_string(oldest));
    });
}

Result<void> JournalFile::backToLastSave()
{
    return inTransaction([this]() -> Result<void> {
        return run("UPDATE meta SET value = (SELECT node FROM saves WHERE confirmed ORDER BY rowid "
                   "DESC LIMIT 1)"
                   " WHERE key = 'current' AND EXISTS (SELECT 1 FROM saves WHERE confirmed)");
    });
}

Result<void> JournalFile::copyTo(const fs::path &target)
{
    return Statement(*this, "VACUUM INTO ?").bind(target.string()).run();
}

} // namespace poselift
