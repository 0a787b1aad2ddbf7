// The real main window, driven as a user drives it, with a fake worker behind it.

#include "core/document/documentstore.h"
#include "gui/dialogs/cameradialog.h"
#include "gui/dialogs/keysdialog.h"
#include "gui/dialogs/persondialog.h"
#include "gui/dialogs/smoothdialog.h"
#include "gui/keys/keymapcontroller.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "tests/support/burntclip.h"
#include "widgets/image/frameview.h"
#include "widgets/jobs/messagebar.h"
#include "widgets/scene3d/sceneview.h"
#include "widgets/timeline/timelineview.h"

#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QDragEnterEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QSplitterHandle>
#include <QTemporaryDir>
#include <QToolButton>
#include <QWidgetAction>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kWaitMs = 60000;
constexpr int kFrames = 60;

/// Parts of Qt's own composite widgets, which are named by the whole.
bool isInnerPart(const QWidget *widget)
{
    if (widget->objectName().startsWith(QStringLiteral("qt_")) || qobject_cast<const QSplitterHandle *>(widget))
        return true;
    // The menu bar's list of what does not fit.
    const auto *menu = qobject_cast<const QMenu *>(widget);
    if (menu != nullptr && menu->title().isEmpty() && qobject_cast<const QMenuBar *>(menu->parentWidget()))
        return true;
    for (const QWidget *above = widget->parentWidget(); above != nullptr; above = above->parentWidget()) {
        if (above->inherits("QComboBox") || above->inherits("QAbstractSpinBox") || above->inherits("QLineEdit")
            || (above->objectName() == QStringLiteral("statusBar") && widget->inherits("QSizeGrip")))
            return true;
    }
    return widget->inherits("QScrollBar") && widget->parentWidget()->objectName().startsWith(QStringLiteral("qt_"));
}

QString describe(const QWidget *widget)
{
    QString text = QStringLiteral("%1 '%2'").arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName());
    if (widget->parentWidget() != nullptr)
        text += QStringLiteral(" in '%1'").arg(widget->parentWidget()->objectName());
    return text;
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_clip;

    WindowOptions options() const
    {
        WindowOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.workerProgram = QStringLiteral(FAKE_WORKER);
        options.offerSample = false;
        return options;
    }

    static QAction *action(MainWindow &window, const char *name)
    {
        return window.findChild<QAction *>(QString::fromLatin1(name));
    }

    static MessageBar *messages(MainWindow &window) { return window.findChild<MessageBar *>(QStringLiteral("messageBar")); }

    void open(MainWindow &window, const QString &path)
    {
        QSignalSpy indexed(window.playback(), &PlaybackController::indexed);
        window.openPath(path);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
    }

    void runJob(MainWindow &window)
    {
        QTRY_VERIFY_WITH_TIMEOUT(action(window, "runAction")->isEnabled(), kWaitMs);
        const int before = window.document()->undoStack()->count();
        action(window, "runAction")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.document()->undoStack()->count(), before + 1, kWaitMs);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_clip = m_folder.filePath(QStringLiteral("clip.mp4"));
        const QString problem = burntclip::ffmpeg({QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                                                   burntclip::filters(320, 240, kFrames), QStringLiteral("-c:v"),
                                                   QStringLiteral("libx264"), QStringLiteral("-crf"), QStringLiteral("12"),
                                                   QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"), m_clip});
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void init()
    {
        qunsetenv("FAKE_WORKER_EMPTY");
        qunsetenv("FAKE_WORKER_DIES");
        QFile::remove(options().settingsFile);
    }

    void everyWidgetHasANameAndAnAccessibleName()
    {
        MainWindow window(options());
        window.show();
        const CameraDialog camera(assumedIntrinsics(640, 480), &window);
        const KeysDialog keys(window.findChild<KeymapController *>()->draft(), /*editable=*/true, &window);
        const SmoothDialog smooth(std::make_shared<const Project>(), {1, {0, 9}, {0}}, true, {}, &window);
        const PersonDialog person(QStringLiteral("Swap"), QStringLiteral("With whom?"), QStringLiteral("Swap"),
                                  {{1, QStringLiteral("#1"), {}}}, &window);
        QStringList problems;
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            if (isInnerPart(widget))
                continue;
            if (widget->objectName().isEmpty() && !qobject_cast<const QLabel *>(widget) && !widget->inherits("QToolBarSeparator"))
                problems << QStringLiteral("no object name: ") + describe(widget);
            const bool interactive = widget->focusPolicy() != Qt::NoFocus || qobject_cast<const QAbstractButton *>(widget);
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
            if (interactive && (accessible == nullptr || accessible->text(QAccessible::Name).isEmpty()))
                problems << QStringLiteral("no accessible name: ") + describe(widget);
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    /// Bars, labels and docks too: what is found by name is what tests, style sheets and screen readers meet.
    void everythingVisibleIsNamed()
    {
        MainWindow window(options());
        window.show();
        for (QDockWidget *dock : window.findChildren<QDockWidget *>())
            dock->show();
        QStringList problems;
        int count = 0;
        for (QWidget *widget : window.findChildren<QWidget *>()) {
            if (!widget->isVisible() || isInnerPart(widget) || widget->inherits("QToolBarSeparator")
                || widget->inherits("QDockWidgetTitleButton") || widget->inherits("QToolBarExtension"))
                continue;
            ++count;
            if (widget->objectName().isEmpty())
                problems << QStringLiteral("no object name: ") + describe(widget);
            // A pane that only holds others has nothing to say.
            const QByteArray type = widget->metaObject()->className();
            if (type == "QWidget" || type == "QSplitter" || type == "QScrollBar" || type == "QTabBar")
                continue;
            QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(widget);
            if (accessible == nullptr || accessible->text(QAccessible::Name).isEmpty())
                problems << QStringLiteral("no accessible name: ") + describe(widget);
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
        QVERIFY2(count > 30, qPrintable(QString::number(count)));
    }

    void everyActionIsNamed()
    {
        MainWindow window(options());
        QStringList problems;
        for (const QAction *each : window.findChildren<QAction *>()) {
            if (each->isSeparator() || qobject_cast<const QWidgetAction *>(each))
                continue;
            if (each->menu() != nullptr ? each->menu()->objectName().isEmpty() && !each->text().isEmpty()
                                        : each->objectName().isEmpty())
                problems << QStringLiteral("no object name: '%1'").arg(each->text());
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
    }

    void objectNamesAndShortcutsAreUnique()
    {
        MainWindow window(options());
        QMap<QString, QString> shortcuts;
        QSet<QString> names;
        QStringList problems;
        int count = 0;
        for (const QAction *each : window.findChildren<QAction *>()) {
            if (!each->objectName().isEmpty() && names.contains(each->objectName()))
                problems << QStringLiteral("twice: ") + each->objectName();
            names << each->objectName();
            for (const QKeySequence &keys : each->shortcuts()) {
                ++count;
                if (shortcuts.contains(keys.toString()))
                    problems << keys.toString() + QStringLiteral(": %1 and %2").arg(shortcuts[keys.toString()], each->objectName());
                shortcuts[keys.toString()] = each->objectName();
            }
        }
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
        QVERIFY(count > 40);
        for (const char *key : {"Right", "D", "Left", "A", "Shift+Right", "Ctrl+Shift+Right", "Home", "End", "Space", "Ctrl+J",
                                "Ctrl+G", "Ctrl+O", "Ctrl+S", "Ctrl+Z", "Ctrl+Shift+Z", "F", "T", "H", "Ctrl+R", "F1", "?"})
            QVERIFY2(shortcuts.contains(QString::fromLatin1(key)), key);
    }

    void keysStepThroughTheExactFrames()
    {
        MainWindow window(options());
        window.show();
        open(window, m_clip);
        const auto shows = [&window](int frame) {
            return window.playback()->shownFrame().index == frame && burntclip::numberIn(window.playback()->shownFrame()) == frame;
        };
        QTRY_VERIFY_WITH_TIMEOUT(shows(0), kWaitMs);
        QCOMPARE(window.playback()->frameCount(), kFrames);
        const QList<std::pair<const char *, int>> steps{{"nextFrameAction", 1}, {"forward10Action", 11}, {"previousFrameAction", 10},
                                                        {"lastFrameAction", kFrames - 1}, {"nextFrameAction", kFrames - 1},
                                                        {"back100Action", 0}, {"forward100Action", kFrames - 1}, {"firstFrameAction", 0}};
        for (const auto &[name, frame] : steps) {
            action(window, name)->trigger();
            QCOMPARE(window.selection()->frame(), frame);
            QTRY_VERIFY_WITH_TIMEOUT(shows(frame), kWaitMs);
        }
        auto *timeline = window.findChild<TimelineView *>(QStringLiteral("timelineView"));
        QCOMPARE(timeline->frameCount(), kFrames);
        QTest::mouseClick(timeline, Qt::LeftButton, {}, QPoint(static_cast<int>(timeline->xOfFrame(30)) + 2, 8));
        QCOMPARE(window.selection()->frame(), 30);
        QTRY_VERIFY_WITH_TIMEOUT(shows(30), kWaitMs);
    }

    void playingReachesTheEndWithoutBlockingTheEventLoop()
    {
        QElapsedTimer sinceTick;
        qint64 longestGapMs = 0;
        QTimer ticks;
        connect(&ticks, &QTimer::timeout, this, [&] { longestGapMs = std::max(longestGapMs, sinceTick.restart()); });
        MainWindow window(options());
        window.show();
        QTest::qWait(500); // the window's own first painting is not what is measured
        sinceTick.start();
        ticks.start(50);
        open(window, m_clip);
        QSignalSpy shown(window.playback(), &PlaybackController::frameShown);
        QSignalSpy playing(window.playback(), &PlaybackController::playingChanged);
        action(window, "playAction")->trigger();
        QVERIFY(window.playback()->isPlaying());
        QTRY_VERIFY_WITH_TIMEOUT(!window.playback()->isPlaying(), kWaitMs);
        QCOMPARE(window.selection()->frame(), kFrames - 1);
        QCOMPARE(playing.count(), 2);
        QVERIFY(shown.count() > 1);
        QVERIFY2(longestGapMs < 1000, qPrintable(QString::number(longestGapMs)));
    }

    void theSpeedChangesHowLongPlayingTakes()
    {
        MainWindow window(options());
        open(window, m_clip);
        action(window, "fasterAction")->trigger();
        QCOMPARE(window.playback()->speed(), 1.5);
        for (int i = 0; i < 5; ++i)
            action(window, "fasterAction")->trigger();
        QCOMPARE(window.playback()->speed(), 4.0);
        auto *box = window.findChild<QComboBox *>(QStringLiteral("speedBox"));
        QCOMPARE(box->currentData().toDouble(), 4.0);
        for (int i = 0; i < 9; ++i)
            action(window, "slowerAction")->trigger();
        QCOMPARE(window.playback()->speed(), 0.25);
    }

    void aFileThatIsNoVideoLeavesTheOpenOneAlone()
    {
        MainWindow window(options());
        open(window, m_clip);
        const QString text = m_folder.filePath(QStringLiteral("notes.mp4"));
        QFile file(text);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not a video at all");
        file.close();
        for (const QString &bad : {text, m_folder.filePath(QStringLiteral("missing.mp4")), m_folder.filePath(QStringLiteral("missing.poselift"))}) {
            messages(window)->hide();
            window.openPath(bad);
            QTRY_VERIFY_WITH_TIMEOUT(!messages(window)->isHidden(), kWaitMs);
            QVERIFY2(messages(window)->text().contains(QFileInfo(bad).fileName()), qPrintable(messages(window)->text()));
            QCOMPARE(window.document()->project().media.path, m_clip.toStdString());
            QCOMPARE(window.playback()->frameCount(), kFrames);
        }
    }

    void droppingAFileOpensIt()
    {
        MainWindow window(options());
        QSignalSpy opened(window.playback(), &PlaybackController::opened);
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_clip)});
        QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&window, &drop);
        QTRY_COMPARE_WITH_TIMEOUT(opened.count(), 1, kWaitMs);
        QVERIFY(window.findChild<QAction *>(QStringLiteral("recentFile0")) != nullptr);
        QCOMPARE(window.findChild<QAction *>(QStringLiteral("recentFile0"))->toolTip(), m_clip);
    }

    void aRunIsOneUndoStepAndSurvivesSaveAndLoad()
    {
        const QString path = m_folder.filePath(QStringLiteral("saved.poselift"));
        Project saved;
        {
            MainWindow window(options());
            open(window, m_clip);
            runJob(window);
            QVERIFY(window.document()->isModified());
            QVERIFY(window.isWindowModified());
            QCOMPARE(window.document()->project().keypointLayers.size(), 1U);
            QCOMPARE(window.document()->project().jointLayers.size(), 1U);
            auto *timeline = window.findChild<TimelineView *>(QStringLiteral("timelineView"));
            QCOMPARE(timeline->strips().size(), 1U);
            auto *people = window.findChild<QComboBox *>(QStringLiteral("personBox"));
            QCOMPARE(people->count(), 2);
            action(window, "undoAction")->trigger();
            QVERIFY(window.document()->project().keypointLayers.empty());
            QCOMPARE(timeline->strips().size(), 0U);
            action(window, "redoAction")->trigger();
            QCOMPARE(timeline->strips().size(), 1U);

            DocumentSaver saver(window.document());
            QSignalSpy done(&saver, &DocumentSaver::saved);
            saver.save(path);
            QTRY_COMPARE_WITH_TIMEOUT(done.count(), 1, kWaitMs);
            QVERIFY(!window.isWindowModified());
            saved = window.document()->project();
            QCOMPARE(saved.saveGeneration, 1);
        }
        MainWindow window(options());
        open(window, path);
        QCOMPARE(window.document()->project(), saved);
        QVERIFY(!window.document()->isModified());
        QVERIFY(!window.document()->isReadOnly());
        QTRY_VERIFY_WITH_TIMEOUT(action(window, "liftAction")->isEnabled(), kWaitMs);

        MainWindow second(options());
        open(second, path);
        QVERIFY(second.document()->isReadOnly());
        QVERIFY(second.windowTitle().contains(QStringLiteral("read-only")));
        QVERIFY(!messages(second)->isHidden());
        QVERIFY(messages(second)->text().contains(path));
    }

    void withoutADetectorABannerNamesTheWayForwardAndTheVideoPlays()
    {
        qputenv("FAKE_WORKER_EMPTY", "1");
        MainWindow window(options());
        open(window, m_clip);
        auto *banner = window.findChild<MessageBar *>(QStringLiteral("detectorBanner"));
        QTRY_VERIFY_WITH_TIMEOUT(!banner->isHidden(), kWaitMs);
        QVERIFY(banner->text().contains(QStringLiteral("poselift-cli models install")));
        QVERIFY(!action(window, "runAction")->isEnabled());
        action(window, "playAction")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window.selection()->frame() > 3, kWaitMs);
    }

    void aDeadWorkerOffersARestartAndNothingIsLost()
    {
        qputenv("FAKE_WORKER_DIES", "1");
        MainWindow window(options());
        open(window, m_clip);
        QTRY_VERIFY_WITH_TIMEOUT(action(window, "runAction")->isEnabled(), kWaitMs);
        QSignalSpy died(window.worker(), &WorkerClient::died);
        action(window, "runAction")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(died.count(), 1, kWaitMs);
        QVERIFY(!messages(window)->isHidden());
        QCOMPARE(messages(window)->kind(), MessageBar::Kind::Error);
        QVERIFY(window.document()->hasMedia());
        QCOMPARE(window.document()->undoStack()->count(), 0);
        qunsetenv("FAKE_WORKER_DIES");
        messages(window)->findChild<QPushButton *>(QStringLiteral("messageButton"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(window.worker()->state(), WorkerClient::State::Ready, kWaitMs);
        runJob(window);
    }

    void closingAsksWhileSomethingIsUnsaved()
    {
        MainWindow window(options());
        window.show();
        open(window, m_clip);
        runJob(window);
        window.close();
        auto *question = window.findChild<QMessageBox *>(QStringLiteral("unsavedQuestion"));
        QVERIFY(question != nullptr);
        question->button(QMessageBox::Cancel)->click();
        QTRY_VERIFY(window.findChild<QMessageBox *>(QStringLiteral("unsavedQuestion")) == nullptr);
        QVERIFY(window.isVisible());
        window.close();
        question = window.findChild<QMessageBox *>(QStringLiteral("unsavedQuestion"));
        QVERIFY(question != nullptr);
        question->button(QMessageBox::Discard)->click();
        QTRY_VERIFY(!window.isVisible());
    }

    void aCameraFieldThatIsTouchedIsNoLongerAssumed()
    {
        const CameraIntrinsics assumed = assumedIntrinsics(1768, 994);
        CameraDialog dialog(assumed, nullptr);
        QCOMPARE(dialog.camera(), assumed);
        auto *state = dialog.findChild<QLabel *>(QStringLiteral("cameraState"));
        const QString before = state->text();
        dialog.findChild<QDoubleSpinBox *>(QStringLiteral("focalX"))->setValue(1500);
        QCOMPARE(dialog.camera().fx, 1500.0);
        QVERIFY(!dialog.camera().assumed);
        QVERIFY(state->text() != before);
        dialog.findChild<QPushButton *>(QStringLiteral("assumeCamera"))->click();
        QCOMPARE(dialog.camera(), assumed);
    }

    void themesAndViewSwitchesAreRemembered()
    {
        {
            MainWindow window(options());
            action(window, "themeDark")->trigger();
            action(window, "namesAction")->trigger();
            QVERIFY(window.frameView()->areJointNamesVisible());
        }
        MainWindow window(options());
        QVERIFY(action(window, "themeDark")->isChecked());
        QVERIFY(action(window, "namesAction")->isChecked());
        QVERIFY(window.frameView()->areJointNamesVisible());
        QVERIFY(window.palette().color(QPalette::Window).lightnessF() < 0.4);
        action(window, "themeSystem")->trigger();
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
