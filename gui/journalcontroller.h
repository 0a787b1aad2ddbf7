#pragma once

#include "core/document/journal/openjournal.h"

#include <QObject>
#include <QTimer>

#include <memory>

class QLabel;
class QMainWindow;

namespace poselift {

class DocumentController;
class MessageBar;
class PoseDocument;
class ProjectJournal;

/// Tells the user what becomes of the edits: a mark in the status bar while they are not on the
/// disk, messages when they cannot be put there, a dialog with those that were recovered after a
/// crash, and the question what to do with a journal that does not go with its project.
class JournalController : public QObject
{
    Q_OBJECT
public:
    JournalController(PoseDocument *document, ProjectJournal *journal,
                      DocumentController *documents, MessageBar *messages, QMainWindow *window);

private:
    void showMark();
    void tellRecovered(int steps);
    void showRecovered(int steps);
    void askAboutOffer(const std::shared_ptr<JournalOffer> &offer);
    void offerUnsaved(const std::shared_ptr<OpenJournal> &journal);

    PoseDocument *m_document;
    ProjectJournal *m_journal;
    DocumentController *m_documents;
    MessageBar *m_messages;
    QMainWindow *m_window;
    QLabel *m_mark;
    QTimer m_markDelay; ///< a commit usually takes less than a millisecond: no flicker
    bool m_failing = false;
};

} // namespace poselift
