#include "core/document/documentstore.h"
#include "core/document/posedocument.h"
#include "core/document/poseeditor.h"
#include "core/io/hdf5util.h"
#include "core/io/projectfile.h"
#include "core/io/projectsnapshot.h"
#include "tests/core/edit/editproject.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <functional>

using namespace poselift;

namespace {

constexpr int kWaitMs = 30000;

Project projectOf(const QString &media)
{
    Project project;
    project.uuid = "3f2b6c1e-0000-4000-8000-000000000001";
    project.media.path = media.toStdString();
    project.media.width = 640;
    project.media.height = 480;
    project.media.frameCount = 2;
    project.media.seconds = {0.0, 0.04};
    return project;
}

} // namespace

class TestDocumentStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mediaPathsAreRelativeInTheFileOnly()
    {
        const QString project = QStringLiteral("/data/study/a.poselift");
        QCOMPARE(mediaPathForFile("/data/study/clips/a.mp4", project), std::string("clips/a.mp4"));
        QCOMPARE(mediaPathForFile("/data/other/a.mp4", project), std::string("/data/other/a.mp4"));
        QCOMPARE(mediaPathForFile("", project), std::string());
        QCOMPARE(mediaPathInMemory("clips/a.mp4", project), std::string("/data/study/clips/a.mp4"));
        QCOMPARE(mediaPathInMemory("../b.mp4", project), std::string("/data/b.mp4"));
        QCOMPARE(mediaPathInMemory("/x/a.mp4", project), std::string("/x/a.mp4"));
    }

    void whatIsSavedIsLoaded()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.poselift"));
        PoseDocument document;
        document.reset(projectOf(folder.filePath(QStringLiteral("a.mp4"))), {}, false);
        document.setCamera(assumedIntrinsics(640, 480));
        {
            DocumentSaver saver(&document);
            QSignalSpy saved(&saver, &DocumentSaver::saved);
            saver.save(path);
            saver.save(path); // follows the first
            QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 2, kWaitMs);
        }
        QCOMPARE(document.project().saveGeneration, 2);
        QVERIFY(!document.isModified());

        DocumentLoader loader;
        QSignalSpy loaded(&loader, &DocumentLoader::loaded);
        loader.load(path);
        QTRY_COMPARE_WITH_TIMEOUT(loaded.count(), 1, kWaitMs);
        const auto result = loaded.at(0).at(0).value<std::shared_ptr<LoadedProject>>();
        QVERIFY(result->lock);
        QCOMPARE(result->project.media, document.project().media);
        QCOMPARE(result->project.camera, document.project().camera);
        QCOMPARE(result->project.saveGeneration, 2);

        // While this one is open, another window reads only.
        DocumentLoader second;
        QSignalSpy loadedAgain(&second, &DocumentLoader::loaded);
        second.load(path);
        QTRY_COMPARE_WITH_TIMEOUT(loadedAgain.count(), 1, kWaitMs);
        const auto other = loadedAgain.at(0).at(0).value<std::shared_ptr<LoadedProject>>();
        QVERIFY(!other->lock);
        QCOMPARE(other->lockError->code(), ErrorCode::ProjectLocked);
    }

    void whatIsEditedWhileAFileIsWrittenIsNotInIt_data()
    {
        using Edits = std::function<void(PoseDocument &, PoseEditor &)>;
        QTest::addColumn<Edits>("edits");
        QTest::newRow("a keypoint") << Edits([](PoseDocument &, PoseEditor &editor) {
            editor.moveKeypoints(3, {{1, 0, 11, 7}});
            editor.moveKeypoints(25, {{2, 0, 11, 7}}); // a track that was not there
        });
        QTest::newRow("keypoints of many frames, then of more") << Edits([](PoseDocument &, PoseEditor &editor) {
            editor.setState({1, {4, 4}, {2, 3}}, KeypointState::Occluded); // in place
            editor.moveKeypoints(4, {{1, 2, 1, 2}});
            editor.acceptPredictions({1, {0, 19}, {0, 1, 2}}); // the track grows at both ends
            editor.moveKeypoints(4, {{1, 2, 3, 4}});
        });
        QTest::newRow("undo") << Edits([](PoseDocument &document, PoseEditor &) { document.undoStack()->undo(); });
        QTest::newRow("people") << Edits([](PoseDocument &, PoseEditor &editor) {
            editor.swapPeople(1, 2, 15);
            editor.deletePerson(1);
        });
        QTest::newRow("layers") << Edits([](PoseDocument &document, PoseEditor &) {
            document.acceptLayers(QStringLiteral("Detect"), {{"detected", document.project().skeleton, "", {}}}, {});
        });
        QTest::newRow("another project") << Edits([](PoseDocument &document, PoseEditor &) { document.reset({}, {}, false); });
    }

    void whatIsEditedWhileAFileIsWrittenIsNotInIt()
    {
        QFETCH(std::function<void(PoseDocument &, PoseEditor &)>, edits);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.poselift"));
        PoseDocument document;
        document.reset(makeEditProject(), {}, false);
        PoseEditor editor(&document);
        editor.moveKeypoints(4, {{1, 2, 33, 44}});
        Project expected = document.project();
        DocumentSaver saver(&document);
        QSignalSpy saved(&saver, &DocumentSaver::saved);
        {
            const hdf5::Session writersWait; // so that all edits come before anything is written
            saver.save(path);
            edits(document, editor);
            QVERIFY(document.project() != expected);
        }
        QTRY_COMPARE_WITH_TIMEOUT(saved.count(), 1, kWaitMs);
        Project written = *readProject(path.toStdString());
        QCOMPARE(written.saveGeneration, 1);
        written.saveGeneration = 0;
        written.meta = expected.meta = {};
        QVERIFY(written == expected);
    }

    void aSnapshotOutlivesItsDocument()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.poselift"));
        std::shared_ptr<ProjectSnapshot> snapshot;
        {
            PoseDocument document;
            document.reset(makeEditProject(), {}, false);
            snapshot = document.snapshot();
        }
        QVERIFY(writeProject(*snapshot, path.toStdString()).ok());
        QVERIFY(*readProject(path.toStdString()) == makeEditProject());
    }

    void aFailedSaveKeepsTheDocumentUnsavedAndTheOldFile()
    {
        QTemporaryDir folder;
        PoseDocument document;
        document.reset(projectOf(QStringLiteral("/a.mp4")), {}, false);
        document.setCamera(assumedIntrinsics(640, 480));
        DocumentSaver saver(&document);
        QSignalSpy saved(&saver, &DocumentSaver::saved);
        QSignalSpy failed(&saver, &DocumentSaver::failed);
        saver.save(folder.filePath(QStringLiteral("no/such/folder/a.poselift")));
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWaitMs);
        QCOMPARE(saved.count(), 0);
        QVERIFY(document.isModified());
        QVERIFY(document.path().isEmpty());
        QCOMPARE(document.project().saveGeneration, 0);
    }

    void aFileThatIsNoProjectIsAnError()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("a.poselift")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("not HDF5");
        file.close();
        DocumentLoader loader;
        QSignalSpy failed(&loader, &DocumentLoader::failed);
        loader.load(file.fileName());
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWaitMs);
        QVERIFY(!loader.isLoading());
    }
};

QTEST_GUILESS_MAIN(TestDocumentStore)
#include "tst_documentstore.moc"
