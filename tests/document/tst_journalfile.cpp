#include "core/document/journal/journalfile.h"

#include "tests/support/faultyvfs.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>

using namespace poselift;

namespace fs = std::filesystem;

namespace {

fs::path in(const QTemporaryDir &folder, const char *name)
{
    return folder.filePath(QString::fromUtf8(name)).toStdString();
}

JournalNode node(JournalNodeId id, JournalNodeId parent, qsizetype bytes = 3)
{
    return {id,
            parent,
            {"keypoints", QStringLiteral("Schritt %1 北").arg(id), QByteArray(bytes, 'b'),
             QByteArray(bytes + 1, 'a')}};
}

JournalChange step(JournalNodeId id, JournalNodeId parent, qsizetype bytes = 3)
{
    JournalChange change;
    change.nodes = {node(id, parent, bytes)};
    change.current = change.tip = id;
    return change;
}

JournalChange saved(std::int64_t generation, JournalNodeId at, bool confirmed = true)
{
    JournalChange change;
    change.save = JournalSave{generation, "save" + std::to_string(generation), at, confirmed};
    return change;
}

std::unique_ptr<JournalFile> opened(const fs::path &path, const std::string &vfs = {})
{
    Result<std::unique_ptr<JournalFile>> file = JournalFile::open(path, vfs);
    if (!file)
        qWarning("%s", file.error().sentence().c_str());
    return file ? std::move(*file) : nullptr;
}

} // namespace

class TestJournalFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { FaultyVfs::heal(); }

    void whatWasCommittedIsRead()
    {
        QTemporaryDir folder;
        const fs::path path = in(folder, "a b 北京.poselift.journal");
        {
            auto file = opened(path);
            QVERIFY(file);
            QVERIFY(file->setIdentity({"uuid", "/videos/a.mp4"}).ok());
            QVERIFY(file->commit({saved(4, 0), step(1, 0), step(2, 1)}).ok());
            QVERIFY(file->commit({step(3, 1), saved(5, 3, false)}).ok());
            QVERIFY(file->commit({saved(5, 3)}).ok());
        }
        auto file = opened(path);
        const Result<JournalContent> content = file->read();
        QVERIFY(content.ok());
        QCOMPARE(content->identity, (JournalIdentity{"uuid", "/videos/a.mp4"}));
        QCOMPARE(content->nodes, (std::vector<JournalNode>{node(1, 0), node(2, 1), node(3, 1)}));
        QCOMPARE(content->current, JournalNodeId(3));
        QCOMPARE(content->saves,
                 (std::vector<JournalSave>{{4, "save4", 0, true}, {5, "save5", 3, true}}));
        QVERIFY(content->matches(5, "save5"));
        QVERIFY(!content->matches(4, "save4"));
        QVERIFY(!content->matches(5, "another"));
    }

    void aSaveThatWasBegunMayHaveHappenedOrNot()
    {
        QTemporaryDir folder;
        auto file = opened(in(folder, "a"));
        QVERIFY(file->commit({saved(4, 0), step(1, 0), saved(5, 1, false)}).ok());
        const JournalContent content = *file->read();
        QVERIFY(content.matches(4, "save4"));
        QVERIFY(content.matches(5, "save5"));
    }

    void anEntryThatIsWrittenAgainReplacesItself()
    {
        QTemporaryDir folder;
        auto file = opened(in(folder, "a"));
        QVERIFY(file->commit({step(1, 0, 100)}).ok());
        QVERIFY(file->commit({step(1, 0, 5)}).ok());
        QCOMPARE(file->read()->nodes, (std::vector<JournalNode>{node(1, 0, 5)}));
    }

    void hugeStepsAreWrittenInParts()
    {
        QTemporaryDir folder;
        auto file = opened(in(folder, "a"));
        constexpr qsizetype kBytes = 64LL * 1024 * 1024 + 7;
        QVERIFY(file->commit({step(1, 0, kBytes)}).ok());
        QVERIFY(file->read()->nodes.at(0) == node(1, 0, kBytes));
    }

    void onlyOneWindowHasIt()
    {
        QTemporaryDir folder;
        auto first = opened(in(folder, "a"));
        Result<std::unique_ptr<JournalFile>> second = JournalFile::open(in(folder, "a"));
        QVERIFY(!second.ok());
        QCOMPARE(second.error().code(), ErrorCode::JournalInUse);
        first.reset();
        QVERIFY(JournalFile::open(in(folder, "a")).ok());
    }

    void otherFilesAreRefused()
    {
        QTemporaryDir folder;
        QFile text(folder.filePath(QStringLiteral("text")));
        QVERIFY(text.open(QIODevice::WriteOnly));
        text.write(QByteArray(4096, 'x'));
        text.close();
        QCOMPARE(JournalFile::open(in(folder, "text")).error().code(), ErrorCode::JournalDamaged);
        QCOMPARE(JournalFile::open(in(folder, "no/such/folder")).error().code(),
                 ErrorCode::JournalNotWritten);
    }

    void everyCommitIsFlushed()
    {
        QTemporaryDir folder;
        auto file = opened(in(folder, "a"), FaultyVfs::install());
        for (JournalNodeId id = 1; id <= 5; ++id) {
            const int before = FaultyVfs::syncs;
            QVERIFY(file->commit({step(id, id - 1)}).ok());
            QVERIFY(FaultyVfs::syncs > before);
        }
        QVERIFY2(!fs::exists(in(folder, "a-shm")), "no shared memory");
    }

    void faults_data()
    {
        QTest::addColumn<bool>("full");
        QTest::newRow("disk full") << true;
        QTest::newRow("failing fsync") << false;
    }

    void faults()
    {
        QFETCH(bool, full);
        QTemporaryDir folder;
        const std::string vfs = FaultyVfs::install();
        auto file = opened(in(folder, "a"), vfs);
        QVERIFY(file->commit({step(1, 0)}).ok());
        (full ? FaultyVfs::diskIsFull : FaultyVfs::syncFails) = true;
        const Result<void> refused = file->commit({step(2, 1)});
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code(), ErrorCode::JournalNotWritten);
        file.reset();
        FaultyVfs::heal();
        file = opened(in(folder, "a"), vfs);
        QVERIFY2(file->read()->node(1) != nullptr, "what was acknowledged stays");
        QVERIFY(file->commit({step(2, 1)}).ok());
        QCOMPARE(file->read()->nodes.size(), std::size_t(2));
    }

    void noLocksNoJournal()
    {
        QTemporaryDir folder;
        const std::string vfs = FaultyVfs::install();
        FaultyVfs::locklessFolder = folder.path().toStdString();
        QVERIFY(!JournalFile::open(in(folder, "a"), vfs).ok());
    }

    void pruningKeepsTheBranchFromTheSaveOn()
    {
        QTemporaryDir folder;
        auto file = opened(in(folder, "a"));
        // 1 – 2 – 3 – 4, an abandoned 5 behind 2, saved at 3.
        QVERIFY(file->commit({saved(1, 0), step(1, 0, 1000), step(2, 1, 1000), step(5, 2),
                              step(6, 2, 1000), step(7, 6), saved(2, 6)})
                    .ok());
        QVERIFY(file->prune(1'000'000).ok());
        JournalContent content = *file->read();
        QCOMPARE(content.nodes.size(), std::size_t(4));
        QVERIFY(content.node(5) == nullptr);
        QCOMPARE(content.root, JournalNodeId(0));
        QCOMPARE(content.saves.size(), std::size_t(2));

        QVERIFY(file->prune(2500).ok()); // 7, 6 (the save is before it) and one more
        content = *file->read();
        QCOMPARE(content.root, JournalNodeId(1));
        QCOMPARE(content.nodes.size(), std::size_t(3));
        QCOMPARE(content.saves, (std::vector<JournalSave>{{2, "save2", 6, true}}));
        QCOMPARE(content.pathTo(7).size(), std::size_t(3));
    }

    void pruningNeverCutsTheWayFromTheFileToThePresent()
    {
        QTemporaryDir folder;
        auto file = opened(in(folder, "a"));
        // Saved at 2, which was undone and replaced by 3.
        QVERIFY(
            file->commit({step(1, 0, 1000), step(2, 1, 1000), saved(1, 2), step(3, 1, 1000)}).ok());
        QVERIFY(file->prune(0).ok());
        QCOMPARE(file->read()->nodes.size(), std::size_t(3));
    }

    void copiesAreComplete()
    {
        QTemporaryDir folder;
        auto file = opened(in(folder, "a"));
        QVERIFY(file->setIdentity({"u", "m"}).ok());
        QVERIFY(file->commit({saved(1, 0), step(1, 0), step(2, 1)}).ok());
        QVERIFY(file->copyTo(in(folder, "b 2")).ok());
        const JournalContent copy = *opened(in(folder, "b 2"))->read();
        QCOMPARE(copy.nodes, file->read()->nodes);
        QCOMPARE(copy.saves, file->read()->saves);
        QVERIFY(file->backToLastSave().ok());
        QCOMPARE(file->read()->current, JournalNodeId(0));
        QCOMPARE(file->read()->tip, JournalNodeId(2));
    }
};

QTEST_APPLESS_MAIN(TestJournalFile)
#include "tst_journalfile.moc"
