#include "core/document/workerclient.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QtTest/QtTest>

#include <sys/resource.h>

#include <csignal>

using namespace poselift;

namespace {

/// Error has no default constructor, which QVariant::value() would need.
Error errorIn(const QVariant &argument)
{
    return *static_cast<const Error *>(argument.constData());
}

/// Everything that a client says, counted by job.
struct Record
{
    explicit Record(WorkerClient *client)
        : started(client, &WorkerClient::started), progressed(client, &WorkerClient::progressed),
          finished(client, &WorkerClient::finished), failed(client, &WorkerClient::failed),
          cancelled(client, &WorkerClient::cancelled), died(client, &WorkerClient::died),
          logged(client, &WorkerClient::logged)
    {
    }

    static qsizetype count(const QSignalSpy &spy, qint64 job)
    {
        return std::count_if(spy.begin(), spy.end(),
                             [job](const QList<QVariant> &call) { return call.at(0).toLongLong() == job; });
    }
    qsizetype ends(qint64 job) const
    {
        return count(finished, job) + count(failed, job) + count(cancelled, job);
    }
    ErrorCode error(int call) const { return errorIn(failed.at(call).at(1)).code(); }

    QSignalSpy started, progressed, finished, failed, cancelled, died, logged;
};

struct Worker
{
    explicit Worker(const char *mode)
        : client(QStringLiteral(FAKE_WORKER), {QString::fromLatin1(mode)}), record(&client)
    {
        client.setPatience(200, 200);
    }
    qint64 start(const char *kind = "detect") { return client.start(QString::fromLatin1(kind), {{"a", 1}}); }

    WorkerClient client;
    Record record;
};

constexpr int kWaitMs = 20000;

/// Long enough for a second answer to arrive, had there been one.
void letLateAnswersArrive()
{
    QTest::qWait(150);
}

} // namespace

class TestWorkerClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aJobStartsReportsAndFinishesOnce()
    {
        Worker worker("polite");
        const qint64 job = worker.start("lift");
        QVERIFY(worker.client.isRunning(job));
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.finished.count(), 1, kWaitMs);
        letLateAnswersArrive();
        QCOMPARE(worker.record.started.count(), 1);
        QVERIFY(worker.record.progressed.count() >= 1);
        QCOMPARE(worker.record.ends(job), 1);
        QCOMPARE(worker.record.finished.at(0).at(1).value<nlohmann::json>().at("kind"), "lift");
        QVERIFY(!worker.client.isRunning(job));
        QCOMPARE(worker.client.state(), WorkerClient::State::Ready);
        QCOMPARE(worker.client.workerVersion(), QStringLiteral("fake"));
    }

    void manyJobsKeepTheirIds()
    {
        Worker worker("polite");
        QList<qint64> jobs;
        for (int i = 0; i < 20; ++i)
            jobs << worker.start();
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.finished.count(), 20, kWaitMs);
        for (const qint64 job : jobs)
            QCOMPARE(worker.record.ends(job), 1);
    }

    void aFailureCarriesItsError()
    {
        Worker worker("fails");
        const qint64 job = worker.start();
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.failed.count(), 1, kWaitMs);
        QCOMPARE(worker.record.ends(job), 1);
        QCOMPARE(worker.record.error(0), ErrorCode::FileNotFound);
        QVERIFY(worker.record.died.isEmpty());
    }

    void theFirstAnswerCounts()
    {
        Worker worker("twice");
        const qint64 job = worker.start();
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.finished.count(), 1, kWaitMs);
        letLateAnswersArrive();
        QCOMPARE(worker.record.started.count(), 1);
        QCOMPARE(worker.record.ends(job), 1);
    }

    void aFloodOfProgressDoesNotFreezeTheEventLoop()
    {
        Worker worker("floods");
        QElapsedTimer sinceTick;
        qint64 longestGapMs = 0;
        QTimer ticks;
        connect(&ticks, &QTimer::timeout, this, [&] { longestGapMs = std::max(longestGapMs, sinceTick.restart()); });
        sinceTick.start();
        ticks.start(20);
        const qint64 job = worker.start();
        QElapsedTimer whole;
        whole.start();
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.finished.count(), 1, 60000);
        QCOMPARE(worker.record.ends(job), 1);
        QVERIFY2(longestGapMs < 1000, qPrintable(QString::number(longestGapMs)));
        // Ten a second, whatever the worker sends.
        QVERIFY(worker.record.progressed.count() <= whole.elapsed() / 100 + 2);
    }

    void aPoliteCancelKeepsTheWorker()
    {
        Worker worker("slow");
        worker.client.setPatience(20000, 20000);
        const qint64 job = worker.start();
        QTRY_VERIFY_WITH_TIMEOUT(worker.record.progressed.count() > 0, kWaitMs);
        worker.client.cancel(job);
        worker.client.cancel(job);
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.cancelled.count(), 1, kWaitMs);
        letLateAnswersArrive();
        QCOMPARE(worker.record.ends(job), 1);
        QCOMPARE(worker.client.state(), WorkerClient::State::Ready);
        QVERIFY(worker.record.died.isEmpty());
    }

    void aDeafWorkerIsKilledAndTheJobIsCancelledNotFailed()
    {
        Worker worker("stubborn");
        const qint64 deaf = worker.start();
        QTRY_VERIFY_WITH_TIMEOUT(worker.record.progressed.count() > 0, kWaitMs);
        const qint64 waiting = worker.start();
        worker.client.cancel(deaf);
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.cancelled.count(), 1, kWaitMs);
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.failed.count(), 1, kWaitMs);
        QCOMPARE(worker.record.ends(deaf), 1);
        QCOMPARE(worker.record.ends(waiting), 1);
        QCOMPARE(Record::count(worker.record.failed, waiting), 1);
        QCOMPARE(worker.record.error(0), ErrorCode::WorkerDied);
        QVERIFY2(worker.record.died.isEmpty(), "we ended it ourselves");
        QCOMPARE(worker.client.state(), WorkerClient::State::Stopped);
    }

    void aResultThatCrossesACancelIsDropped()
    {
        Worker worker("late");
        worker.client.setPatience(20000, 20000);
        const qint64 job = worker.start();
        QTRY_VERIFY_WITH_TIMEOUT(worker.record.progressed.count() > 0, kWaitMs);
        worker.client.cancel(job);
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.cancelled.count(), 1, kWaitMs);
        QCOMPARE(worker.record.finished.count(), 0);
        QCOMPARE(worker.record.ends(job), 1);
    }

    void cancelBeforeTheWorkerIsUpEndsTheJobAtOnce()
    {
        Worker worker("mute");
        const qint64 job = worker.start();
        worker.client.cancel(job);
        QCOMPARE(worker.record.cancelled.count(), 1);
        QCOMPARE(worker.record.ends(job), 1);
    }

    void deathFailsTheRunningJobsAndRestartWorks()
    {
        Worker worker("dies");
        const qint64 job = worker.start();
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.died.count(), 1, kWaitMs);
        QCOMPARE(worker.record.ends(job), 1);
        QCOMPARE(worker.record.error(0), ErrorCode::WorkerDied);
        QCOMPARE(worker.client.state(), WorkerClient::State::Dead);
        const Error error = errorIn(worker.record.died.at(0).at(0));
        QVERIFY2(error.sentence().find("about to die") != std::string::npos, error.sentence().c_str());

        worker.client.restart();
        QTRY_COMPARE_WITH_TIMEOUT(worker.client.state(), WorkerClient::State::Ready, kWaitMs);
        QCOMPARE(worker.record.ends(job), 1);
    }

    void deathFromOutsideIsNoticedWithoutAJob()
    {
        Worker worker("polite");
        worker.start();
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.finished.count(), 1, kWaitMs);
        const int pid = worker.record.finished.at(0).at(1).value<nlohmann::json>().at("pid");
        ::kill(pid, SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.died.count(), 1, kWaitMs);
        QVERIFY(worker.record.failed.isEmpty());
    }

    void aWorkerCanBeOfTheLowestPriority()
    {
        Worker worker("polite");
        worker.client.setNiceness(19);
        worker.start();
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.finished.count(), 1, kWaitMs);
        const int pid = worker.record.finished.at(0).at(1).value<nlohmann::json>().at("pid");
        QCOMPARE(::getpriority(PRIO_PROCESS, static_cast<id_t>(pid)), 19);
        QVERIFY(::getpriority(PRIO_PROCESS, 0) < 19);
    }

    void badWorkers_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<ErrorCode>("code");
        const QString fake = QStringLiteral(FAKE_WORKER);
        QTest::newRow("ends before hello") << fake << QStringLiteral("diesatonce") << ErrorCode::WorkerDied;
        QTest::newRow("other version") << fake << QStringLiteral("otherversion") << ErrorCode::ProtocolVersion;
        QTest::newRow("no protocol") << fake << QStringLiteral("garbage") << ErrorCode::ProtocolMessage;
        QTest::newRow("damaged message") << fake << QStringLiteral("damaged") << ErrorCode::ProtocolMessage;
        QTest::newRow("no such program") << QStringLiteral("/no/such/program") << QString() << ErrorCode::WorkerDied;
    }

    void badWorkers()
    {
        QFETCH(QString, program);
        QFETCH(QString, mode);
        QFETCH(ErrorCode, code);
        WorkerClient client(program, {mode});
        Record record(&client);
        const qint64 job = client.start(QStringLiteral("detect"), nlohmann::json::object());
        QTRY_COMPARE_WITH_TIMEOUT(record.died.count(), 1, kWaitMs);
        letLateAnswersArrive();
        QCOMPARE(record.ends(job), 1);
        QCOMPARE(record.error(0), code);
        QCOMPARE(record.died.count(), 1);
        QCOMPARE(client.state(), WorkerClient::State::Dead);
    }

    void chatterBetweenTheLinesIsLoggedAndIgnored()
    {
        Worker worker("chatty");
        worker.start();
        QTRY_COMPARE_WITH_TIMEOUT(worker.record.finished.count(), 1, kWaitMs);
        QVERIFY(worker.record.died.isEmpty());
        QVERIFY(worker.record.logged.count() >= 1);
    }

    void stoppingEndsTheProcessQuietly()
    {
        Worker worker("slow");
        const qint64 job = worker.start();
        QTRY_VERIFY_WITH_TIMEOUT(worker.record.progressed.count() > 0, kWaitMs);
        worker.client.stop();
        QTRY_COMPARE_WITH_TIMEOUT(worker.client.state(), WorkerClient::State::Stopped, kWaitMs);
        QCOMPARE(worker.record.ends(job), 1);
        QCOMPARE(worker.record.cancelled.count(), 1);
        QVERIFY(worker.record.died.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWorkerClient)
#include "tst_workerclient.moc"
