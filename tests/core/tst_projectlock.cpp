#include "core/io/projectlock.h"

#include <QtTest/QtTest>

#include <csignal>
#include <filesystem>

#include <sys/wait.h>
#include <unistd.h>

using namespace poselift;
namespace fs = std::filesystem;

namespace {

/// A second process that takes the lock, tells so through a pipe and waits to be killed.
class OtherProcess
{
public:
    explicit OtherProcess(const fs::path &project)
    {
        int ends[2] = {};
        if (::pipe(ends) != 0)
            return;
        m_id = ::fork();
        if (m_id == 0) {
            const Result<ProjectLock> lock = ProjectLock::acquire(project);
            const char answer = lock.ok() ? 'y' : 'n';
            if (::write(ends[1], &answer, 1) != 1)
                ::_exit(1);
            for (;;)
                ::pause();
        }
        ::close(ends[1]);
        char answer = 'n';
        m_hasLock = ::read(ends[0], &answer, 1) == 1 && answer == 'y';
        ::close(ends[0]);
    }
    ~OtherProcess() { kill(); }

    bool hasLock() const { return m_hasLock; }
    pid_t id() const { return m_id; }
    void kill()
    {
        if (m_id <= 0)
            return;
        ::kill(m_id, SIGKILL);
        ::waitpid(m_id, nullptr, 0);
        m_id = -1;
    }

private:
    pid_t m_id = -1;
    bool m_hasLock = false;
};

} // namespace

class TestProjectLock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void secondInstanceLearnsWhoHasIt();
    void killedProcessGivesItBack();
    void sameProcessTwice();
    void releaseRemovesTheLockFile();
    void linkToTheSameProjectIsLockedToo();
    void readOnlyFolderSaysSo();
};

void TestProjectLock::secondInstanceLearnsWhoHasIt()
{
    QTemporaryDir folder;
    const fs::path project = fs::path(folder.path().toStdString()) / "Größe 1.poselift";
    OtherProcess other(project);
    QVERIFY(other.hasLock());
    const Result<ProjectLock> lock = ProjectLock::acquire(project);
    QVERIFY(!lock.ok());
    QCOMPARE(lock.error().code(), ErrorCode::ProjectLocked);
    const std::string sentence = lock.error().sentence();
    QVERIFY2(sentence.find("process " + std::to_string(other.id())) != std::string::npos, sentence.c_str());
}

void TestProjectLock::killedProcessGivesItBack()
{
    QTemporaryDir folder;
    const fs::path project = fs::path(folder.path().toStdString()) / "a.poselift";
    OtherProcess other(project);
    QVERIFY(other.hasLock());
    other.kill();
    QVERIFY(fs::exists(project.string() + ".lock"));
    const Result<ProjectLock> lock = ProjectLock::acquire(project);
    QVERIFY(lock.ok());
    QVERIFY(lock->isHeld());
}

void TestProjectLock::sameProcessTwice()
{
    QTemporaryDir folder;
    const fs::path project = fs::path(folder.path().toStdString()) / "a.poselift";
    Result<ProjectLock> first = ProjectLock::acquire(project);
    QVERIFY(first.ok());
    QCOMPARE(ProjectLock::acquire(project).error().code(), ErrorCode::ProjectLocked);
    first->release();
    QVERIFY(!first->isHeld());
    QVERIFY(ProjectLock::acquire(project).ok());
}

void TestProjectLock::releaseRemovesTheLockFile()
{
    QTemporaryDir folder;
    const fs::path project = fs::path(folder.path().toStdString()) / "a.poselift";
    {
        const Result<ProjectLock> lock = ProjectLock::acquire(project);
        QVERIFY(lock.ok());
        // A refused second try must not remove the first one's file.
        QVERIFY(!ProjectLock::acquire(project).ok());
        QVERIFY(fs::exists(project.string() + ".lock"));
    }
    QVERIFY(!fs::exists(project.string() + ".lock"));
}

void TestProjectLock::linkToTheSameProjectIsLockedToo()
{
    QTemporaryDir folder;
    const fs::path project = fs::path(folder.path().toStdString()) / "a.poselift";
    const fs::path link = fs::path(folder.path().toStdString()) / "b.poselift";
    QFile file(QString::fromStdString(project.string()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    fs::create_symlink(project, link);
    const Result<ProjectLock> lock = ProjectLock::acquire(project);
    QVERIFY(lock.ok());
    QVERIFY(!ProjectLock::acquire(link).ok());
}

void TestProjectLock::readOnlyFolderSaysSo()
{
    const Result<ProjectLock> lock = ProjectLock::acquire("/proc/a.poselift");
    QVERIFY(!lock.ok());
    QCOMPARE(lock.error().code(), ErrorCode::CannotWrite);
}

QTEST_APPLESS_MAIN(TestProjectLock)
#include "tst_projectlock.moc"
