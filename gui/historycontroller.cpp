#include "gui/historycontroller.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "gui/playbackcontroller.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QUndoView>

#include <algorithm>

namespace poselift {

HistoryController::HistoryController(PoseDocument *document, Selection *selection,
                                     PlaybackController *playback, QMainWindow *window)
    : QObject(window), m_document(document), m_selection(selection), m_playback(playback),
      m_dock(new QDockWidget(tr("History"), window))
{
    m_dock->setObjectName(QStringLiteral("historyDock"));
    m_dock->setAccessibleName(tr("History"));
    auto *list = new QUndoView(document->undoStack(), m_dock);
    list->setObjectName(QStringLiteral("historyList"));
    list->setAccessibleName(tr("Steps that can be undone and redone"));
    //: First line of the list of undo steps: before the first of them
    list->setEmptyLabel(tr("Start"));
    m_dock->setWidget(list);
    window->addDockWidget(Qt::RightDockWidgetArea, m_dock);
    m_dock->hide();
    m_dock->toggleViewAction()->setObjectName(QStringLiteral("showHistoryAction"));
    m_dock->toggleViewAction()->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H));
    connect(document, &PoseDocument::changed, this, &HistoryController::showChange);
}

bool HistoryController::isKnown(TrackId track) const
{
    const std::vector<TrackId> ids = m_document->project().trackIds();
    return std::binary_search(ids.begin(), ids.end(), track);
}

/// To the nearest frame that changed, and to whom and what has changed there.
void HistoryController::showChange(const PoseChange &change)
{
    if (!change.revisited)
        return;
    showPeopleAndJoints(change);
    if (change.lastFrame < change.firstFrame)
        return;
    const qint64 frame = std::clamp(m_selection->frame(), change.firstFrame, change.lastFrame);
    if (frame != m_selection->frame())
        m_playback->goToFrame(frame);
}

/// The chosen person stays if the change is about them as well; nobody who is gone stays chosen.
void HistoryController::showPeopleAndJoints(const PoseChange &change)
{
    const auto &people = change.tracks;
    const TrackId chosen = m_selection->track();
    const bool isMeant = std::find(people.begin(), people.end(), chosen) != people.end();
    if (!isKnown(chosen) || (!isMeant && !people.empty())) {
        const auto known = std::find_if(people.begin(), people.end(), [this](TrackId id) { return isKnown(id); });
        m_selection->setTrack(known != people.end() ? *known : isKnown(chosen) ? chosen : 0);
    }
    // All joints: none in particular.
    const int jointCount = m_document->project().skeleton.jointCount();
    if (!change.joints.empty() && static_cast<int>(change.joints.size()) < jointCount)
        m_selection->setJoints(change.joints);
}

} // namespace poselift
