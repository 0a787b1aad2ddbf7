#include "core/document/journal/projectjournal.h"

#include "core/document/commands.h"
#include "core/document/journal/restoredhistory.h"
#include "core/document/posedocument.h"

#include <QScopedValueRollback>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace poselift {

namespace {

std::string saveIdOf(const Project &project)
{
    const auto found = project.meta.find(kSaveId);
    return found != project.meta.end() ? found->second : std::string();
}

DocumentCommand *commandAt(PoseDocument *document, int index)
{
    // The stack lends its commands read-only; record() leaves them as they were.
    return static_cast<DocumentCommand *>(
        const_cast<QUndoCommand *>(document->undoStack()->command(index)));
}

} // namespace

ProjectJournal::ProjectJournal(PoseDocument *document, QObject *parent)
    : QObject(parent), m_document(document)
{
    connect(document, &PoseDocument::aboutToBeReset, this, &ProjectJournal::stop);
    connect(document->undoStack(), &QUndoStack::indexChanged, this, &ProjectJournal::stackChanged);
}

ProjectJournal::~ProjectJournal() = default;

void ProjectJournal::restoreDocument(Project project, const QString &path, bool readOnly,
                                     RestoredHistory history)
{
    const QScopedValueRollback restoring(m_restoring, true);
    m_document->restore(std::move(project), path, readOnly, std::move(history));
}

int ProjectJournal::open(Project project, const QString &path, bool readOnly, OpenJournal journal)
{
    stop();
    int recovered = 0;
    std::optional<RestoredHistory> history = RestoredHistory{};
    if (journal.file) {
        const JournalNodeId base =
            journal.content.saveOf(project.saveGeneration, saveIdOf(project))->node;
        history = restoredHistory(m_document, journal.content, base);
        recovered = history ? unsavedStepCount(journal.content, base) : 0;
    }
    if (!history) {
        const std::filesystem::path damaged = journal.file->path();
        journal.file.reset();
        journal.content = {};
        journal.notices.push_back(
            Error(ErrorCode::JournalSetAside,
                  {{"path", damaged.string()}, {"found", setJournalAside(damaged).string()}}));
    }
    m_baseSave = JournalSave{project.saveGeneration, saveIdOf(project), 0, true};
    m_isUnsaved = false;
    const JournalIdentity identity{project.uuid, project.media.path};
    restoreDocument(std::move(project), path, readOnly,
                    history ? std::move(*history) : RestoredHistory{});
    const std::vector<Error> notices = std::exchange(journal.notices, {});
    start(std::move(journal), identity);
    for (const Error &notice : notices)
        Q_EMIT noticed(notice);
    return recovered;
}

int ProjectJournal::openUnsaved(Project project, std::unique_ptr<OpenJournal> journal)
{
    stop();
    std::optional<RestoredHistory> history;
    if (journal)
        history = restoredHistory(m_document, journal->content, journal->content.root);
    if (journal && !history) {
        const std::filesystem::path damaged = journal->file->path();
        journal->file.reset();
        Q_EMIT noticed(
            Error(ErrorCode::JournalSetAside,
                  {{"path", damaged.string()}, {"found", setJournalAside(damaged).string()}}));
    }
    if (history)
        project.uuid = journal->content.identity.uuid;
    const int recovered = history ? unsavedStepCount(journal->content, journal->content.root) : 0;
    const JournalIdentity identity{project.uuid, project.media.path};
    m_baseSave.reset();
    m_isUnsaved = true;
    OpenJournal used;
    if (history)
        used = std::move(*journal);
    used.place = unsavedJournalPlace(identity.uuid);
    restoreDocument(std::move(project), {}, false,
                    history ? std::move(*history) : RestoredHistory{});
    start(std::move(used), identity);
    return recovered;
}

void ProjectJournal::start(OpenJournal journal, const JournalIdentity &identity)
{
    m_hasFile = journal.file != nullptr;
    rememberSteps(journal.content);
    m_lastTicket = m_acknowledged = 0;
    m_failing = false;
    m_writer = std::make_shared<JournalWriter>(std::move(journal.place), identity,
                                               std::move(journal.file), m_vfs);
    JournalWriter *writer = m_writer.get();
    // What a writer said before it was replaced may still be on its way.
    connect(
        writer, &JournalWriter::acknowledged, this,
        [this, writer](quint64 ticket) {
            if (writer == m_writer.get())
                writerAcknowledged(ticket);
        },
        Qt::QueuedConnection);
    connect(
        writer, &JournalWriter::failed, this,
        [this, writer](const Error &error) {
            if (writer != m_writer.get())
                return;
            m_failing = true;
            Q_EMIT failed(error);
        },
        Qt::QueuedConnection);
    connect(writer, &JournalWriter::keptElsewhere, this, &ProjectJournal::noticed,
            Qt::QueuedConnection);
    Q_EMIT acknowledgedChanged(true);
}

void ProjectJournal::stop()
{
    if (m_restoring)
        return;
    m_writer.reset();
    m_steps.clear();
}

void ProjectJournal::rememberSteps(const JournalContent &content)
{
    m_root = content.root;
    m_current = content.current;
    m_lastNode = content.nodes.empty() ? content.root : content.nodes.back().id;
    m_steps.clear();
    const std::vector<JournalNodeId> nodes = historyNodes(content);
    for (std::size_t i = 0;
         i < nodes.size() && static_cast<int>(i) < m_document->undoStack()->count(); ++i)
        m_steps.push_back({commandAt(m_document, static_cast<int>(i))->serial(), 0, nodes[i]});
    m_tip = m_steps.empty() ? m_root : m_steps.back().node;
}

void ProjectJournal::writerAcknowledged(quint64 ticket)
{
    m_acknowledged = ticket;
    Q_EMIT acknowledged(ticket);
    if (std::exchange(m_failing, false))
        Q_EMIT recoveredFromFailure();
    if (isAcknowledged())
        Q_EMIT acknowledgedChanged(true);
}

void ProjectJournal::enqueue(JournalChange change)
{
    const bool wasAcknowledged = isAcknowledged();
    if (m_baseSave) {
        JournalChange base;
        base.save = std::exchange(m_baseSave, std::nullopt);
        base.save->node = m_root;
        if (!m_hasFile)
            m_lastTicket = m_writer->enqueue(std::move(base));
    }
    m_hasFile = true;
    m_lastTicket = m_writer->enqueue(std::move(change));
    if (wasAcknowledged)
        Q_EMIT acknowledgedChanged(false);
}

void ProjectJournal::stackChanged()
{
    if (m_restoring || !m_writer)
        return;
    JournalChange change;
    if (takeOverStack(change))
        enqueue(std::move(change));
}

/// Brings m_steps up to date with the undo stack. One step was pushed, merged, undone or redone
/// since the last time, or several undone or redone.
bool ProjectJournal::takeOverStack(JournalChange &change)
{
    const int count = m_document->undoStack()->count();
    const int index = m_document->undoStack()->index();
    auto kept = static_cast<std::size_t>(std::min<int>(count, static_cast<int>(m_steps.size())));
    while (kept > 0 &&
           m_steps[kept - 1].serial != commandAt(m_document, static_cast<int>(kept) - 1)->serial())
        --kept;
    m_steps.resize(kept);
    const auto parentOf = [this](std::size_t step) {
        return step > 0 ? m_steps[step - 1].node : m_root;
    };
    if (index > 0 && index <= static_cast<int>(kept)) {
        Step &step = m_steps[static_cast<std::size_t>(index) - 1];
        DocumentCommand *command = commandAt(m_document, index - 1);
        if (std::exchange(step.revision, command->revision()) != command->revision())
            change.nodes.push_back(
                {step.node, parentOf(static_cast<std::size_t>(index) - 1), command->record()});
    }
    for (int i = static_cast<int>(kept); i < count; ++i) {
        DocumentCommand *command = commandAt(m_document, i);
        const JournalNodeId parent = parentOf(static_cast<std::size_t>(i));
        m_steps.push_back({command->serial(), command->revision(), ++m_lastNode});
        change.nodes.push_back({m_lastNode, parent, command->record()});
    }
    const JournalNodeId current =
        index > 0 ? m_steps[static_cast<std::size_t>(index) - 1].node : m_root;
    const JournalNodeId tip = m_steps.empty() ? m_root : m_steps.back().node;
    if (change.nodes.empty() && current == m_current && tip == m_tip)
        return false;
    change.current = m_current = current;
    change.tip = m_tip = tip;
    return true;
}

int ProjectJournal::recover(const JournalOffer &offer)
{
    const Project &project = m_document->project();
    const JournalSave *base = offer.content.saveOf(project.saveGeneration, saveIdOf(project));
    if (m_writer && base != nullptr && m_document->undoStack()->count() == 0) {
        if (const int steps = recoverExactly(offer.content, *base); steps >= 0)
            return steps;
    }
    return replayOnTop(offer.content);
}

/// @return number of steps; −1 when the journal cannot be followed from there.
int ProjectJournal::recoverExactly(const JournalContent &content, const JournalSave &base)
{
    std::optional<RestoredHistory> history = restoredHistory(m_document, content, base.node);
    if (!history)
        return -1;
    restoreDocument(m_document->project(), m_document->path(), m_document->isReadOnly(),
                    std::move(*history));
    rememberSteps(content);
    JournalChange all;
    all.nodes = content.nodes;
    all.root = m_root;
    all.current = m_current;
    all.tip = m_tip;
    all.save = base;
    m_baseSave.reset();
    enqueue(std::move(all));
    return unsavedStepCount(content, base.node);
}

int ProjectJournal::replayOnTop(const JournalContent &content)
{
    JournalNodeId from = content.root;
    for (const JournalSave &save : content.saves) {
        if (save.confirmed)
            from = save.node;
    }
    std::vector<const JournalNode *> path = content.pathTo(content.current);
    const auto base = std::find_if(path.begin(), path.end(),
                                   [from](const JournalNode *node) { return node->id == from; });
    if (base != path.end())
        path.erase(path.begin(), base + 1);
    int steps = 0;
    for (const JournalNode *node : path) {
        auto command =
            makeCommand(m_document, node->command.kind, node->command.text, node->command.after);
        if (!command)
            continue;
        command->forgetExtents();
        m_document->push(std::move(command));
        ++steps;
    }
    return steps;
}

JournalNodeId ProjectJournal::currentNode() const
{
    return m_current;
}

std::function<void()> ProjectJournal::beginSave(qint64 generation, const std::string &saveId)
{
    if (!m_writer || !m_hasFile)
        return {};
    JournalChange change;
    change.save = JournalSave{generation, saveId, m_current, false};
    const quint64 ticket = m_lastTicket = m_writer->enqueue(std::move(change));
    return [writer = m_writer, ticket] { writer->waitFor(ticket); };
}

void ProjectJournal::endSave(qint64 generation, const std::string &saveId, JournalNodeId node,
                             bool moved)
{
    if (!m_writer)
        return;
    if (moved) {
        m_lastTicket = m_writer->moveTo(journalPlaceOf(m_document->path().toStdString(), true),
                                        m_isUnsaved, node);
        m_isUnsaved = false;
    }
    const JournalSave save{generation, saveId, node, true};
    if (!m_hasFile) {
        m_baseSave = save;
        return;
    }
    m_baseSave.reset();
    JournalChange change;
    change.save = save;
    m_lastTicket = m_writer->enqueue(std::move(change));
}

void ProjectJournal::discardUnsaved()
{
    if (!m_writer || !m_hasFile)
        return;
    if (m_isUnsaved) {
        m_writer->removeAndStop();
        stop();
    } else {
        m_lastTicket = m_writer->discardUnsaved();
    }
}

} // namespace poselift
