#include "workerprocess.h"

#include <QtTest/QtTest>

using namespace poselift;
using nlohmann::json;

/// The rules of core/jobs/protocol.h, on a real process with misbehaving jobs (testworker.cpp).
class TestJobServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void helloIsTheFirstLine();
    void everyJobEndsExactlyOnce();
    void progressIsAtMostTenASecond();
    void noProgressAfterTheEnd();
    void cancelIsQuick();
    void cancelAfterTheEndSaysNothing();
    void failureCarriesTheSentence();
    void exceptionEndsTheJobOnly();
    void printsDoNotReachTheProtocol();
    void unknownKindFailsThatJob();
    void garbageIsAnsweredAsJobZero();
    void brokenStartFailsItsJob();
    void usedIdIsRefused();
    void quitCancelsAndExits();
    void endOfInputExits();
    void deafJobDoesNotKeepTheProcess();
};

namespace {

struct Worker : WorkerProcess
{
    Worker() : WorkerProcess("POSELIFT_TEST_WORKER", {}) {}
    void start(JobId job, const char *kind, json arguments = json::object())
    {
        send(StartMessage{job, kind, std::move(arguments)});
    }
};

} // namespace

void TestJobServer::helloIsTheFirstLine()
{
    Worker worker;
    worker.send(QuitMessage());
    QVERIFY(worker.waitForExit());
    QCOMPARE(worker.process().exitCode(), 0);
    QCOMPARE(worker.received().size(), std::size_t(1));
    const auto *hello = std::get_if<HelloMessage>(&worker.received().front().message);
    QVERIFY(hello != nullptr);
    QCOMPARE(hello->protocol, kProtocolVersion);
}

void TestJobServer::everyJobEndsExactlyOnce()
{
    Worker worker;
    const char *kinds[] = {"count", "fail", "throw", "print"};
    constexpr int kJobs = 60;
    for (int job = 1; job <= kJobs; ++job) {
        worker.start(job, kinds[job % 4], {{"steps", 30}});
        if (job % 3 == 0)
            worker.send(CancelMessage{job});
    }
    for (int job = 1; job <= kJobs; ++job)
        QVERIFY(isEnd(worker.waitForEnd(job)));
    worker.send(QuitMessage());
    QVERIFY(worker.waitForExit());
    for (int job = 1; job <= kJobs; ++job) {
        QCOMPARE(worker.endCount(job), 1);
        const auto messages = worker.ofJob(job);
        QVERIFY(std::holds_alternative<StartedMessage>(messages.front().message));
        QVERIFY(isEnd(messages.back().message));
    }
    QVERIFY(worker.invalidLines().isEmpty());
}

void TestJobServer::progressIsAtMostTenASecond()
{
    Worker worker;
    worker.start(1, "count", {{"steps", 2000}, {"ms", 1}});
    QVERIFY(std::holds_alternative<FinishedMessage>(worker.waitForEnd(1)));
    const auto messages = worker.ofJob(1);
    const double seconds = double(messages.back().ms - messages.front().ms) / 1000;
    const auto progress = double(messages.size() - 2);
    QVERIFY2(progress <= 10 * seconds + 1, qPrintable(QString::number(progress / seconds)));
    QVERIFY2(progress >= 5, "the job runs for more than two seconds");
    std::int64_t last = 0;
    for (std::size_t i = 1; i + 1 < messages.size(); ++i) {
        const auto &report = std::get<ProgressMessage>(messages[i].message).progress;
        QVERIFY(report.done > last);
        last = report.done;
    }
}

void TestJobServer::noProgressAfterTheEnd()
{
    Worker worker;
    worker.start(1, "count", {{"steps", 150}, {"ms", 1}});
    worker.waitForEnd(1);
    worker.readFor(400);
    QVERIFY(isEnd(worker.ofJob(1).back().message));
}

void TestJobServer::cancelIsQuick()
{
    Worker worker;
    worker.start(1, "count", {{"steps", 100000}, {"ms", 5}});
    QVERIFY(worker.waitForMessages(1, 2));
    QElapsedTimer clock;
    clock.start();
    worker.send(CancelMessage{1});
    QVERIFY(std::holds_alternative<CancelledMessage>(worker.waitForEnd(1)));
    QVERIFY(clock.elapsed() < 2000);
}

void TestJobServer::cancelAfterTheEndSaysNothing()
{
    Worker worker;
    worker.start(1, "fail");
    worker.waitForEnd(1);
    worker.send(CancelMessage{1});
    worker.send(CancelMessage{99});
    worker.send(QuitMessage());
    QVERIFY(worker.waitForExit());
    QCOMPARE(worker.endCount(1), 1);
    QCOMPARE(worker.ofJob(99).size(), std::size_t(0));
}

void TestJobServer::failureCarriesTheSentence()
{
    Worker worker;
    worker.start(1, "fail");
    const ReplyMessage end = worker.waitForEnd(1);
    QVERIFY(std::holds_alternative<FailedMessage>(end));
    QCOMPARE(std::get<FailedMessage>(end).error.sentence(), std::string("nowhere.mp4: this file does not exist."));
}

void TestJobServer::exceptionEndsTheJobOnly()
{
    Worker worker;
    worker.start(1, "count", {{"steps", 200}, {"ms", 1}});
    worker.start(2, "throw");
    const ReplyMessage end = worker.waitForEnd(2);
    QVERIFY(std::holds_alternative<FailedMessage>(end));
    QVERIFY(std::get<FailedMessage>(end).error.sentence().find("out of cheese") != std::string::npos);
    QVERIFY(std::holds_alternative<FinishedMessage>(worker.waitForEnd(1)));
}

void TestJobServer::printsDoNotReachTheProtocol()
{
    Worker worker;
    worker.start(1, "print");
    QVERIFY(std::holds_alternative<FinishedMessage>(worker.waitForEnd(1)));
    worker.send(QuitMessage());
    QVERIFY(worker.waitForExit());
    QVERIFY(worker.invalidLines().isEmpty());
    const QByteArray log = worker.process().readAllStandardError();
    QVERIFY(log.contains("printf to standard output"));
    QVERIFY(log.contains("cout to standard output"));
    QVERIFY(log.contains("write to descriptor 1"));
}

void TestJobServer::unknownKindFailsThatJob()
{
    Worker worker;
    worker.start(5, "fly");
    const ReplyMessage end = worker.waitForEnd(5);
    QVERIFY(std::holds_alternative<FailedMessage>(end));
    const Error &error = std::get<FailedMessage>(end).error;
    QCOMPARE(error.code(), ErrorCode::ProtocolMessage);
    QVERIFY(error.sentence().find("fly") != std::string::npos);
    QVERIFY(error.sentence().find("count") != std::string::npos);
    QCOMPARE(worker.ofJob(5).size(), std::size_t(1));
}

void TestJobServer::garbageIsAnsweredAsJobZero()
{
    Worker worker;
    worker.sendLine("what is this");
    QVERIFY(worker.waitForMessages(0, 1));
    const auto messages = worker.ofJob(0);
    QVERIFY(std::holds_alternative<FailedMessage>(messages.front().message));
    QCOMPARE(std::get<FailedMessage>(messages.front().message).error.code(), ErrorCode::ProtocolMessage);
    worker.start(1, "count", {{"steps", 1}});
    QVERIFY(std::holds_alternative<FinishedMessage>(worker.waitForEnd(1)));
}

void TestJobServer::brokenStartFailsItsJob()
{
    Worker worker;
    worker.sendLine(R"({"type":"start","job":3})");
    QVERIFY(std::holds_alternative<FailedMessage>(worker.waitForEnd(3)));
}

void TestJobServer::usedIdIsRefused()
{
    Worker worker;
    worker.start(1, "count", {{"steps", 300}, {"ms", 1}});
    worker.start(1, "fail");
    worker.start(0, "fail");
    worker.start(-4, "fail");
    QVERIFY(worker.waitForMessages(0, 3));
    QVERIFY(std::holds_alternative<FinishedMessage>(worker.waitForEnd(1)));
    QCOMPARE(worker.endCount(1), 1);
}

void TestJobServer::quitCancelsAndExits()
{
    Worker worker;
    worker.start(1, "count", {{"steps", 100000}, {"ms", 5}});
    QVERIFY(worker.waitForMessages(1, 1));
    worker.send(QuitMessage());
    QVERIFY(worker.waitForExit(4000));
    QCOMPARE(worker.process().exitCode(), 0);
    QCOMPARE(worker.endCount(1), 1);
    QVERIFY(std::holds_alternative<CancelledMessage>(worker.ofJob(1).back().message));
}

void TestJobServer::endOfInputExits()
{
    Worker worker;
    worker.start(1, "count", {{"steps", 100000}, {"ms", 5}});
    QVERIFY(worker.waitForMessages(1, 1));
    worker.closeInput();
    QVERIFY(worker.waitForExit(4000));
    QCOMPARE(worker.process().exitStatus(), QProcess::NormalExit);
}

void TestJobServer::deafJobDoesNotKeepTheProcess()
{
    Worker worker;
    worker.start(1, "deaf");
    QVERIFY(worker.waitForMessages(1, 1));
    worker.closeInput();
    QVERIFY(worker.waitForExit(15000));
    QCOMPARE(worker.endCount(1), 0);
}

QTEST_GUILESS_MAIN(TestJobServer)
#include "tst_jobserver.moc"
