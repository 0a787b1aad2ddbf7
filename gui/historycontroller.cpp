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
    : QObject(window), m_selection(selection), m_playback(playback),
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

/// To the nearest frame that changed; the person and the joint when there is only one.
void HistoryController::showChange(const PoseChange &change)
{
    if (!change.revisited)
        return;
    if (change.tracks.size() == 1)
        m_selection->setTrack(change.tracks.front());
    if (change.joints.size() == 1)
        m_selection->setJoint(change.joints.front());
    if (change.lastFrame < change.firstFrame)
        return;
    const qint64 frame = std::clamp(m_selection->frame(), change.firstFrame, change.lastFrame);
    if (frame != m_selection->frame())
        m_playback->goToFrame(frame);
}

} // namespace poselift
