#include "gui/trainingbench.h"

#include "core/document/poseeditor.h"
#include "gui/documentcontroller.h"
#include "gui/finetunecontroller.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "widgets/image/frameview.h"

#include <QCoreApplication>
#include <QDir>
#include <QDockWidget>
#include <QEvent>
#include <QFile>
#include <QFileInfo>
#include <QGuiApplication>
#include <QThread>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace poselift {

namespace {

constexpr int kCorrections = 40;
constexpr int kEveryNthFrame = 4;
constexpr std::size_t kQuietSteps = 150;
constexpr std::size_t kSteps = 400;
constexpr int kPollMs = 100;

double percentile(const std::vector<double> &sorted, double share)
{
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

void giveUp(const Error &error)
{
    std::fprintf(stderr, "poselift: %s\n", error.sentence().c_str());
    QCoreApplication::exit(1);
}

} // namespace

TrainingBench::TrainingBench(MainWindow *window, bool json)
    : QObject(window), m_window(window), m_playback(window->playback()), m_finetune(window->finetune()), m_json(json)
{
    window->frameView()->installEventFilter(this);
    connect(m_playback, &PlaybackController::frameShown, this,
            [this](const VideoFrame &frame) { m_shown = m_shown || frame.index == m_wanted; });
    connect(m_playback, &PlaybackController::indexed, this, &TrainingBench::opened);
    connect(m_playback, &PlaybackController::openFailed, this,
            [](const QString &, const Error &error) { giveUp(error); });
    connect(m_finetune, &FinetuneController::failed, this, &giveUp);
    connect(m_finetune->runs(), &TrainingRuns::cancelled, this, [] { QCoreApplication::exit(0); });
    connect(&m_poll, &QTimer::timeout, this, &TrainingBench::waitForTraining);
}

QString TrainingBench::makeProject(const QString &folder)
{
    const QFileInfo sample(DocumentController::samplePath());
    const QString project = QDir(folder).filePath(sample.fileName());
    const QString video = sample.completeBaseName() + QStringLiteral(".mp4");
    const bool copied = QFile::copy(sample.filePath(), project)
                        && QFile::copy(sample.dir().filePath(video), QDir(folder).filePath(video));
    if (!copied)
        std::fputs("poselift: the sample project is not there\n", stderr);
    // Resources may be read-only.
    QFile::setPermissions(project, QFile::ReadOwner | QFile::WriteOwner);
    return copied ? project : QString();
}

void TrainingBench::start(const QString &project)
{
    m_window->openPath(project);
}

void TrainingBench::opened()
{
    correct();
    measure("frame_step_quiet", kQuietSteps, [this] { train(); });
}

/// A wrist in every fourth frame, a little off.
void TrainingBench::correct()
{
    const Project &project = m_window->document()->project();
    const int wrist = project.skeleton.indexOf("left_wrist");
    PoseEditor editor(m_window->document());
    for (int i = 0; i < kCorrections; ++i) {
        const qint64 frame = std::min<qint64>(kEveryNthFrame * i, m_playback->frameCount() - 1);
        for (const TrackId track : project.trackIds()) {
            const Pose2D pose = project.effectivePose(track, frame);
            if (wrist >= 0 && static_cast<std::size_t>(wrist) < pose.size())
                editor.moveKeypoints(frame, {{track, wrist, pose[static_cast<std::size_t>(wrist)].x + 3,
                                              pose[static_cast<std::size_t>(wrist)].y - 2}});
        }
    }
}

void TrainingBench::measure(const char *metric, std::size_t steps, std::function<void()> then)
{
    m_metric = metric;
    m_wantedSteps = steps;
    m_then = std::move(then);
    m_times.clear();
    step();
}

void TrainingBench::step()
{
    const qint64 now = m_playback->shownFrame().index;
    if (now + m_direction < 0 || now + m_direction >= m_playback->frameCount())
        m_direction = -m_direction;
    m_wanted = now + m_direction;
    m_shown = false;
    m_stepping = true;
    m_clock.start();
    m_playback->goToFrame(m_wanted);
}

bool TrainingBench::eventFilter(QObject *watched, QEvent *event)
{
    // After the paint event that shows the frame has been handled, and those of the other widgets.
    if (event->type() == QEvent::Paint && m_shown && m_stepping)
        QTimer::singleShot(0, this, &TrainingBench::painted);
    return QObject::eventFilter(watched, event);
}

void TrainingBench::painted()
{
    if (!std::exchange(m_stepping, false))
        return;
    m_times.push_back(static_cast<double>(m_clock.nsecsElapsed()) / 1e6);
    if (m_times.size() < m_wantedSteps) {
        QTimer::singleShot(0, this, &TrainingBench::step);
        return;
    }
    std::sort(m_times.begin(), m_times.end());
    print((std::string(m_metric) + "_p50_ms").c_str(), percentile(m_times, 0.5), "ms");
    print((std::string(m_metric) + "_p95_ms").c_str(), percentile(m_times, 0.95), "ms");
    std::exchange(m_then, nullptr)();
}

void TrainingBench::train()
{
    FinetuneSettings settings;
    settings.preset = QStringLiteral("thorough");
    settings.steps = 100000; // longer than the bench
    m_finetune->dock()->show();
    m_finetune->runs()->start(settings);
    m_poll.start(kPollMs);
}

void TrainingBench::waitForTraining()
{
    if (m_finetune->log().steps.empty())
        return;
    m_poll.stop();
    measure("frame_step", kSteps, [this] { end(); });
}

void TrainingBench::end()
{
    const TrainingStep &last = m_finetune->log().steps.back();
    print("training_steps", static_cast<double>(last.step), "");
    print("training_frames_per_second", last.framesPerSecond, "1/s");
    print("cores", QThread::idealThreadCount(), "");
    m_finetune->runs()->cancel();
}

void TrainingBench::print(const char *metric, double value, const char *unit) const
{
    if (m_json)
        std::printf(
            "{\"bench\":\"training-ui\",\"metric\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"platform\":\"%s\"}\n",
            metric, value, unit, qPrintable(QGuiApplication::platformName()));
    else
        std::printf("training-ui %-28s %10.1f %s\n", metric, value, unit);
    std::fflush(stdout);
}

} // namespace poselift
