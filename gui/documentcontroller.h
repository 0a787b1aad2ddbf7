#pragma once

#include "core/document/documentstore.h"
#include "core/media/framesource.h"

#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <memory>

class QMessageBox;
class QWidget;

namespace poselift {

class PlaybackController;
class PoseDocument;
class ProjectJournal;
struct JournalOffer;
struct OpenJournal;
class RecentFiles;
class SettingsStore;

/// Opens videos, picture folders and projects, saves projects, and asks before anything unsaved
/// would go. Owns the dialogs for that; all of them are asynchronous.
class DocumentController : public QObject
{
    Q_OBJECT
public:
    DocumentController(PoseDocument *document, ProjectJournal *journal, PlaybackController *playback, RecentFiles *recent,
                       SettingsStore *settings, QWidget *window);
    ~DocumentController() override;

    /// Runs @p proceed at once when nothing is unsaved, else after the user decided to save or to
    /// discard; not at all after Cancel or a failed save.
    void whenSafe(std::function<void()> proceed);
    bool isSaving() const { return m_saver.isSaving(); }
    /// The sample project that comes with the program; empty when it is not installed.
    static QString samplePath();
    /// What the title bar calls the document: the project's or the video's file name.
    QString displayName() const;

public Q_SLOTS:
    /// A video, a folder of pictures or a .poselift file; asks first when something is unsaved.
    void open(const QString &path);
    void openWithDialog();
    void openFolderWithDialog();
    void openSample();
    void save();
    void saveAs();
    /// Asks for the place of a video that is not where the project says.
    void locateMedia();

Q_SIGNALS:
    void statusChanged(const QString &sentence);
    /// Something to tell; @p error translated by the receiver.
    void failed(const poselift::Error &error);
    void openedReadOnly(const poselift::Error &reason);
    void mediaMissing(const QString &path);
    /// The file at the place of the project's video is not the one that the project was made from.
    void mediaDiffers(const QString &path);
    void saved(const QString &path);
    void nameChanged();
    /// The journal of the opened project held edits that its file does not.
    void editsRecovered(int steps);
    /// The journal beside the opened project does not go with it.
    void journalOffered(const std::shared_ptr<poselift::JournalOffer> &offer);
    /// There are edits of the opened video that were never saved.
    void unsavedEditsFound(const std::shared_ptr<poselift::OpenJournal> &journal);

private:
    enum class Opening { Nothing, Media, ProjectMedia };

    void openNow(const QString &path);
    void projectLoaded(const std::shared_ptr<LoadedProject> &loaded);
    void mediaOpened(const MediaInfo &info);
    void mediaOpenFailed(const QString &path, const Error &error);
    void mediaIndexed(const std::shared_ptr<const FrameIndex> &index, const QString &hash);
    void startNewProject(const MediaInfo &info);
    void lookForUnsavedEdits();
    void askToSave(std::function<void()> proceed);
    void saveTo(const QString &path);
    QString suggestedProjectPath() const;
    QString startFolder() const;

    PoseDocument *m_document;
    ProjectJournal *m_journal;
    PlaybackController *m_playback;
    RecentFiles *m_recent;
    SettingsStore *m_settings;
    QWidget *m_window;
    DocumentLoader m_loader;
    DocumentSaver m_saver;
    Opening m_opening = Opening::Nothing;
    QString m_openingPath;
    std::function<void()> m_afterSave; ///< what waits for the save to succeed
    QPointer<QMessageBox> m_question;
};

} // namespace poselift
