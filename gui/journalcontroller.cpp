#include "gui/journalcontroller.h"

#include "core/document/journal/projectjournal.h"
#include "core/document/journal/restoredhistory.h"
#include "core/document/posedocument.h"
#include "gui/dialogs/recoverydialog.h"
#include "gui/documentcontroller.h"
#include "gui/errortext.h"
#include "widgets/jobs/messagebar.h"

#include <QLabel>
#include <QMainWindow>
#include <QMessageBox>
#include <QPushButton>
#include <QStatusBar>

namespace poselift {

JournalController::JournalController(PoseDocument *document, ProjectJournal *journal,
                                     DocumentController *documents, MessageBar *messages,
                                     QMainWindow *window)
    : QObject(window), m_document(document), m_journal(journal), m_documents(documents),
      m_messages(messages), m_window(window), m_mark(new QLabel(window))
{
    m_mark->setObjectName(QStringLiteral("journalMark"));
    window->statusBar()->addPermanentWidget(m_mark);
    m_markDelay.setSingleShot(true);
    m_markDelay.setInterval(300);
    connect(&m_markDelay, &QTimer::timeout, this, &JournalController::showMark);
    connect(journal, &ProjectJournal::acknowledgedChanged, this, [this](bool acknowledged) {
        if (acknowledged)
            showMark();
        else
            m_markDelay.start();
    });
    connect(journal, &ProjectJournal::failed, this, [this](const Error &error) {
        m_failing = true;
        showMark();
        m_messages->showMessage(MessageBar::Kind::Error, errorText(error), tr("Save"),
                                [this] { m_documents->save(); });
    });
    connect(journal, &ProjectJournal::recoveredFromFailure, this, [this] {
        m_failing = false;
        showMark();
        m_messages->showMessage(MessageBar::Kind::Information,
                                tr("All edits are on the disk again."));
    });
    connect(journal, &ProjectJournal::noticed, this, [this](const Error &notice) {
        m_messages->showMessage(MessageBar::Kind::Warning, errorText(notice));
    });
    connect(document, &PoseDocument::aboutToBeReset, this, [this] {
        m_failing = false;
        m_messages->hide();
    });
    connect(documents, &DocumentController::editsRecovered, this,
            &JournalController::showRecovered);
    connect(documents, &DocumentController::journalOffered, this,
            &JournalController::askAboutOffer);
    connect(documents, &DocumentController::unsavedEditsFound, this,
            &JournalController::offerUnsaved);
    showMark();
}

void JournalController::showMark()
{
    m_markDelay.stop();
    const bool pending = !m_journal->isAcknowledged();
    m_mark->setVisible(pending);
    const QString text = m_failing ? tr("● Edits only in memory") : tr("● Writing edits…");
    m_mark->setText(text);
    m_mark->setAccessibleName(text);
    m_mark->setToolTip(
        tr("The last edits are not on the disk yet. Everything else is, saved or not."));
}

void JournalController::tellRecovered(int steps)
{
    m_messages->showMessage(
        MessageBar::Kind::Information,
        tr("%n edit(s) that were not saved the last time were recovered.", nullptr, steps),
        tr("Save"), [this] { m_documents->save(); });
}

void JournalController::showRecovered(int steps)
{
    auto *dialog = new RecoveryDialog(m_document->undoStack(), steps, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &RecoveryDialog::saveRequested, m_documents, &DocumentController::save);
    // What it lists is gone with the document.
    connect(m_document, &PoseDocument::aboutToBeReset, dialog, &QDialog::reject);
    dialog->open();
}

void JournalController::askAboutOffer(const std::shared_ptr<JournalOffer> &offer)
{
    auto *question =
        new QMessageBox(QMessageBox::Question, tr("Edits that do not go with this project file"),
                        tr("There are edits that were made on another version of this project."),
                        QMessageBox::NoButton, m_window);
    question->setObjectName(QStringLiteral("recoveryQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(tr("The project file was restored from a copy or saved elsewhere "
                                    "since. The edits can be carried out on it now, "
                                    "and undone as usual. Otherwise they stay in %1.")
                                     .arg(QString::fromStdString(offer->aside.string())));
    QStringList steps;
    for (const JournalNode &node : offer->content.nodes)
        steps << node.command.text;
    question->setDetailedText(steps.join(u'\n'));
    QPushButton *carryOut = question->addButton(tr("Carry Out the Edits"), QMessageBox::AcceptRole);
    carryOut->setObjectName(QStringLiteral("carryOutButton"));
    QPushButton *leave = question->addButton(tr("Leave Them"), QMessageBox::RejectRole);
    leave->setObjectName(QStringLiteral("leaveButton"));
    question->setDefaultButton(leave);
    connect(carryOut, &QPushButton::clicked, this,
            [this, offer] { tellRecovered(m_journal->recover(*offer)); });
    question->open();
}

void JournalController::offerUnsaved(const std::shared_ptr<OpenJournal> &journal)
{
    const int steps = unsavedStepCount(journal->content, journal->content.root);
    m_messages->showMessage(
        MessageBar::Kind::Information,
        tr("There are %n edit(s) of this video from the last time that were never saved.", nullptr,
           steps),
        tr("Restore Them"), [this, journal] {
            m_journal->openUnsaved(m_document->project(),
                                   std::make_unique<OpenJournal>(std::move(*journal)));
        });
}

} // namespace poselift
