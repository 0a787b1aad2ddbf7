#pragma once

#include <QObject>

class QAction;
class QLabel;
class QMainWindow;
class QMenu;

namespace poselift {

class PlaybackController;
class PoseDocument;
class Selection;
class TimelineView;

/// Choosing the range of frames that edits over frames work on: the timeline and the actions set
/// Selection::range(), the timeline and a label in the status bar show it.
class RangeController : public QObject
{
    Q_OBJECT
public:
    RangeController(PoseDocument *document, Selection *selection, PlaybackController *playback, TimelineView *timeline,
                    QMenu *menu, QMainWindow *window);

private:
    void makeActions(QMenu *menu);
    void begin();
    void end();
    void chooseAll();
    void clear();
    void stayInsideTheClip();
    void updateActions();
    void showRange();

    PoseDocument *m_document;
    Selection *m_selection;
    PlaybackController *m_playback;
    QLabel *m_label;
    QAction *m_begin = nullptr;
    QAction *m_end = nullptr;
    QAction *m_all = nullptr;
    QAction *m_clear = nullptr;
};

} // namespace poselift
