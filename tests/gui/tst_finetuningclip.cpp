// The whole loop in the real window with the real worker: keypoints are corrected with the mouse, a copy of the
// bundled lifter is trained on them, and its result is looked at, taken and shown beside the old one. With
// POSELIFT_PICTURES set to a folder, pictures of it are written there: README shows them.

#include "core/training/trainingrun.h"
#include "gui/finetunecontroller.h"
#include "gui/language.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "widgets/image/frameview.h"
#include "widgets/scene3d/screenshot.h"
#include "widgets/training/trainingpanel.h"

#include <QAction>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kWaitMs = 240000;
constexpr int kCorrections = 20;
constexpr int kEveryNthFrame = 8;
constexpr int kSteps = 40;
constexpr QPoint kMoved(7, -5); // view pixels

} // namespace

class TestFinetuningClip : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;

    FrameView *view() const { return m_window->frameView(); }
    const Project &project() const { return m_window->document()->project(); }
    TrainingRuns *runs() const { return m_window->finetune()->runs(); }
    template <typename Widget>
    Widget *find(const char *name) const
    {
        auto *widget = m_window->findChild<Widget *>(QString::fromLatin1(name));
        if (widget == nullptr)
            qFatal("no %s", name);
        return widget;
    }
    void click(const char *button) const
    {
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>(button)->isEnabled() && find<QPushButton>(button)->isVisible(),
                                 kWaitMs);
        QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton);
    }
    void pictureOf(QWidget *widget, const char *name) const
    {
        const QString folder = qEnvironmentVariable("POSELIFT_PICTURES");
        QVERIFY(folder.isEmpty() || widget->grab().save(QDir(folder).filePath(QString::fromLatin1(name))));
    }
    void picture(const char *name)
    {
        const QString folder = qEnvironmentVariable("POSELIFT_PICTURES");
        if (folder.isEmpty())
            return;
        bool done = false;
        takeScreenshot(m_window.get(), [&](const QImage &image, bool) {
            QVERIFY(image.save(QDir(folder).filePath(QString::fromLatin1(name))));
            done = true;
        });
        QTRY_VERIFY_WITH_TIMEOUT(done, kWaitMs);
    }
    void open()
    {
        const QDir resources(qEnvironmentVariable("POSELIFT_RESOURCES"));
        const QString path = m_folder.filePath(QStringLiteral("walk.poselift"));
        QVERIFY(QFile::copy(resources.filePath(QStringLiteral("sample/walk.mp4")),
                            m_folder.filePath(QStringLiteral("walk.mp4"))));
        QCOMPARE(QProcess::execute(qEnvironmentVariable("POSELIFT_CLI"),
                                   {QStringLiteral("lift"), resources.filePath(QStringLiteral("sample/walk.poselift")),
                                    QStringLiteral("-o"), path, QStringLiteral("--quiet")}),
                 0);
        WindowOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.offerSample = false;
        m_window = std::make_unique<MainWindow>(options);
        m_window->resize(1500, 900);
        m_window->show();
        QSignalSpy indexed(m_window->playback(), &PlaybackController::indexed);
        m_window->openPath(path);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(find<QAction>("finetuneAction")->isEnabled(), kWaitMs);
    }
    void correct(qint64 frame)
    {
        m_window->playback()->goToFrame(frame);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->playback()->shownFrame().index, frame, kWaitMs);
        const TrackId track = project().trackIds().front();
        m_window->selection()->setTrack(track);
        const auto wrist = static_cast<std::size_t>(project().skeleton.indexOf("left_wrist"));
        const Keypoint2D before = project().effectivePose(track, frame)[wrist];
        const QPoint from = view()->transform().viewFromImage({before.x, before.y}).toPoint();
        QTest::mousePress(view(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 4; ++i)
            QTest::mouseMove(view(), from + kMoved * i / 4);
        QTest::mouseRelease(view(), Qt::LeftButton, {}, from + kMoved);
        QCOMPARE(project().effectivePose(track, frame)[wrist].origin, KeypointOrigin::Corrected);
    }
    void start()
    {
        find<QAction>("finetuneAction")->trigger(); // without a window manager no shortcut arrives
        QTRY_VERIFY(m_window->findChild<QWidget *>(QStringLiteral("finetuneDialog")) != nullptr);
        QTest::mouseClick(find<QToolButton>("finetuneAdvancedButton"), Qt::LeftButton);
        find<QSpinBox>("finetuneSteps")->setValue(kSteps);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("finetuneEstimate")->text().contains(QString::number(kSteps)), kWaitMs);
        pictureOf(find<QDialog>("finetuneDialog"), "finetune_dialog.png");
        click("finetuneStart");
    }

private Q_SLOTS:
    void fromCorrectionsToTheModelInUse()
    {
        installTranslations(QStringLiteral("en")); // the plurals
        qputenv("POSELIFT_STATE", m_folder.filePath(QStringLiteral("state")).toUtf8());
        qputenv("POSELIFT_MODELS", m_folder.filePath(QStringLiteral("models")).toUtf8());
        open();
        for (int i = 0; i < kCorrections; ++i)
            correct(qint64{kEveryNthFrame} * i);
        QSignalSpy finished(runs(), &TrainingRuns::finished);
        QSignalSpy failed(runs(), &TrainingRuns::failed);
        start();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->finetune()->log().steps.empty(), kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_window->finetune()->log().steps.size() > 3 || finished.count() + failed.count() > 0,
                                 kWaitMs);
        picture("finetune_curves.png");
        QTRY_VERIFY_WITH_TIMEOUT(finished.count() + failed.count() > 0, kWaitMs);
        QCOMPARE(failed.count(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(!runs()->rows().empty() && runs()->rows().front().report, kWaitMs);
        const RunRow run = runs()->rows().front();
        QVERIFY(!run.report->joints.empty());
        QVERIFY(run.report->heldOutFrames > 0);
        picture("finetune_result.png");
        click("compareModelsButton");
        const QString layer = QStringLiteral("lifted/") + TrainedModels::installedName(run);
        QTRY_COMPARE_WITH_TIMEOUT(find<QComboBox>("primaryLayerBox")->currentData().toString(), layer, kWaitMs);
        picture("finetune_both.png");
        click("useModelButton");
        QTRY_COMPARE_WITH_TIMEOUT(find<QComboBox>("lifterBox")->currentData().toString(),
                                  TrainedModels::installedName(run), kWaitMs);
        m_window.reset();
    }
};

QTEST_MAIN(TestFinetuningClip)
#include "tst_finetuningclip.moc"
