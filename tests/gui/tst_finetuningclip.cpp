// The whole loop in the real window with the real worker: keypoints are corrected with the mouse, a copy of the
// bundled lifter is trained on them, and its result is looked at, taken and shown beside the old one. With
// POSELIFT_PICTURES set to a folder, pictures of it are written there: README shows them.

#include "core/training/trainingrun.h"
#include "gui/finetunecontroller.h"
#include "gui/language.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "tests/support/environment.h"
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

#include <cmath>
#include <filesystem>

using namespace poselift;
namespace fs = std::filesystem;

namespace {

constexpr int kWaitMs = 240000;
constexpr std::size_t kCorrections = 20;
constexpr double kNearPixels = 25; // of the video
constexpr int kSteps = 40;
constexpr QPoint kMoved(7, -5); // view pixels

} // namespace

class TestFinetuningClip : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_prefix; ///< of pictures
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
        QVERIFY(folder.isEmpty() || widget->grab().save(QDir(folder).filePath(m_prefix + QString::fromLatin1(name))));
    }
    void picture(const char *name)
    {
        const QString folder = qEnvironmentVariable("POSELIFT_PICTURES");
        if (folder.isEmpty())
            return;
        bool done = false;
        takeScreenshot(m_window.get(), [&](const QImage &image, bool) {
            QVERIFY(image.save(QDir(folder).filePath(m_prefix + QString::fromLatin1(name))));
            done = true;
        });
        QTRY_VERIFY_WITH_TIMEOUT(done, kWaitMs);
    }
    void run(const QStringList &arguments) const
    {
        QCOMPARE(QProcess::execute(qEnvironmentVariable("POSELIFT_CLI"), arguments), 0);
    }
    void copy(const QString &from, const QString &to) const { QVERIFY2(QFile::copy(from, to), qPrintable(from)); }
    /// The sample's project with its truth, lifted, beside its video.
    QString makeSample() const
    {
        const QDir resources(qEnvironmentVariable("POSELIFT_RESOURCES"));
        const QString path = m_folder->filePath(QStringLiteral("walk.poselift"));
        copy(resources.filePath(QStringLiteral("sample/walk.mp4")), m_folder->filePath(QStringLiteral("walk.mp4")));
        run({QStringLiteral("lift"), resources.filePath(QStringLiteral("sample/walk.poselift")), QStringLiteral("-o"),
             path, QStringLiteral("--quiet")});
        return path;
    }
    /// A real clip, detected and lifted.
    QString makeReal(const fs::path &clip) const
    {
        const QString video = m_folder->filePath(QString::fromStdString(clip.filename().string()));
        const QString path = m_folder->filePath(QStringLiteral("real.poselift"));
        copy(QString::fromStdString(clip.string()), video);
        run({QStringLiteral("run"), video, QStringLiteral("-o"), path, QStringLiteral("--detector"),
             QStringLiteral("person19"), QStringLiteral("--quiet")});
        return path;
    }
    void open(const QString &path)
    {
        WindowOptions options;
        options.settingsFile = m_folder->filePath(QStringLiteral("settings.ini"));
        options.offerSample = false;
        m_window = std::make_unique<MainWindow>(options);
        m_window->resize(1500, 900);
        m_window->show();
        QSignalSpy indexed(m_window->playback(), &PlaybackController::indexed);
        m_window->openPath(path);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
        QTRY_VERIFY_WITH_TIMEOUT(find<QAction>("finetuneAction")->isEnabled(), kWaitMs);
    }
    /// The person who is seen for longest, and frames of theirs to correct.
    std::pair<TrackId, std::vector<qint64>> framesToCorrect() const
    {
        std::pair<TrackId, std::vector<qint64>> best;
        for (const TrackId track : project().trackIds()) {
            std::vector<qint64> seen;
            for (qint64 frame = 0; frame < project().media.frameCount; ++frame) {
                if (standsAlone(track, frame))
                    seen.push_back(frame);
            }
            if (seen.size() > best.second.size())
                best = {track, seen};
        }
        std::vector<qint64> spread;
        const std::size_t step = std::max<std::size_t>(1, best.second.size() / kCorrections);
        for (std::size_t i = 0; i < best.second.size() && spread.size() < kCorrections; i += step)
            spread.push_back(best.second[i]);
        return {best.first, spread};
    }
    /// Whether the wrist is seen, and no other joint so near that the mouse could take that one.
    bool standsAlone(TrackId track, qint64 frame) const
    {
        const Pose2D own = project().effectivePose(track, frame);
        if (own.empty() || !own[wrist()].isKnown())
            return false;
        for (const TrackId other : project().trackIds()) {
            const Pose2D pose = project().effectivePose(other, frame);
            for (std::size_t j = 0; j < pose.size(); ++j) {
                const bool isItself = other == track && j == wrist();
                if (!isItself && pose[j].isKnown()
                    && std::hypot(pose[j].x - own[wrist()].x, pose[j].y - own[wrist()].y) < kNearPixels)
                    return false;
            }
        }
        return true;
    }
    std::size_t wrist() const { return static_cast<std::size_t>(project().skeleton.indexOf("left_wrist")); }
    void correct(TrackId track, qint64 frame)
    {
        m_window->playback()->goToFrame(frame);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->playback()->shownFrame().index, frame, kWaitMs);
        m_window->selection()->setTrack(track);
        const Keypoint2D before = project().effectivePose(track, frame)[wrist()];
        const QPoint from = view()->transform().viewFromImage({before.x, before.y}).toPoint();
        QTest::mousePress(view(), Qt::LeftButton, {}, from);
        for (int i = 1; i <= 4; ++i)
            QTest::mouseMove(view(), from + kMoved * i / 4);
        QTest::mouseRelease(view(), Qt::LeftButton, {}, from + kMoved);
        QCOMPARE(project().effectivePose(track, frame)[wrist()].origin, KeypointOrigin::Corrected);
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
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("POSELIFT_STATE", m_folder->filePath(QStringLiteral("state")).toUtf8());
        qputenv("POSELIFT_MODELS", m_folder->filePath(QStringLiteral("models")).toUtf8());
    }
    void cleanup() { m_window.reset(); }
    void sampleWithTruth()
    {
        installTranslations(QStringLiteral("en")); // the plurals
        open(makeSample());
        fromCorrectionsToTheModelInUse();
        QVERIFY(find<QLabel>("changeTruth")->isHidden());
    }
    void realClipInChinese()
    {
        POSELIFT_REQUIRE_DATA(data, "POSELIFT_REAL_DATA");
        installTranslations(QStringLiteral("zh_CN"));
        m_prefix = QStringLiteral("real_");
        open(makeReal(data / "video" / "sports2d_demo.mp4"));
        fromCorrectionsToTheModelInUse();
        QVERIFY(!find<QLabel>("changeTruth")->isHidden()); // 2D only, depth unverified
    }

private:
    void fromCorrectionsToTheModelInUse()
    {
        const auto [track, frames] = framesToCorrect();
        QCOMPARE(frames.size(), kCorrections);
        for (const qint64 frame : frames)
            correct(track, frame);
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
    }
};

QTEST_MAIN(TestFinetuningClip)
#include "tst_finetuningclip.moc"
