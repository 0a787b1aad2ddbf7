#pragma once

#include "core/document/journal/journalwriter.h"
#include "core/document/journal/openjournal.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

class QUndoCommand;

namespace poselift {

class PoseDocument;
struct RestoredHistory;

/// Keeps the journal of the open document: listens to its undo stack and hands every step to a
/// JournalWriter. An edit is acknowledged when it is on the disk. Lives in the GUI thread.
///
/// open() and recover() put a document and its history in place and begin to record; when the
/// document is reset by other means, recording ends with what is on the disk.
class ProjectJournal : public QObject
{
    Q_OBJECT
public:
    explicit ProjectJournal(PoseDocument *document, QObject *parent = nullptr);
    ~ProjectJournal() override;
    /// SQLite file layer for journals opened from now on; for tests.
    void setVfs(std::string vfs) { m_vfs = std::move(vfs); }

    /// Puts the project of a file in place, with the history and the edits of its journal when that
    /// goes on from the file. @return how many steps were recovered that the file does not hold.
    int open(Project project, const QString &path, bool readOnly, OpenJournal journal);
    /// The same for a project without a file; @p journal from findUnsavedJournal(), or null.
    int openUnsaved(Project project, std::unique_ptr<OpenJournal> journal);
    /// Ends the recording with what is on the disk, so that the journal can be opened again.
    void close() { stop(); }
    /// Carries out what @p offer holds on the present document: exactly, with its undo history,
    /// when the offered journal knows the file's save; else its edits one after another on top.
    /// @return number of steps that were recovered.
    int recover(const JournalOffer &offer);

    /// Everything that was done so far is on the disk.
    bool isAcknowledged() const { return m_acknowledged >= m_lastTicket; }
    /// The number of the last entry that was handed to the disk, and of the last that is there.
    quint64 lastTicket() const { return m_lastTicket; }
    quint64 acknowledgedTicket() const { return m_acknowledged; }

    /// The document as it is now is about to be written to the project's own file.
    /// @return for waiting (in another thread) until that is noted; may be empty.
    std::function<void()> beginSave(qint64 generation, const std::string &saveId);
    /// What beginSave() announced is on the disk; at @p path, which the document has already taken
    /// as its own when it is another one.
    void endSave(qint64 generation, const std::string &saveId, JournalNodeId node, bool moved);
    /// The state that the document is in.
    JournalNodeId currentNode() const;
    /// The user gave up what is not saved: it does not come back by itself, though by redo.
    void discardUnsaved();

Q_SIGNALS:
    void acknowledged(quint64 ticket);
    void acknowledgedChanged(bool acknowledged);
    /// Edits cannot be put on the disk; they stay in memory and are tried again.
    void failed(const poselift::Error &error);
    /// After failed(): they are on the disk now.
    void recoveredFromFailure();
    /// Something the user should know: JournalElsewhere, or a journal that was set aside.
    void noticed(const poselift::Error &notice);

private:
    struct Step
    {
        quint64 serial = 0; ///< DocumentCommand::serial()
        int revision = 0;
        JournalNodeId node = 0;
    };

    void start(OpenJournal journal, const JournalIdentity &identity);
    void stop();
    void restoreDocument(Project project, const QString &path, bool readOnly,
                         RestoredHistory history);
    void writerAcknowledged(quint64 ticket);
    void enqueue(JournalChange change);
    void stackChanged();
    bool takeOverStack(JournalChange &change);
    void rememberSteps(const JournalContent &content);
    int recoverExactly(const JournalContent &content, const JournalSave &base);
    int replayOnTop(const JournalContent &content);

    PoseDocument *m_document;
    std::string m_vfs;
    std::shared_ptr<JournalWriter> m_writer; ///< null: nothing is recorded
    std::vector<Step> m_steps;               ///< the undo stack as the journal knows it
    JournalNodeId m_root = 0;
    JournalNodeId m_lastNode = 0;
    JournalNodeId m_current = 0;
    JournalNodeId m_tip = 0;
    std::optional<JournalSave> m_baseSave; ///< goes in front of the first entry of a new journal
    bool m_hasFile = false; ///< the journal exists, or will with the entries that are on their way
    bool m_isUnsaved = false; ///< of a project that has no file
    bool m_restoring = false;
    quint64 m_lastTicket = 0;
    quint64 m_acknowledged = 0;
    bool m_failing = false;
};

} // namespace poselift
