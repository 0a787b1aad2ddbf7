#pragma once

#include "core/document/poseeditor.h"

#include <QObject>

class QAction;
class QKeySequence;
class QMainWindow;
class QMenu;

namespace poselift {

class PlaybackController;
class PoseDocument;
class Selection;
struct PersonChoice;

/// Edits of people: who is who from here on, merging, splitting, naming, adding and deleting. Owns the
/// menu for that.
class PeopleController : public QObject
{
    Q_OBJECT
public:
    PeopleController(PoseDocument *document, Selection *selection, PlaybackController *playback, QMenu *menu,
                     QMainWindow *window);

private:
    void makeActions(QMenu *menu);
    QAction *add(QMenu *menu, const char *objectName, const QString &text, const QKeySequence &keys,
                 void (PeopleController::*slot)());
    void updateActions();
    void swap();
    void swapWith(TrackId a, TrackId b);
    void merge();
    void mergeInto(TrackId into);
    void split();
    void create();
    void rename();
    void remove();
    qint64 frame() const;
    std::vector<TrackId> others() const;
    std::vector<PersonChoice> nearestFirst() const;
    std::vector<PersonChoice> mergeable() const;
    void tell(bool changed, const QString &nothing);

    PoseDocument *m_document;
    Selection *m_selection;
    PlaybackController *m_playback;
    QMainWindow *m_window;
    PoseEditor m_editor;
    QAction *m_swap = nullptr;
    QAction *m_merge = nullptr;
    QAction *m_split = nullptr;
    QAction *m_create = nullptr;
    QAction *m_rename = nullptr;
    QAction *m_remove = nullptr;
};

} // namespace poselift
