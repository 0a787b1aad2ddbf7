#pragma once

#include "core/io/projectfile.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "tests/core/edit/editproject.h"
#include "tests/support/burntclip.h"
#include "widgets/image/frameview.h"

#include <QAction>
#include <QCoreApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QWheelEvent>
#include <QtTest/QtTest>

#include <memory>

namespace poselift::test {

/// A main window with a project of two people over a small clip, and a hand for its mouse. Joints
/// (nose, left and right shoulder, left and right wrist) are 50 px apart; person 1 is in the frames
/// 0 … 19, person 2, 60 px below, in 10 … 29.
class EditWindow
{
public:
    static constexpr int kWaitMs = 60000;

    /// Makes the clip; an empty text, or what went wrong.
    QString makeClip()
    {
        qputenv("POSELIFT_STATE", m_folder.filePath(QStringLiteral("state")).toUtf8());
        return burntclip::ffmpeg({QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                                  burntclip::filters(320, 240, 30), QStringLiteral("-c:v"), QStringLiteral("libx264"),
                                  QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"), clip()});
    }

    /// A window with a new project, at frame 5; @p change edits the project before it is written.
    void open(const std::function<void(Project &)> &change = {})
    {
        const QString path = m_folder.filePath(QStringLiteral("%1.poselift").arg(++m_count));
        Project project = makeProject();
        if (change)
            change(project);
        QVERIFY(writeProject(project, path.toStdString()).ok());
        WindowOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.workerProgram = QStringLiteral(FAKE_WORKER);
        options.offerSample = false;
        m_window = std::make_unique<MainWindow>(options);
        m_window->show();
        QSignalSpy indexed(m_window->playback(), &PlaybackController::indexed);
        m_window->openPath(path);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
        goTo(5);
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get())); // shortcuts need it
        view()->setFocus();
    }

    void close() { m_window.reset(); }

    void goTo(qint64 frame) const
    {
        m_window->playback()->goToFrame(frame);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->playback()->shownFrame().index, frame, kWaitMs);
    }

    MainWindow *window() const { return m_window.get(); }
    FrameView *view() const { return m_window->frameView(); }
    Selection *selection() const { return m_window->selection(); }
    PoseDocument *document() const { return m_window->document(); }
    QAction *action(const char *name) const { return m_window->findChild<QAction *>(QString::fromLatin1(name)); }
    int steps() const { return document()->undoStack()->count(); }
    Pose2D pose(TrackId track = 1) const
    {
        return document()->project().effectivePose(track, m_window->playback()->shownFrame().index);
    }
    Keypoint2D seen(int joint, TrackId track = 1) const { return pose(track)[static_cast<std::size_t>(joint)]; }

    /// Where in the view a place of the picture is, or a joint.
    QPoint atPixel(double x, double y) const { return view()->transform().viewFromImage({x, y}).toPoint(); }
    QPoint at(int joint, TrackId track = 1) const { return atPixel(seen(joint, track).x, seen(joint, track).y); }

    /// Presses and moves in small steps, as a hand does.
    void dragHolding(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) const
    {
        constexpr int kMoves = 10;
        QTest::mousePress(view(), Qt::LeftButton, modifiers, from);
        for (int i = 1; i <= kMoves; ++i)
            QTest::mouseMove(view(), from + (to - from) * i / kMoves);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {}) const
    {
        dragHolding(from, to, modifiers);
        QTest::mouseRelease(view(), Qt::LeftButton, modifiers, to);
    }
    void click(QPoint position, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::mouseClick(view(), Qt::LeftButton, modifiers, position);
    }
    void doubleClick(QPoint position, Qt::KeyboardModifiers modifiers = {}) const
    {
        click(position, modifiers);
        QTest::mouseDClick(view(), Qt::LeftButton, modifiers, position);
        QTest::mouseRelease(view(), Qt::LeftButton, modifiers, position);
    }
    void wheel(int notches, Qt::KeyboardModifiers modifiers) const
    {
        const QPointF position = QRectF(view()->rect()).center();
        QWheelEvent event(position, view()->mapToGlobal(position), {}, {0, 120 * notches}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(view(), &event);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const { QTest::keyClick(view(), key, modifiers); }
    void undo() const { document()->undoStack()->undo(); }

private:
    QString clip() const { return m_folder.filePath(QStringLiteral("clip.mp4")); }

    Project makeProject() const
    {
        Project project = makeEditProject();
        project.media = {};
        project.media.path = clip().toStdString();
        for (KeypointTrack &track : project.keypointLayers[0].tracks) {
            for (int joint = 0; joint < 5; ++joint) {
                for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame)
                    track.setKeypoint(frame, joint,
                                      {40.0 + 50 * joint, 60.0 + 40 * (joint % 3) + (track.id - 1) * 60, 0.9F,
                                       KeypointState::Visible});
            }
        }
        return project;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
    int m_count = 0;
};

} // namespace poselift::test
