#include "gui/backgroundedit.h"

#include "core/document/posedocument.h"
#include "core/pose/edit/keypointedits.h"

#include <QFuture>
#include <QProgressDialog>
#include <QPushButton>
#include <QtConcurrent/QtConcurrentRun>

#include <memory>
#include <utility>

namespace poselift {

namespace {

constexpr int kDialogAfterMs = 300; ///< a short one should not flash

} // namespace

BackgroundEdit::BackgroundEdit(PoseDocument *document, QWidget *window)
    : m_document(document), m_window(window)
{
    // A job that finishes may bring new layers: the patch must go with what is there then.
    connect(document, &PoseDocument::changed, this, [this](const PoseChange &change) {
        if (m_isRunning && !change.derived3d && !change.notesChanged)
            launch();
    });
    connect(document, &PoseDocument::aboutToBeReset, this, &BackgroundEdit::cancel);
}

BackgroundEdit::~BackgroundEdit() = default;

void BackgroundEdit::start(const QString &title, TrackId track, PatchMaker make, PatchTaker take)
{
    if (m_isRunning)
        return;
    m_track = track;
    m_make = std::move(make);
    m_take = std::move(take);
    m_isRunning = true;
    showProgress(title);
    launch();
}

void BackgroundEdit::launch()
{
    const int run = ++m_run;
    auto person = std::make_shared<const Project>(onlyPerson(m_document->project(), m_track));
    QtConcurrent::run([person, make = m_make] { return make(*person); }).then(this, [this, run](KeypointPatch patch) {
        finish(run, std::move(patch));
    });
}

void BackgroundEdit::finish(int run, KeypointPatch patch)
{
    if (run != m_run || !m_isRunning)
        return;
    m_isRunning = false;
    delete m_progress;
    const PatchTaker take = std::exchange(m_take, nullptr);
    m_make = nullptr;
    take(std::move(patch));
}

void BackgroundEdit::cancel()
{
    m_isRunning = false;
    m_make = nullptr;
    m_take = nullptr;
    if (m_progress)
        m_progress->deleteLater(); // its own signal may be what called us
}

void BackgroundEdit::showProgress(const QString &title)
{
    m_progress = new QProgressDialog(title, QString(), 0, 0, m_window);
    m_progress->setObjectName(QStringLiteral("editProgress"));
    m_progress->setAccessibleName(title);
    auto *button = new QPushButton(tr("Cancel"), m_progress);
    button->setObjectName(QStringLiteral("editCancel"));
    m_progress->setCancelButton(button);
    m_progress->setWindowTitle(title);
    m_progress->setWindowModality(Qt::WindowModal);
    m_progress->setMinimumDuration(kDialogAfterMs);
    connect(m_progress, &QProgressDialog::canceled, this, &BackgroundEdit::cancel);
}

} // namespace poselift
