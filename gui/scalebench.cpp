#include "gui/scalebench.h"

#include "core/document/journal/projectjournal.h"
#include "core/document/poseeditor.h"
#include "gui/documentcontroller.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "gui/processmemory.h"
#include "widgets/image/frameview.h"
#include "widgets/scene3d/sceneview.h"
#include "widgets/timeline/timelineview.h"

#include <QAction>
#include <QCoreApplication>
#include <QEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QTimer>
#include <QWheelEvent>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace poselift {

namespace {

constexpr int kRestMs = 3000;
constexpr std::size_t kFrameChanges = 200;
constexpr std::size_t kScenes = 20;
constexpr int kPaintings = 60;
constexpr std::size_t kDragSteps = 300;
constexpr int kStepsOfDrag = 10;

double percentile(const std::vector<double> &sorted, double share)
{
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

/// One notch of the wheel in the middle of @p view, to the right (scrolling).
void turnWheel(QWidget *view)
{
    const QPointF middle(view->width() / 2.0, view->height() / 2.0);
    QWheelEvent event(middle, view->mapToGlobal(middle), {}, QPoint(0, -120), Qt::NoButton, Qt::ShiftModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(view, &event);
}

} // namespace

ScaleBench::ScaleBench(MainWindow *window, bool json)
    : QObject(window), m_window(window), m_playback(window->playback()),
      m_timeline(window->findChild<TimelineView *>()), m_journal(window->findChild<ProjectJournal *>()), m_json(json)
{
    window->frameView()->installEventFilter(this);
    connect(m_playback, &PlaybackController::frameShown, this,
            [this](const VideoFrame &frame) { m_shown = m_shown || frame.index == m_wanted; });
    connect(m_playback, &PlaybackController::openFailed, this, [](const QString &, const Error &error) {
        std::fprintf(stderr, "poselift: %s\n", error.sentence().c_str());
        QCoreApplication::exit(1);
    });
    connect(m_playback, &PlaybackController::failed, this, [](const Error &error) {
        std::fprintf(stderr, "poselift: %s\n", error.sentence().c_str());
        QCoreApplication::exit(1);
    });
    connect(m_journal, &ProjectJournal::acknowledged, this, [this](quint64 ticket) {
        if (const auto call = m_whenOnDisk) // which may set another one
            call(ticket);
    });
    connect(window->findChild<DocumentController *>(), &DocumentController::saved, this, &ScaleBench::saved);
}

void ScaleBench::start(const QString &project)
{
    resetPeakMib();
    m_whenPainted = [this] { opened(); };
    m_clock.start();
    m_window->openPath(project);
}

bool ScaleBench::eventFilter(QObject *watched, QEvent *event)
{
    // After the paint event that shows the frame has been handled, and those of the other widgets.
    if (event->type() == QEvent::Paint && m_shown && m_whenPainted)
        QTimer::singleShot(0, this, &ScaleBench::painted);
    return QObject::eventFilter(watched, event);
}

void ScaleBench::painted()
{
    if (const auto then = m_shown ? std::exchange(m_whenPainted, nullptr) : nullptr)
        then();
}

void ScaleBench::opened()
{
    const double ms = elapsedMs();
    printConditions();
    print("open_ms", ms, "ms");
    if (m_playback->hasIndex()) {
        QTimer::singleShot(kRestMs, this, &ScaleBench::rested);
        return;
    }
    connect(
        m_playback, &PlaybackController::indexed, this,
        [this] {
            print("index_ms", elapsedMs(), "ms");
            QTimer::singleShot(kRestMs, this, &ScaleBench::rested);
        },
        Qt::SingleShotConnection);
}

void ScaleBench::rested()
{
    print("rss_mib", residentMib(), "MiB");
    print("cache_mib", m_playback->feed()->cacheMib(), "MiB");
    print("peak_open_mib", peakMib(), "MiB");
    changeFrame();
}

void ScaleBench::changeFrame()
{
    m_wanted = randomFrame();
    m_shown = false;
    m_whenPainted = [this] { frameChanged(); };
    m_clock.start();
    m_playback->goToFrame(m_wanted);
}

void ScaleBench::frameChanged()
{
    m_times.push_back(elapsedMs());
    if (m_times.size() < kFrameChanges) {
        QTimer::singleShot(0, this, &ScaleBench::changeFrame);
        return;
    }
    printPercentiles("frame_change", &m_times);
    if (m_window->sceneView()->isPaintedByWidget())
        paintTimeline();
    else
        drawScene();
}

void ScaleBench::drawScene()
{
    if (m_times.size() == kScenes) {
        printPercentiles("scene_drawn", &m_times);
        return paintTimeline();
    }
    m_wanted = randomFrame();
    m_shown = false;
    m_whenPainted = [this] {
        m_window->sceneView()->captureImage([this](const QImage &) {
            m_times.push_back(elapsedMs());
            drawScene();
        });
    };
    m_clock.start();
    m_playback->goToFrame(m_wanted);
}

void ScaleBench::paintTimeline()
{
    m_timeline->showAll();
    timelinePaintings("timeline_full", [this] { m_timeline->showAll(); });
    timelinePaintings("timeline_zooming", [this] { m_timeline->zoomIn(); });
    m_timeline->showAll();
    for (int i = 0; i < 12; ++i)
        m_timeline->zoomIn();
    timelinePaintings("timeline_scrolling", [this] { turnWheel(m_timeline); });
    m_timeline->showAll();
    edit();
}

void ScaleBench::timelinePaintings(const char *metric, const std::function<void()> &move)
{
    for (int i = 0; i < kPaintings; ++i) {
        move();
        m_clock.start();
        m_timeline->repaint();
        m_times.push_back(elapsedMs());
    }
    printPercentiles(metric, &m_times);
}

void ScaleBench::edit()
{
    PoseEditor editor(m_window->document());
    m_whenOnDisk = [this](quint64 ticket) { acknowledged(ticket); };
    const auto step = static_cast<int>(m_times.size()) % kStepsOfDrag;
    if (step == 0) {
        ++m_drag;
        m_wanted = randomFrame();
    }
    m_clock.start();
    editor.moveKeypoints(m_wanted, {{1, 9, 40.0 + step, 50.0 + 0.5 * step}}, m_drag);
}

void ScaleBench::acknowledged(quint64 ticket)
{
    if (ticket < m_journal->lastTicket())
        return;
    m_times.push_back(elapsedMs());
    if (m_times.size() < kDragSteps) {
        QTimer::singleShot(0, this, &ScaleBench::edit);
        return;
    }
    m_whenOnDisk = nullptr;
    printPercentiles("edit", &m_times);
    save();
}

void ScaleBench::save()
{
    auto *turns = new QTimer(this);
    turns->setObjectName(QStringLiteral("turns"));
    connect(turns, &QTimer::timeout, this, [this] {
        m_longestTurnMs = std::max(m_longestTurnMs, static_cast<double>(m_sinceTurn.nsecsElapsed()) / 1e6);
        m_sinceTurn.start();
    });
    QTimer::singleShot(50, this, [this] {
        QElapsedTimer clock;
        clock.start();
        PoseEditor(m_window->document()).moveKeypoints(randomFrame(), {{2, 9, 40, 50}});
        m_editWhileSavingMs = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    });
    m_clock.start();
    m_sinceTurn.start();
    turns->start(0);
    m_window->findChild<QAction *>(QStringLiteral("saveAction"))->trigger();
}

void ScaleBench::saved()
{
    const double ms = elapsedMs();
    delete findChild<QTimer *>(QStringLiteral("turns"));
    print("save_ms", ms, "ms");
    print("save_longest_turn_ms", m_longestTurnMs, "ms");
    print("save_edit_meanwhile_ms", m_editWhileSavingMs, "ms");
    print("peak_mib", peakMib(), "MiB");
    QTimer::singleShot(kRestMs, this, &ScaleBench::editPeople);
}

/// Steps that change a person in all layers: what they cost with the journal, in time and memory.
void ScaleBench::editPeople()
{
    print("rss_after_save_mib", residentMib(), "MiB");
    resetPeakMib();
    PoseEditor editor(m_window->document());
    m_clock.start();
    const qint64 middle = m_playback->frameCount() / 2;
    const TrackId fresh = editor.splitPerson(1, middle);
    print("split_person_ms", elapsedMs(), "ms");
    m_clock.start();
    editor.mergePeople(1, fresh);
    print("merge_people_ms", elapsedMs(), "ms");
    m_clock.start();
    editor.swapPeople(1, 2, middle);
    print("swap_people_ms", elapsedMs(), "ms");
    print("peak_people_mib", peakMib(), "MiB");
    m_whenOnDisk = [this](quint64 ticket) {
        if (ticket < m_journal->lastTicket())
            return;
        m_whenOnDisk = nullptr;
        print("people_on_disk_ms", elapsedMs(), "ms");
        const QFileInfo log(m_window->document()->path() + QStringLiteral(".journal-wal"));
        print("journal_log_mib", static_cast<double>(log.size()) / (1 << 20), "MiB");
        QCoreApplication::exit(0);
    };
}

qint64 ScaleBench::randomFrame()
{
    std::uniform_int_distribution<qint64> any(0, m_playback->frameCount() - 1);
    qint64 frame = any(m_random);
    while (frame == m_playback->shownFrame().index) // nothing would be painted
        frame = any(m_random);
    return frame;
}

double ScaleBench::elapsedMs() const
{
    return static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
}

/// What is measured with: nothing of it is pretended, but the file has been written just now.
void ScaleBench::printConditions() const
{
    const Project &project = m_window->document()->project();
    const MediaInfo &video = m_playback->info();
    std::printf("{\"bench\":\"scale\",\"frames\":%lld,\"people\":%d,\"video\":\"%s %dx%d\",\"platform\":\"%s\","
                "\"scene\":\"%s\",\"page_cache\":\"warm\"}\n",
                static_cast<long long>(project.media.frameCount), static_cast<int>(project.trackIds().size()),
                video.codec.c_str(), video.width, video.height, qPrintable(QGuiApplication::platformName()),
                m_window->sceneView()->isPaintedByWidget() ? "QPainter" : "OpenGL");
}

void ScaleBench::print(const char *metric, double value, const char *unit) const
{
    if (m_json)
        std::printf("{\"bench\":\"scale\",\"metric\":\"%s\",\"value\":%.3f,\"unit\":\"%s\"}\n", metric, value, unit);
    else
        std::printf("scale %-28s %10.1f %s\n", metric, value, unit);
    std::fflush(stdout);
}

/// Of @p values, which are empty afterwards.
void ScaleBench::printPercentiles(const char *metric, std::vector<double> *values) const
{
    std::sort(values->begin(), values->end());
    print((std::string(metric) + "_p50_ms").c_str(), percentile(*values, 0.5), "ms");
    print((std::string(metric) + "_p95_ms").c_str(), percentile(*values, 0.95), "ms");
    values->clear();
}

} // namespace poselift
