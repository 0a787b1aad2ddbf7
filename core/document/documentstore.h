#pragma once

#include "core/base/error.h"
#include "core/pose/project.h"

#include <QObject>
#include <QString>

#include <memory>

namespace poselift {

class PoseDocument;
class ProjectJournal;
class ProjectLock;
struct OpenJournal;

/// A project file that was read, and the lock that keeps other windows from writing it.
struct LoadedProject
{
    Project project;                   ///< the media path is absolute
    QString path;
    std::shared_ptr<ProjectLock> lock; ///< null: somebody else has it; the project is read-only
    std::shared_ptr<Error> lockError;  ///< ProjectLocked, when lock is null
    std::shared_ptr<OpenJournal> journal; ///< what ProjectJournal::open() takes; never null
};

/// Reads .poselift files on a thread of its own. Lives in the GUI thread. A newer load() supersedes
/// an older one, whose result is dropped.
class DocumentLoader : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    void load(const QString &path);
    bool isLoading() const { return m_loading; }

Q_SIGNALS:
    void loaded(const std::shared_ptr<poselift::LoadedProject> &result);
    void failed(const poselift::Error &error);

private:
    int m_generation = 0;
    bool m_loading = false;
};

/// Writes the document on a thread of its own: a snapshot of the project with saveGeneration + 1 and
/// the media path relative to the file's folder where possible. Lives in the GUI thread. One save at
/// a time; a save asked for meanwhile follows when the first is done.
class DocumentSaver : public QObject
{
    Q_OBJECT
public:
    /// @param journal  goes on from every save; may be null
    explicit DocumentSaver(PoseDocument *document, ProjectJournal *journal = nullptr, QObject *parent = nullptr);

    /// Writes to @p path and marks the document saved when that has worked. Steps that were made
    /// while the file was written stay unsaved.
    void save(const QString &path);
    bool isSaving() const { return m_saving; }
    /// The lock of the file that the document came from or went to; released by taking another.
    void setLock(std::shared_ptr<ProjectLock> lock) { m_lock = std::move(lock); }

Q_SIGNALS:
    void saved(const QString &path);
    void failed(const poselift::Error &error);

private:
    struct Outcome;
    void finish(const Outcome &outcome);

    PoseDocument *m_document;
    ProjectJournal *m_journal;
    std::shared_ptr<ProjectLock> m_lock;
    QString m_next; ///< path of the save that waits; empty when none does
    bool m_saving = false;
};

/// @p mediaPath of a project at @p projectPath as it is written to the file: relative when the media
/// lie in the project's folder or below, else absolute.
std::string mediaPathForFile(const std::string &mediaPath, const QString &projectPath);
/// The inverse: always absolute.
std::string mediaPathInMemory(const std::string &mediaPath, const QString &projectPath);

} // namespace poselift
