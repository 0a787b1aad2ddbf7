// What the user sees of the journal: recovery after a crash, questions, the mark, the history.

#include "core/document/journal/projectjournal.h"
#include "core/document/poseeditor.h"
#include "core/io/projectfile.h"
#include "gui/mainwindow.h"
#include "gui/playbackcontroller.h"
#include "tests/core/edit/editproject.h"
#include "tests/support/burntclip.h"
#include "tests/support/faultyvfs.h"
#include "widgets/jobs/messagebar.h"

#include <QAction>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QUndoView>
#include <QtTest/QtTest>

#include <filesystem>

using namespace poselift;

namespace fs = std::filesystem;

namespace {

constexpr int kWaitMs = 60000;

MessageBar *bar(MainWindow &window)
{
    return window.findChild<MessageBar *>(QStringLiteral("journalMessages"));
}

void pressButtonOf(MessageBar *messages)
{
    QTest::mouseClick(messages->findChild<QPushButton *>(QStringLiteral("messageButton")),
                      Qt::LeftButton);
}

void press(QDialog *dialog, const char *button)
{
    QTest::mouseClick(dialog->findChild<QPushButton *>(QString::fromLatin1(button)), Qt::LeftButton);
}

double noseX(MainWindow &window, qint64 frame)
{
    return window.document()->project().effectivePose(1, frame)[0].x;
}

} // namespace

class TestRecovery : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_clip;
    int m_places = 0;

    WindowOptions options() const
    {
        WindowOptions options;
        options.settingsFile = m_folder.filePath(QStringLiteral("settings.ini"));
        options.workerProgram = QStringLiteral(FAKE_WORKER);
        options.offerSample = false;
        return options;
    }

    /// A project of the clip in a folder of its own.
    fs::path makeProject()
    {
        const fs::path folder =
            m_folder.filePath(QStringLiteral("place%1").arg(++m_places)).toStdString();
        fs::create_directories(folder);
        Project project = makeEditProject();
        project.media = {};
        project.media.path = m_clip.toStdString();
        project.media.width = 320;
        project.media.height = 240;
        const fs::path path = folder / "a.poselift";
        return writeProject(project, path) ? path : fs::path();
    }

    /// What a kill would leave behind.
    fs::path afterCrash(const fs::path &project)
    {
        const fs::path folder =
            m_folder.filePath(QStringLiteral("place%1").arg(++m_places)).toStdString();
        fs::create_directories(folder);
        for (const fs::directory_entry &entry : fs::directory_iterator(project.parent_path())) {
            if (entry.path().extension() != ".lock")
                fs::copy(entry.path(), folder / entry.path().filename());
        }
        return folder / project.filename();
    }

    void open(MainWindow &window, const QString &path)
    {
        QSignalSpy indexed(window.playback(), &PlaybackController::indexed);
        window.openPath(path);
        QTRY_COMPARE_WITH_TIMEOUT(indexed.count(), 1, kWaitMs);
    }
    void open(MainWindow &window, const fs::path &path)
    {
        open(window, QString::fromStdString(path.string()));
    }

    void waitForDisk(MainWindow &window)
    {
        QTRY_VERIFY_WITH_TIMEOUT(window.findChild<ProjectJournal *>()->isAcknowledged(), kWaitMs);
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("POSELIFT_STATE", m_folder.filePath(QStringLiteral("state")).toUtf8());
        m_clip = m_folder.filePath(QStringLiteral("clip.mp4"));
        const QString problem = burntclip::ffmpeg(
            {QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
             burntclip::filters(320, 240, 30), QStringLiteral("-c:v"), QStringLiteral("libx264"),
             QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"), m_clip});
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }

    void cleanup() { FaultyVfs::heal(); }

    void afterACrashTheEditsAreBackAndTheUserIsTold()
    {
        const fs::path project = makeProject();
        MainWindow window(options());
        open(window, project);
        QVERIFY(bar(window)->isHidden());
        PoseEditor editor(window.document());
        editor.moveKeypoints(3, {{1, 0, 11, 7}});
        editor.moveKeypoints(4, {{1, 0, 22, 7}});
        waitForDisk(window);

        const fs::path crashed = afterCrash(project);
        MainWindow again(options());
        again.show();
        open(again, crashed);
        auto *dialog = again.findChild<QDialog *>(QStringLiteral("recoveryDialog"));
        QVERIFY(dialog != nullptr && dialog->isVisible());
        const auto *told = dialog->findChild<QLabel *>(QStringLiteral("recoveryText"));
        QVERIFY2(told->text().contains(u'2'), qPrintable(told->text()));
        const auto *list = dialog->findChild<QListWidget *>(QStringLiteral("recoveryList"));
        QCOMPARE(list->count(), 2);
        QCOMPARE(list->item(0)->text(), again.document()->undoStack()->text(0));
        QCOMPARE(noseX(again, 3), 11.0);
        QVERIFY(again.isWindowModified());
        press(dialog, "recoverySave");
        QTRY_VERIFY_WITH_TIMEOUT(!again.isWindowModified(), kWaitMs);
        QCOMPARE(readProject(crashed)->effectivePose(1, 4)[0].x, 22.0);
        QCOMPARE(again.document()->undoStack()->count(), 2);
    }

    void whatWasRecoveredCanBeTakenBack()
    {
        const fs::path project = makeProject();
        MainWindow window(options());
        open(window, project);
        PoseEditor editor(window.document());
        editor.moveKeypoints(3, {{1, 0, 11, 7}});
        waitForDisk(window);
        MainWindow again(options());
        again.show();
        open(again, afterCrash(project));
        QCOMPARE(noseX(again, 3), 11.0);
        press(again.findChild<QDialog *>(QStringLiteral("recoveryDialog")), "recoveryTakeBack");
        QCOMPARE(noseX(again, 3), 103.0);
        QVERIFY(!again.isWindowModified());
        QTRY_VERIFY(again.findChild<QDialog *>(QStringLiteral("recoveryDialog")) == nullptr);
        again.document()->undoStack()->redo();
        QCOMPARE(noseX(again, 3), 11.0);
    }

    void aRecoveredUndoIsListedAsOne()
    {
        const fs::path project = makeProject();
        MainWindow window(options());
        window.show();
        open(window, project);
        PoseEditor(window.document()).moveKeypoints(3, {{1, 0, 11, 7}});
        window.findChild<QAction *>(QStringLiteral("saveAction"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!window.isWindowModified(), kWaitMs);
        window.document()->undoStack()->undo();
        waitForDisk(window);

        MainWindow again(options());
        again.show();
        open(again, afterCrash(project));
        const auto *list = again.findChild<QListWidget *>(QStringLiteral("recoveryList"));
        QVERIFY(list != nullptr);
        QCOMPARE(list->count(), 1);
        const QString step = again.document()->undoStack()->text(0);
        QVERIFY(list->item(0)->text().endsWith(step) && list->item(0)->text() != step);
        press(again.findChild<QDialog *>(QStringLiteral("recoveryDialog")), "recoveryGoOn");
        QCOMPARE(noseX(again, 3), 103.0);
        QVERIFY(again.isWindowModified());
    }

    void aJournalThatDoesNotGoWithTheFileIsAskedAbout_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<double>("x");
        QTest::newRow("carry out") << QStringLiteral("carryOutButton") << 11.0;
        QTest::newRow("leave") << QStringLiteral("leaveButton") << 103.0;
    }

    void aJournalThatDoesNotGoWithTheFileIsAskedAbout()
    {
        QFETCH(QString, button);
        QFETCH(double, x);
        const fs::path project = makeProject();
        {
            MainWindow window(options());
            open(window, project);
            PoseEditor(window.document()).moveKeypoints(3, {{1, 0, 11, 7}});
            waitForDisk(window);
        }
        Project other = *readProject(project);
        other.saveGeneration = 5;
        QVERIFY(writeProject(other, project).ok());
        MainWindow window(options());
        window.show();
        open(window, project);
        QTRY_VERIFY_WITH_TIMEOUT(
            window.findChild<QMessageBox *>(QStringLiteral("recoveryQuestion")) != nullptr,
            kWaitMs);
        QCOMPARE(noseX(window, 3), 103.0);
        auto *question = window.findChild<QMessageBox *>(QStringLiteral("recoveryQuestion"));
        QTest::mouseClick(question->findChild<QPushButton *>(button), Qt::LeftButton);
        QCOMPARE(noseX(window, 3), x);
        QCOMPARE(window.document()->isModified(), x == 11.0);
    }

    void editsOfAVideoThatWasNeverSavedAreOffered()
    {
        {
            MainWindow window(options());
            open(window, m_clip);
            QCOMPARE(PoseEditor(window.document()).newPerson(makeEditProject().skeleton), 1);
            waitForDisk(window);
        }
        MainWindow again(options());
        again.show();
        open(again, m_clip);
        QVERIFY(again.document()->project().tracks.empty());
        QTRY_VERIFY_WITH_TIMEOUT(!bar(again)->isHidden(), kWaitMs);
        pressButtonOf(bar(again));
        QCOMPARE(again.document()->project().tracks.size(), std::size_t(1));
        QVERIFY(again.isWindowModified());
        QCOMPARE(again.document()->project().media.path, m_clip.toStdString());
    }

    void whatIsDiscardedDoesNotComeBack()
    {
        const fs::path project = makeProject();
        MainWindow window(options());
        window.show();
        open(window, project);
        PoseEditor(window.document()).moveKeypoints(3, {{1, 0, 11, 7}});
        waitForDisk(window);
        window.close();
        auto *question = window.findChild<QMessageBox *>(QStringLiteral("unsavedQuestion"));
        QVERIFY(question != nullptr);
        QTest::mouseClick(question->button(QMessageBox::Discard), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window.isHidden(), kWaitMs);
        waitForDisk(window);
        MainWindow again(options());
        open(again, afterCrash(project));
        QCOMPARE(noseX(again, 3), 103.0);
        QVERIFY(bar(again)->isHidden());
    }

    void aFullDiskIsToldAndHealsByItself()
    {
        MainWindow window(options());
        window.show();
        window.findChild<ProjectJournal *>()->setVfs(FaultyVfs::install());
        open(window, makeProject());
        auto *mark = window.findChild<QLabel *>(QStringLiteral("journalMark"));
        QVERIFY(!mark->isVisible());
        FaultyVfs::diskIsFull = true;
        PoseEditor(window.document()).moveKeypoints(3, {{1, 0, 11, 7}});
        QTRY_VERIFY_WITH_TIMEOUT(!bar(window)->isHidden() && mark->isVisible(), kWaitMs);
        QCOMPARE(bar(window)->kind(), MessageBar::Kind::Error);
        QCOMPARE(noseX(window, 3), 11.0);
        FaultyVfs::heal();
        QTRY_VERIFY_WITH_TIMEOUT(!mark->isVisible(), kWaitMs);
        QCOMPARE(bar(window)->kind(), MessageBar::Kind::Information);
    }

    void undoAndRedoJumpToWhatTheyChange()
    {
        MainWindow window(options());
        window.show();
        open(window, makeProject());
        PoseEditor editor(window.document());
        editor.moveKeypoints(5, {{1, 3, 11, 7}});
        editor.setState({2, {12, 18}, {0, 1}}, KeypointState::Occluded);
        QCOMPARE(window.selection()->frame(), 0); // editing itself moves nothing
        window.findChild<QAction *>(QStringLiteral("undoAction"))->trigger();
        QCOMPARE(window.selection()->frame(), 12);
        QCOMPARE(window.selection()->track(), 2);
        window.playback()->goToFrame(15);
        window.findChild<QAction *>(QStringLiteral("redoAction"))->trigger();
        QCOMPARE(window.selection()->frame(), 15); // it is among what changed
        window.findChild<QAction *>(QStringLiteral("undoAction"))->trigger();
        window.findChild<QAction *>(QStringLiteral("undoAction"))->trigger();
        QCOMPARE(window.selection()->frame(), 5);
        QCOMPARE(window.selection()->track(), 1);
        QCOMPARE(window.selection()->joint(), 3);
    }

    void theHistoryListGoesToAnyStep()
    {
        MainWindow window(options());
        window.show();
        open(window, makeProject());
        PoseEditor editor(window.document());
        for (int i = 1; i <= 3; ++i)
            editor.moveKeypoints(i, {{1, 0, 10.0 * i, 7}});
        auto *dock = window.findChild<QDockWidget *>(QStringLiteral("historyDock"));
        QVERIFY(!dock->isVisible());
        window.findChild<QAction *>(QStringLiteral("showHistoryAction"))->trigger();
        QVERIFY(dock->isVisible());
        auto *list = window.findChild<QUndoView *>(QStringLiteral("historyList"));
        QCOMPARE(list->model()->rowCount(), 4);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                          list->visualRect(list->model()->index(1, 0)).center());
        QCOMPARE(window.document()->undoStack()->index(), 1);
        QCOMPARE(noseX(window, 2), 102.0);
    }
};

QTEST_MAIN(TestRecovery)
#include "tst_recovery.moc"
