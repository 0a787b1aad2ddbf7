#include "tests/core/edit/editproject.h"
#include "tests/document/editsession.h"
#include "tests/support/faultyvfs.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace poselift;

namespace fs = std::filesystem;

namespace {

constexpr int kWaitMs = 20000;

/// A folder with a saved project, and the state folder of the journals beside it.
struct Place
{
    Place()
    {
        ::qputenv("POSELIFT_STATE", state().string().c_str());
        fs::create_directories(home());
        if (!writeProject(makeEditProject(), project()))
            qFatal("the project cannot be written");
    }
    fs::path root() const { return m_folder.path().toStdString(); }
    fs::path home() const { return root() / "k\u00f6ln \u5317\u4eac"; }
    fs::path state() const { return root() / "state"; }
    fs::path project() const { return home() / "a b.poselift"; }
    fs::path journal() const { return home() / "a b.poselift.journal"; }
    /// What kill -9 or a power cut would leave of the folder at this moment, as a folder of its
    /// own.
    fs::path afterCrash() const
    {
        static int count = 0;
        const fs::path copy = root() / ("crash" + std::to_string(++count));
        fs::create_directories(copy);
        for (const fs::directory_entry &entry : fs::directory_iterator(home())) {
            if (entry.path().extension() != ".lock")
                fs::copy(entry.path(), copy / entry.path().filename());
        }
        return copy / project().filename();
    }

private:
    QTemporaryDir m_folder;
};

bool isOnDisk(EditSession &session)
{
    return QTest::qWaitFor([&] { return session.journal.isAcknowledged(); }, kWaitMs);
}

bool save(EditSession &session, const fs::path &path)
{
    QSignalSpy saved(&session.saver, &DocumentSaver::saved);
    session.saver.save(QString::fromStdString(path.string()));
    return QTest::qWaitFor([&] { return !saved.isEmpty(); }, kWaitMs);
}

void move(EditSession &session, qint64 frame, double x)
{
    session.editor.moveKeypoints(frame, {{1, 0, x, 7}});
}

double noseX(const EditSession &session, qint64 frame)
{
    return session.document.project().effectivePose(1, frame)[0].x;
}

QStringList texts(EditSession &session)
{
    QStringList texts;
    for (int i = 0; i < session.document.undoStack()->count(); ++i)
        texts << session.document.undoStack()->text(i);
    return texts;
}

/// All but what a save changes.
Project content(Project project)
{
    project.saveGeneration = 0;
    project.meta.clear();
    return project;
}

} // namespace

class TestProjectJournal : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { FaultyVfs::heal(); }

    void lookingAtAProjectLeavesNothingBehind()
    {
        Place place;
        {
            EditSession session;
            QCOMPARE(session.open(place.project()), 0);
            QVERIFY(session.journal.isAcknowledged());
        }
        QVERIFY(!fs::exists(place.journal()));
    }

    void editsComeBackAfterACrash()
    {
        Place place;
        EditSession session;
        session.open(place.project());
        move(session, 3, 11);
        move(session, 4, 22);
        session.editor.swapPeople(1, 2, 12);
        session.editor.deletePerson(2);
        QVERIFY(!session.journal.isAcknowledged());
        QVERIFY(isOnDisk(session));

        EditSession again;
        QCOMPARE(again.open(place.afterCrash()), 4);
        QVERIFY(again.document.project() == session.document.project());
        QVERIFY(again.document.isModified());
        QCOMPARE(texts(again), texts(session));
        while (again.document.undoStack()->canUndo())
            again.document.undoStack()->undo();
        QVERIFY(again.document.project() == makeEditProject());
        QVERIFY(!again.document.isModified());
    }

    void aDetectionIsNotLostEither()
    {
        Place place;
        EditSession session;
        session.open(place.project());
        KeypointLayer detected = *session.document.project().keypointLayer("detected");
        detected.producer = "another";
        detected.tracks.pop_back();
        session.document.acceptLayers(QStringLiteral("Detect"), {detected},
                                      {{"lifted/new", detected.skeleton, "p", {}}});
        QVERIFY(isOnDisk(session));
        EditSession again;
        QCOMPARE(again.open(place.afterCrash()), 1);
        QVERIFY(again.document.project() == session.document.project());
        again.document.undoStack()->undo();
        QVERIFY(again.document.project() == makeEditProject());
    }

    void undoHistorySurvivesCloseAndReopen()
    {
        Place place;
        Project atClose;
        {
            EditSession session;
            session.open(place.project());
            for (int i = 1; i <= 5; ++i)
                move(session, i, 10 * i);
            session.document.undoStack()->undo();
            QVERIFY(save(session, place.project()));
            atClose = session.document.project();
        }
        EditSession again;
        QCOMPARE(again.open(place.project()), 0);
        QVERIFY(again.document.project() == atClose);
        QVERIFY2(!again.document.isModified(), "the file holds all of it");
        QCOMPARE(again.document.undoStack()->count(), 5);
        QCOMPARE(again.document.undoStack()->index(), 4);
        again.document.undoStack()->redo();
        QCOMPARE(noseX(again, 5), 50.0);
        QVERIFY(again.document.isModified());
        again.document.undoStack()->setIndex(0);
        QVERIFY(content(again.document.project()) == content(makeEditProject()));
        // …and the next time as well, from wherever it was left.
        QVERIFY(isOnDisk(again));
        EditSession third;
        QCOMPARE(third.open(place.afterCrash()), 4);
        QVERIFY(third.document.project() == again.document.project());
        QCOMPARE(third.document.undoStack()->count(), 5);
    }

    void aDragIsOneStepInTheJournalToo()
    {
        Place place;
        EditSession session;
        session.open(place.project());
        const int drag = session.editor.beginDrag();
        for (int i = 0; i < 50; ++i)
            session.editor.moveKeypoints(5, {{1, 0, 10.0 + i, 5}}, drag);
        const int vanishing = session.editor.beginDrag();
        const Keypoint2D start = session.document.project().effectivePose(1, 8)[0];
        session.editor.moveKeypoints(8, {{1, 0, 0, 0}}, vanishing);
        session.editor.moveKeypoints(8, {{1, 0, start.x, start.y}}, vanishing);
        QVERIFY(isOnDisk(session));
        EditSession again;
        QCOMPARE(again.open(place.afterCrash()), 1);
        QVERIFY(again.document.project() == session.document.project());
        QCOMPARE(again.document.undoStack()->count(), 1);
        again.document.undoStack()->undo();
        QVERIFY(again.document.project() == makeEditProject());
    }

    /// The file holds steps that were undone and replaced: the journal must know the way back.
    void aBranchThatTheFileStillHoldsIsUndoneOnOpening()
    {
        Place place;
        EditSession session;
        session.open(place.project());
        for (int i = 1; i <= 4; ++i)
            move(session, i, 10 * i);
        QVERIFY(save(session, place.project()));
        session.document.undoStack()->setIndex(2);
        move(session, 3, 333);
        QVERIFY(isOnDisk(session));
        EditSession again;
        QCOMPARE(again.open(place.afterCrash()), 3);
        QVERIFY(again.document.project() == session.document.project());
        QCOMPARE(texts(again), texts(session));
        QVERIFY(again.document.isModified());
        again.document.undoStack()->setIndex(0);
        QVERIFY(content(again.document.project()) == content(makeEditProject()));
        QVERIFY2(again.document.isModified(), "the file holds something else");
    }

    void aCrashBetweenWritingTheFileAndNotingItIsNoMismatch()
    {
        Place place;
        EditSession session;
        session.open(place.project());
        move(session, 3, 11);
        const auto wait = session.journal.beginSave(1, "the save");
        wait();
        // Killed before the rename: the old file, the journal announces a save.
        {
            EditSession again;
            QCOMPARE(again.open(place.afterCrash()), 1);
            QVERIFY(again.document.project() == session.document.project());
            QVERIFY(!again.offer);
        }
        // Killed after the rename.
        const fs::path copy = place.afterCrash();
        Project written = session.document.project();
        written.saveGeneration = 1;
        written.meta[kSaveId] = "the save";
        QVERIFY(writeProject(written, copy).ok());
        EditSession again;
        QCOMPARE(again.open(copy), 0);
        QVERIFY(!again.offer);
        QVERIFY(!again.document.isModified());
        QCOMPARE(again.document.undoStack()->count(), 1);
        again.document.undoStack()->undo();
        QCOMPARE(noseX(again, 3), 103.0);
    }

    void aProjectRestoredFromAnOlderCopyIsOfferedTheNewerJournal()
    {
        Place place;
        EditSession session;
        session.open(place.project());
        move(session, 3, 11);
        QVERIFY(save(session, place.project()));
        const Project old = *readProject(place.project());
        move(session, 4, 22);
        QVERIFY(save(session, place.project()));
        move(session, 5, 33);
        QVERIFY(isOnDisk(session));
        const fs::path copy = place.afterCrash();
        QVERIFY(writeProject(old, copy).ok());

        EditSession again;
        QCOMPARE(again.open(copy), 0);
        QVERIFY2(noseX(again, 4) == 104.0, "nothing is replayed unasked");
        QVERIFY(again.offer);
        QVERIFY(fs::exists(again.offer->aside));
        QCOMPARE(again.journal.recover(*again.offer), 2);
        QCOMPARE(noseX(again, 4), 22.0);
        QCOMPARE(noseX(again, 5), 33.0);
        QCOMPARE(texts(again), texts(session));
        QVERIFY(again.document.isModified());
        // What was recovered is in the new journal.
        QVERIFY(isOnDisk(again));
        move(again, 6, 44);
        QVERIFY(isOnDisk(again));
        const Project recovered = again.document.project();
        again.document.reset({}, {}, false); // closes the journal, as a crash would
        again.saver.setLock(nullptr);
        EditSession third;
        QCOMPARE(third.open(copy), 3);
        QVERIFY(third.document.project() == recovered);
        QVERIFY(!third.offer);
        third.document.undoStack()->setIndex(0);
        QVERIFY(content(third.document.project()) == content(makeEditProject()));
    }

    void aProjectThatWasSavedElsewhereIsOfferedTheEditsOnTop()
    {
        Place place;
        EditSession session;
        session.open(place.project());
        move(session, 3, 11);
        QVERIFY(save(session, place.project()));
        move(session, 4, 22);
        QVERIFY(isOnDisk(session));
        // Same generation, but another save: a copy that went its own way and came back.
        const fs::path copy = place.afterCrash();
        Project other = makeEditProject();
        other.saveGeneration = 1;
        other.meta[kSaveId] = "on another machine";
        QVERIFY(writeProject(other, copy).ok());
        EditSession again;
        QCOMPARE(again.open(copy), 0);
        QVERIFY(again.offer);
        QCOMPARE(again.journal.recover(*again.offer), 1);
        QCOMPARE(noseX(again, 3), 103.0);
        QCOMPARE(noseX(again, 4), 22.0);
    }

    /// poselift-cli may write a project between two sessions: nothing to ask about.
    void aProjectThatWasSavedElsewhereWithNothingUnsavedAsksNothing()
    {
        Place place;
        {
            EditSession session;
            session.open(place.project());
            move(session, 3, 11);
            QVERIFY(save(session, place.project()));
        }
        Project other = *readProject(place.project());
        other.meta[kSaveId] = newUuid();
        ++other.saveGeneration;
        QVERIFY(writeProject(other, place.project()).ok());
        EditSession again;
        QSignalSpy noticed(&again.journal, &ProjectJournal::noticed);
        QCOMPARE(again.open(place.project()), 0);
        QVERIFY(!again.offer);
        QVERIFY(noticed.isEmpty());
        QCOMPARE(noseX(again, 3), 11.0);
        QVERIFY2(again.document.undoStack()->count() == 0, "what it undoes may be gone");
    }

    void historyGoesOnAfterAnotherProgramAddedALayer_data()
    {
        QTest::addColumn<bool>("isDetectedBetween");
        QTest::addColumn<int>("steps");
        QTest::newRow("edits of keypoints") << false << 2;
        QTest::newRow("a detection among them") << true << 1;
    }

    /// poselift-cli lift: the file's save id stays, its generation grows.
    void historyGoesOnAfterAnotherProgramAddedALayer()
    {
        QFETCH(bool, isDetectedBetween);
        QFETCH(int, steps);
        Place place;
        {
            EditSession session;
            session.open(place.project());
            move(session, 3, 11);
            if (isDetectedBetween) {
                const KeypointLayer layer = session.document.project().keypointLayers[0];
                session.document.acceptLayers(QStringLiteral("Detect"), {layer}, {});
            }
            move(session, 4, 22);
            QVERIFY(save(session, place.project()));
        }
        Project derived = *readProject(place.project());
        derived.jointLayers.push_back({"lifted/other", derived.skeleton, "", {}});
        ++derived.saveGeneration;
        QVERIFY(writeProject(derived, place.project()).ok());
        for (int round = 0; round < 2; ++round) { // the second time it simply matches
            EditSession session;
            QSignalSpy noticed(&session.journal, &ProjectJournal::noticed);
            QCOMPARE(session.open(place.project()), 0);
            QVERIFY(!session.offer && noticed.isEmpty() && !session.document.isModified());
            QCOMPARE(session.document.undoStack()->count(), steps);
            QCOMPARE(session.document.project().jointLayers.size(), std::size_t(2));
        }
        {
            EditSession session;
            session.open(place.project());
            session.document.undoStack()->undo();
            QCOMPARE(noseX(session, 4), 104.0);
            QCOMPARE(noseX(session, 3), 11.0);
            QVERIFY(isOnDisk(session));
        }
        ++derived.saveGeneration; // now there is an edit that the other program did not know
        QVERIFY(writeProject(derived, place.project()).ok());
        EditSession session;
        QCOMPARE(session.open(place.project()), 0);
        QVERIFY(session.offer.has_value());
        QCOMPARE(noseX(session, 4), 22.0);
    }

    /// The edits of a window that could only read the project are not lost with it.
    void editsOfAReadOnlyWindowAreOfferedLater()
    {
        Place place;
        {
            EditSession first;
            first.open(place.project());
            EditSession second;
            second.open(place.project());
            move(second, 4, 22);
            QVERIFY(isOnDisk(second));
            move(first, 3, 11);
            QVERIFY(isOnDisk(first));
        }
        EditSession again;
        QCOMPARE(again.open(place.project()), 1);
        QVERIFY(again.offer);
        QCOMPARE(again.journal.recover(*again.offer), 1);
        QCOMPARE(noseX(again, 3), 11.0);
        QCOMPARE(noseX(again, 4), 22.0);
    }

    void anOfferThatIsNotTakenIsKeptAndNotRepeated()
    {
        Place place;
        EditSession session;
        session.open(place.project());
        move(session, 3, 11);
        QVERIFY(isOnDisk(session));
        const fs::path copy = place.afterCrash();
        Project other = makeEditProject();
        other.saveGeneration = 9;
        QVERIFY(writeProject(other, copy).ok());
        fs::path aside;
        {
            EditSession again;
            again.open(copy);
            QVERIFY(again.offer);
            aside = again.offer->aside;
        }
        EditSession later;
        QCOMPARE(later.open(copy), 0);
        QVERIFY(!later.offer);
        QVERIFY(fs::exists(aside));
    }

    void aCopiedProjectStartsAJournalOfItsOwn()
    {
        Place place;
        EditSession session;
        session.open(place.project());
        move(session, 3, 11);
        QVERIFY(isOnDisk(session));
        const fs::path copy = place.home() / "copy.poselift";
        fs::copy(place.project(), copy);
        EditSession other;
        QCOMPARE(other.open(copy), 0);
        QCOMPARE(noseX(other, 3), 103.0);
        move(other, 4, 5);
        QVERIFY(isOnDisk(other));
        QVERIFY(fs::exists(place.home() / "copy.poselift.journal"));
        EditSession again;
        QCOMPARE(again.open(place.afterCrash()), 1);
        QCOMPARE(noseX(again, 3), 11.0);
        QCOMPARE(noseX(again, 4), 104.0);
    }

    void theJournalOfAnotherProjectIsSetAside()
    {
        Place place;
        {
            EditSession session;
            session.open(place.project());
            move(session, 3, 11);
            QVERIFY(isOnDisk(session));
        }
        Project other = makeEditProject();
        other.uuid = newUuid();
        QVERIFY(writeProject(other, place.project()).ok());
        EditSession session;
        QSignalSpy noticed(&session.journal, &ProjectJournal::noticed);
        QCOMPARE(session.open(place.project()), 0);
        QVERIFY(!session.offer);
        QCOMPARE(noticed.count(), 1);
        QCOMPARE(static_cast<const Error *>(noticed.at(0).at(0).constData())->code(),
                 ErrorCode::JournalSetAside);
        QCOMPARE(noseX(session, 3), 103.0);
    }

    void aDamagedJournalIsSetAside()
    {
        Place place;
        QFile file(QString::fromStdString(place.journal().string()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        EditSession session;
        QCOMPARE(session.open(place.project()), 0);
        move(session, 3, 11);
        QVERIFY(isOnDisk(session));
        EditSession again;
        QCOMPARE(again.open(place.afterCrash()), 1);
    }

    void savingUnderANewNameTakesTheHistoryAlong()
    {
        Place place;
        const fs::path other = place.home() / "other.poselift";
        {
            EditSession session;
            session.open(place.project());
            move(session, 3, 11);
            QVERIFY(save(session, other));
            move(session, 4, 22);
            QVERIFY(isOnDisk(session));
            EditSession crashed;
            QCOMPARE(crashed.open(place.afterCrash().parent_path() / "other.poselift"), 1);
            QVERIFY(crashed.document.project() == session.document.project());
            QCOMPARE(crashed.document.undoStack()->count(), 2);
        }
        // The old project is as it was saved; what was done since can be redone.
        EditSession old;
        QCOMPARE(old.open(place.project()), 0);
        QCOMPARE(noseX(old, 3), 103.0);
        old.document.undoStack()->redo();
        QCOMPARE(noseX(old, 3), 11.0);
    }

    void whatTheUserDiscardsDoesNotComeBackByItself()
    {
        Place place;
        {
            EditSession session;
            session.open(place.project());
            move(session, 3, 11);
            session.journal.discardUnsaved();
        }
        EditSession again;
        QCOMPARE(again.open(place.project()), 0);
        QCOMPARE(noseX(again, 3), 103.0);
        QVERIFY(!again.document.isModified());
    }

    void aProjectThatWasNeverSavedComesBackByItsVideo()
    {
        Place place;
        Project fresh = makeEditProject();
        fresh.media.path = "/videos/a.mp4";
        QVERIFY(!findUnsavedJournal("/videos/a.mp4"));
        EditSession session;
        session.journal.openUnsaved(fresh, nullptr);
        move(session, 3, 11);
        QVERIFY(isOnDisk(session));
        QVERIFY2(!findUnsavedJournal("/videos/a.mp4"), "it is open here");
        session.document.reset({}, {}, false);

        QVERIFY(!findUnsavedJournal("/videos/b.mp4"));
        Project anew = makeEditProject();
        anew.uuid = newUuid();
        anew.media.path = "/videos/a.mp4";
        EditSession again;
        QCOMPARE(again.journal.openUnsaved(anew, findUnsavedJournal("/videos/a.mp4")), 1);
        QCOMPARE(noseX(again, 3), 11.0);
        QCOMPARE(again.document.project().uuid, fresh.uuid);
        QVERIFY(again.document.isModified());

        // Its first save takes the journal beside it.
        const fs::path path = place.home() / "first.poselift";
        QVERIFY(save(again, path));
        move(again, 4, 22);
        QVERIFY(isOnDisk(again));
        QVERIFY(fs::exists(place.home() / "first.poselift.journal"));
        again.document.reset({}, {}, false);
        again.saver.setLock(nullptr);
        QVERIFY(!findUnsavedJournal("/videos/a.mp4"));
        EditSession third;
        QCOMPARE(third.open(path), 1);
        QCOMPARE(third.document.undoStack()->count(), 2);
    }

    void aDiscardedUnsavedProjectIsGone()
    {
        Place place;
        Project fresh = makeEditProject();
        fresh.media.path = "/videos/a.mp4";
        {
            EditSession session;
            session.journal.openUnsaved(fresh, nullptr);
            move(session, 3, 11);
            QVERIFY(isOnDisk(session));
            session.journal.discardUnsaved();
        }
        QVERIFY(!findUnsavedJournal("/videos/a.mp4"));
    }

    void faultsKeepTheEditInMemoryAndAreTold_data()
    {
        QTest::addColumn<bool>("full");
        QTest::newRow("disk full") << true;
        QTest::newRow("failing fsync") << false;
    }

    void faultsKeepTheEditInMemoryAndAreTold()
    {
        QFETCH(bool, full);
        Place place;
        EditSession session;
        session.journal.setVfs(FaultyVfs::install());
        session.open(place.project());
        move(session, 3, 11);
        QVERIFY(isOnDisk(session));
        QSignalSpy failed(&session.journal, &ProjectJournal::failed);
        QSignalSpy recovered(&session.journal, &ProjectJournal::recoveredFromFailure);
        (full ? FaultyVfs::diskIsFull : FaultyVfs::syncFails) = true;
        move(session, 4, 22);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, kWaitMs);
        const Error error = *static_cast<const Error *>(failed.at(0).at(0).constData());
        QCOMPARE(error.code(), ErrorCode::JournalNotWritten);
        move(session, 5, 33);
        QTest::qWait(50);
        QVERIFY(!session.journal.isAcknowledged());
        QCOMPARE(noseX(session, 4), 22.0);
        QCOMPARE(failed.count(), 1);
        FaultyVfs::heal();
        QVERIFY2(isOnDisk(session), "tried again without being asked");
        QCOMPARE(recovered.count(), 1);
        EditSession again;
        QCOMPARE(again.open(place.afterCrash()), 3);
        QVERIFY(again.document.project() == session.document.project());
    }

    void savingHelpsWhenTheJournalCannotBeWritten()
    {
        Place place;
        EditSession session;
        session.journal.setVfs(FaultyVfs::install());
        session.open(place.project());
        move(session, 3, 11);
        QVERIFY(isOnDisk(session));
        FaultyVfs::diskIsFull = true;
        move(session, 4, 22);
        QVERIFY(save(session, place.project()));
        QVERIFY(!session.document.isModified());
        QCOMPARE(readProject(place.project())->saveGeneration, std::int64_t(1));
    }

    /// What the message advises: the journal goes on at the new place.
    void savingToAnotherDiskHelps()
    {
        Place place;
        const fs::path other = place.root() / "other disk" / "a.poselift";
        fs::create_directories(other.parent_path());
        EditSession session;
        session.journal.setVfs(FaultyVfs::install());
        FaultyVfs::faultyFolder = place.home().string();
        session.open(place.project());
        move(session, 3, 11);
        QVERIFY(isOnDisk(session));
        FaultyVfs::diskIsFull = true;
        move(session, 4, 22);
        QVERIFY(save(session, other));
        move(session, 5, 33);
        QVERIFY2(isOnDisk(session), "the full disk does not matter any more");
        session.document.reset({}, {}, false);
        session.saver.setLock(nullptr);
        EditSession again;
        QCOMPARE(again.open(other), 1);
        QCOMPARE(noseX(again, 4), 22.0);
        QCOMPARE(noseX(again, 5), 33.0);
        QCOMPARE(again.document.undoStack()->count(), 1);
    }

    void elsewhere_data()
    {
        QTest::addColumn<bool>("readOnly");
        QTest::newRow("a folder that cannot be written") << true;
        QTest::newRow("a folder without locks") << false;
    }

    /// The state folder takes over and the user is told.
    void elsewhere()
    {
        QFETCH(bool, readOnly);
        Place place;
        EditSession session;
        session.journal.setVfs(FaultyVfs::install());
        session.open(place.project());
        QSignalSpy noticed(&session.journal, &ProjectJournal::noticed);
        (readOnly ? FaultyVfs::readOnlyFolder : FaultyVfs::locklessFolder) = place.home().string();
        move(session, 3, 11);
        QVERIFY(isOnDisk(session));
        QTRY_COMPARE_WITH_TIMEOUT(noticed.count(), 1, kWaitMs);
        QCOMPARE(static_cast<const Error *>(noticed.at(0).at(0).constData())->code(),
                 ErrorCode::JournalElsewhere);
        QVERIFY(!fs::exists(place.journal()) || fs::file_size(place.journal()) == 0);
        session.document.reset({}, {}, false);
        session.saver.setLock(nullptr);
        FaultyVfs::heal();
        EditSession again;
        QCOMPARE(again.open(place.project()), 1);
        QCOMPARE(noseX(again, 3), 11.0);
    }

    void twoWindowsOnOneProjectCannotBothWrite()
    {
        Place place;
        EditSession first;
        first.open(place.project());
        move(first, 3, 11);
        QVERIFY(isOnDisk(first));
        EditSession second;
        QCOMPARE(second.open(place.project()), 0);
        QVERIFY(second.document.isReadOnly());
        QCOMPARE(noseX(second, 3), 103.0);
        move(second, 4, 22); // kept in the state folder, not in the first window's journal
        QVERIFY(isOnDisk(second));
        EditSession again;
        QCOMPARE(again.open(place.afterCrash()), 1);
        QCOMPARE(noseX(again, 4), 104.0);
    }

    void longNamesWork_data()
    {
        QTest::addColumn<int>("bytes");
        QTest::addColumn<bool>("isBeside");
        QTest::newRow("200") << 200 << true;
        QTest::newRow("with what SQLite appends exactly what a file system takes") << 239 << true;
        QTest::newRow("too long for a journal beside it") << 246 << false;
    }

    /// Of the file itself, in Chinese characters of three bytes. 255 bytes is the limit of Linux' file
    /// systems, and SQLite needs ".journal-journal" behind the name for a moment.
    void longNamesWork()
    {
        QFETCH(int, bytes);
        QFETCH(bool, isBeside);
        Place place;
        std::string name = ".poselift";
        while (static_cast<int>(name.size()) + 3 <= bytes)
            name.insert(0, "\u59ff");
        name.insert(0, static_cast<std::size_t>(bytes) - name.size(), ' ');
        const fs::path path = place.home() / name;
        QVERIFY(writeProject(makeEditProject(), path).ok());
        fs::path journal = path;
        journal += ".journal";
        {
            EditSession session;
            session.open(path);
            QVERIFY(!session.document.isReadOnly());
            move(session, 3, 11);
            QVERIFY(save(session, path));
            move(session, 4, 22);
            QVERIFY(isOnDisk(session));
            QCOMPARE(fs::exists(journal) && fs::file_size(journal) > 0, isBeside);
        }
        EditSession again;
        QCOMPARE(again.open(path), 1);
        QCOMPARE(noseX(again, 3), 11.0);
        QCOMPARE(noseX(again, 4), 22.0);
        QCOMPARE(again.document.undoStack()->count(), 2);
    }

    void longPathsWork()
    {
        Place place;
        fs::path folder = place.home();
        for (int i = 0; i < 5; ++i)
            folder /= std::string(60, static_cast<char>('a' + i));
        fs::create_directories(folder);
        const fs::path path = folder / "\u59ff\u52bf test.poselift";
        QVERIFY(path.string().size() > 300);
        QVERIFY(writeProject(makeEditProject(), path).ok());
        {
            EditSession session;
            session.open(path);
            move(session, 3, 11);
        }
        EditSession again;
        QCOMPARE(again.open(path), 1);
    }
};

QTEST_GUILESS_MAIN(TestProjectJournal)
#include "tst_projectjournal.moc"
