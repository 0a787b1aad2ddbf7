#include "gui/documentcontroller.h"

#include "core/base/paths.h"
#include "core/document/journal/projectjournal.h"
#include "core/document/posedocument.h"
#include "core/io/projectfile.h"
#include "gui/playbackcontroller.h"
#include "gui/recentfiles.h"
#include "gui/settingsstore.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QWidget>
#include <QtConcurrent/QtConcurrentRun>

#include <utility>

namespace poselift {

namespace {

const QString kSuffix = QStringLiteral("poselift");

bool isProjectFile(const QString &path)
{
    return QFileInfo(path).suffix().compare(kSuffix, Qt::CaseInsensitive) == 0;
}

QString absolutePath(const QString &path)
{
    return QDir::cleanPath(QFileInfo(path).absoluteFilePath());
}

} // namespace

DocumentController::DocumentController(PoseDocument *document, ProjectJournal *journal, PlaybackController *playback, RecentFiles *recent,
                                       SettingsStore *settings, QWidget *window)
    : QObject(window), m_document(document), m_journal(journal), m_playback(playback), m_recent(recent),
      m_settings(settings), m_window(window), m_saver(document, journal)
{
    connect(recent, &RecentFiles::openRequested, this, &DocumentController::open);
    connect(&m_loader, &DocumentLoader::loaded, this, &DocumentController::projectLoaded);
    connect(&m_loader, &DocumentLoader::failed, this, [this](const Error &error) {
        Q_EMIT statusChanged({});
        Q_EMIT failed(error);
    });
    connect(&m_saver, &DocumentSaver::saved, this, [this](const QString &path) {
        m_recent->add(path);
        Q_EMIT statusChanged(tr("Saved %1").arg(QFileInfo(path).fileName()));
        Q_EMIT saved(path);
        if (const auto proceed = std::exchange(m_afterSave, nullptr))
            whenSafe(proceed); // asks again when something changed meanwhile
    });
    connect(&m_saver, &DocumentSaver::failed, this, [this](const Error &error) {
        m_afterSave = nullptr;
        Q_EMIT statusChanged({});
        Q_EMIT failed(error);
    });
    connect(playback, &PlaybackController::opened, this, &DocumentController::mediaOpened);
    connect(playback, &PlaybackController::openFailed, this, &DocumentController::mediaOpenFailed);
    connect(playback, &PlaybackController::indexed, this, &DocumentController::mediaIndexed);
    connect(document, &PoseDocument::wasReset, this, &DocumentController::nameChanged);
    connect(document, &PoseDocument::pathChanged, this, &DocumentController::nameChanged);
    connect(document, &PoseDocument::modifiedChanged, this, &DocumentController::nameChanged);
}

DocumentController::~DocumentController() = default;

QString DocumentController::samplePath()
{
    const QDir folder(QString::fromStdString((resourceDirectory() / "sample").string()));
    for (const QString &pattern : {QStringLiteral("*.poselift"), QStringLiteral("*.mp4")}) {
        const QStringList found = folder.entryList({pattern}, QDir::Files, QDir::Name);
        if (!found.isEmpty())
            return folder.filePath(found.first());
    }
    return {};
}

QString DocumentController::displayName() const
{
    if (!m_document->path().isEmpty())
        return QFileInfo(m_document->path()).fileName();
    if (m_document->hasMedia())
        return QFileInfo(QString::fromStdString(m_document->project().media.path)).fileName();
    return {};
}

void DocumentController::whenSafe(std::function<void()> proceed)
{
    if (m_document->isModified())
        askToSave(std::move(proceed));
    else
        proceed();
}

void DocumentController::askToSave(std::function<void()> proceed)
{
    if (m_question) {
        m_question->raise();
        return;
    }
    m_question = new QMessageBox(QMessageBox::Question, tr("Unsaved changes"),
                                 tr("“%1” has changes that are not saved.").arg(displayName()),
                                 QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    m_question->setObjectName(QStringLiteral("unsavedQuestion"));
    m_question->setInformativeText(tr("Without saving, the results since the last save are lost."));
    m_question->setDefaultButton(QMessageBox::Save);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_question, &QMessageBox::finished, this, [this, proceed = std::move(proceed)](int button) {
        if (button == QMessageBox::Discard) {
            m_journal->discardUnsaved();
            return proceed();
        }
        if (button != QMessageBox::Save)
            return;
        m_afterSave = proceed;
        save();
    });
    m_question->open();
}

void DocumentController::open(const QString &path)
{
    const QString absolute = absolutePath(path);
    whenSafe([this, absolute] { openNow(absolute); });
}

void DocumentController::openNow(const QString &path)
{
    Q_EMIT statusChanged(tr("Opening %1…").arg(QFileInfo(path).fileName()));
    m_settings->setLastFolder(QFileInfo(path).absolutePath());
    if (isProjectFile(path)) {
        // Opening the same file again: our own lock and journal must not look like somebody else's.
        if (path == m_document->path()) {
            m_saver.setLock(nullptr);
            m_journal->close();
        }
        m_loader.load(path);
        return;
    }
    m_opening = Opening::Media;
    m_openingPath = path;
    m_playback->open(path);
}

void DocumentController::projectLoaded(const std::shared_ptr<LoadedProject> &loaded)
{
    m_saver.setLock(loaded->lock);
    m_playback->close();
    const std::optional<JournalOffer> offer = std::exchange(loaded->journal->offer, std::nullopt);
    const QString media = QString::fromStdString(loaded->project.media.path);
    const int recovered = m_journal->open(std::move(loaded->project), loaded->path, loaded->lock == nullptr,
                                          std::move(*loaded->journal));
    m_recent->add(loaded->path);
    Q_EMIT statusChanged({});
    if (recovered > 0)
        Q_EMIT editsRecovered(recovered);
    if (offer)
        Q_EMIT journalOffered(std::make_shared<JournalOffer>(*offer));
    // A folder without write permission is no surprise worth a message; the title says "read-only".
    if (loaded->lockError && loaded->lockError->code() == ErrorCode::ProjectLocked)
        Q_EMIT openedReadOnly(*loaded->lockError);
    if (media.isEmpty())
        return;
    m_opening = Opening::ProjectMedia;
    m_openingPath = media;
    m_playback->open(media);
}

void DocumentController::mediaOpened(const MediaInfo &info)
{
    Q_EMIT statusChanged({});
    if (std::exchange(m_opening, Opening::Nothing) == Opening::Media)
        startNewProject(info);
    MediaReference facts = m_document->project().media;
    facts.path = absolutePath(m_openingPath).toStdString();
    facts.width = info.width;
    facts.height = info.height;
    facts.sizeBytes = info.sizeBytes;
    m_document->completeMedia(facts);
    m_document->assumeCamera(info.width, info.height);
}

void DocumentController::startNewProject(const MediaInfo &info)
{
    Project project;
    project.uuid = newUuid();
    project.media.path = m_openingPath.toStdString();
    project.media.width = info.width;
    project.media.height = info.height;
    project.media.sizeBytes = info.sizeBytes;
    project.meta["program"] = "poselift " POSELIFT_VERSION;
    m_saver.setLock(nullptr);
    m_journal->openUnsaved(std::move(project), nullptr);
    m_recent->add(m_openingPath);
    lookForUnsavedEdits();
}

void DocumentController::lookForUnsavedEdits()
{
    const std::string uuid = m_document->project().uuid;
    const auto look = [media = m_document->project().media.path] {
        return std::shared_ptr<OpenJournal>(findUnsavedJournal(media));
    };
    QtConcurrent::run(look).then(this, [this, uuid](const std::shared_ptr<OpenJournal> &journal) {
        if (journal && uuid == m_document->project().uuid)
            Q_EMIT unsavedEditsFound(journal);
    });
}

void DocumentController::mediaOpenFailed(const QString &path, const Error &error)
{
    Q_EMIT statusChanged({});
    const bool ofProject = std::exchange(m_opening, Opening::Nothing) == Opening::ProjectMedia;
    if (ofProject && error.code() == ErrorCode::FileNotFound)
        Q_EMIT mediaMissing(path);
    else
        Q_EMIT failed(error);
    if (!ofProject && error.code() == ErrorCode::FileNotFound)
        m_recent->remove(path);
}

void DocumentController::mediaIndexed(const std::shared_ptr<const FrameIndex> &index, const QString &hash)
{
    MediaReference facts = m_document->project().media;
    const std::string found = hash.toStdString();
    if (!facts.ptsHash.empty() && facts.ptsHash != found) {
        // The labels are kept and so is the proof; the user is told.
        Q_EMIT mediaDiffers(QString::fromStdString(facts.path));
        return;
    }
    facts.frameCount = index->frameCount();
    facts.seconds = index->seconds;
    facts.ptsHash = found;
    m_document->completeMedia(facts);
}

QString DocumentController::startFolder() const
{
    return m_settings->lastFolder().isEmpty() ? QDir::homePath() : m_settings->lastFolder();
}

void DocumentController::openWithDialog()
{
    auto *dialog = new QFileDialog(m_window, tr("Open"), startFolder());
    dialog->setObjectName(QStringLiteral("openDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Videos, pictures and projects (%1)")
                                .arg(QStringLiteral("*.poselift *.mp4 *.mov *.avi *.mkv *.webm *.m4v *.mpg *.mpeg *.wmv "
                                                    "*.flv *.ts *.mts *.png *.jpg *.jpeg *.bmp *.tif *.tiff")),
                            tr("Projects (%1)").arg(QStringLiteral("*.poselift")), tr("All files (%1)").arg(QStringLiteral("*"))});
    connect(dialog, &QFileDialog::fileSelected, this, &DocumentController::open);
    dialog->open();
}

void DocumentController::openFolderWithDialog()
{
    auto *dialog = new QFileDialog(m_window, tr("Open a Folder of Pictures"), startFolder());
    dialog->setObjectName(QStringLiteral("openFolderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &DocumentController::open);
    dialog->open();
}

void DocumentController::openSample()
{
    if (const QString path = samplePath(); !path.isEmpty())
        open(path);
}

void DocumentController::save()
{
    if (!m_document->hasMedia()) {
        m_afterSave = nullptr;
        return;
    }
    if (m_document->path().isEmpty() || m_document->isReadOnly())
        saveAs();
    else
        saveTo(m_document->path());
}

void DocumentController::saveAs()
{
    if (!m_document->hasMedia())
        return;
    auto *dialog = new QFileDialog(m_window, tr("Save Project"), suggestedProjectPath());
    dialog->setObjectName(QStringLiteral("saveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(kSuffix);
    dialog->setNameFilter(tr("Projects (%1)").arg(QStringLiteral("*.poselift")));
    dialog->selectFile(suggestedProjectPath());
    connect(dialog, &QFileDialog::fileSelected, this, &DocumentController::saveTo);
    connect(dialog, &QFileDialog::rejected, this, [this] { m_afterSave = nullptr; });
    dialog->open();
}

void DocumentController::saveTo(const QString &path)
{
    Q_EMIT statusChanged(tr("Saving %1…").arg(QFileInfo(path).fileName()));
    m_saver.save(absolutePath(path));
}

QString DocumentController::suggestedProjectPath() const
{
    const QFileInfo media(QString::fromStdString(m_document->project().media.path));
    const QFileInfo own(m_document->path());
    const QString base = m_document->path().isEmpty() ? media.completeBaseName() : own.completeBaseName();
    QDir folder = m_document->path().isEmpty() ? media.absoluteDir() : own.absoluteDir();
    if (!QFileInfo(folder.absolutePath()).isWritable())
        folder = QDir(QDir::homePath());
    QString name = base + u'.' + kSuffix;
    // A read-only project is saved beside its original, not over it.
    for (int i = 2; m_document->isReadOnly() && folder.exists(name); ++i)
        name = QStringLiteral("%1-%2.%3").arg(base).arg(i).arg(kSuffix);
    return folder.filePath(name);
}

void DocumentController::locateMedia()
{
    auto *dialog = new QFileDialog(m_window, tr("Locate the Video of This Project"), startFolder());
    dialog->setObjectName(QStringLiteral("locateDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_opening = Opening::ProjectMedia;
        m_openingPath = absolutePath(path);
        m_playback->open(m_openingPath);
    });
    dialog->open();
}

} // namespace poselift
