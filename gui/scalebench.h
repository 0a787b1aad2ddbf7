#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <functional>
#include <random>
#include <vector>

namespace poselift {

class MainWindow;
class PlaybackController;
class ProjectJournal;
class TimelineView;

/// `poselift --bench scale`: how the window does with a project of a million frames and two people
/// (scaleproject.h). Times are wall time; everything but frames' decoding, the journal and saving
/// happens in the GUI thread.
///
/// open_ms: from openPath() until a picture with its keypoints is painted. frame_change_*: from
/// goToFrame(), to a random frame, until its picture with keypoints and the timeline are painted and the
/// 3D view has its poses (painted too where QPainter draws it; OpenGL draws in a thread of its own:
/// scene_drawn_* is until that is done and read back). timeline_*: one painting of everything in it.
/// edit_*: one step of a drag until it is on the disk. save_ms, and meanwhile the longest time that the
/// event loop did not turn and one edit. rss_mib: the process at rest after opening; peak: of the bench.
class ScaleBench : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 kFrames = 1000000;

    ScaleBench(MainWindow *window, bool json);
    /// Opens @p project and goes on from there.
    void start(const QString &project);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void painted();
    void opened();
    void rested();
    void changeFrame();
    void frameChanged();
    void drawScene();
    void paintTimeline();
    void timelinePaintings(const char *metric, const std::function<void()> &move);
    void edit();
    void acknowledged(quint64 ticket);
    void editPeople();
    void save();
    void saved();
    qint64 randomFrame();
    double elapsedMs() const;
    void printConditions() const;
    void print(const char *metric, double value, const char *unit) const;
    void printPercentiles(const char *metric, std::vector<double> *values) const;

    MainWindow *m_window;
    PlaybackController *m_playback;
    TimelineView *m_timeline;
    ProjectJournal *m_journal;
    std::function<void()> m_whenPainted; ///< what waits for the wanted frame
    std::function<void(quint64)> m_whenOnDisk;
    QElapsedTimer m_clock;
    QElapsedTimer m_sinceTurn; ///< of the event loop, while saving
    double m_longestTurnMs = 0;
    double m_editWhileSavingMs = 0;
    qint64 m_wanted = 0;
    bool m_shown = false;
    std::vector<double> m_times;
    std::mt19937 m_random{20240607};
    int m_drag = 0;
    bool m_json;
};

} // namespace poselift
