#pragma once

#include "core/pose/track.h"

#include <QObject>

class QDockWidget;
class QMainWindow;

namespace poselift {

class PlaybackController;
class PoseDocument;
class Selection;
struct PoseChange;

/// The list of undo steps in a dock, and the jump to what an undo or redo changes.
class HistoryController : public QObject
{
    Q_OBJECT
public:
    HistoryController(PoseDocument *document, Selection *selection, PlaybackController *playback,
                      QMainWindow *window);
    QDockWidget *dock() const { return m_dock; }

private:
    void showChange(const PoseChange &change);

    void showPeopleAndJoints(const PoseChange &change);
    bool isKnown(TrackId track) const;

    PoseDocument *m_document;
    Selection *m_selection;
    PlaybackController *m_playback;
    QDockWidget *m_dock;
};

} // namespace poselift
