#include "workerprocess.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <signal.h>

using namespace poselift;
using nlohmann::json;

/// The real worker, `poselift-cli serve`.
class TestServe : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysHelloAndQuits();
    void endOfInputEndsIt();
    void unknownKindFails();
    void garbageDoesNotEndIt();
    void interruptIsTheApplicationsBusiness();
    void terminateEndsItCleanly();
    void aTrainedModelIsInstalledUnderItsOwnName();
};

namespace {

struct Serve : WorkerProcess
{
    explicit Serve(const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
        : WorkerProcess("POSELIFT_CLI", {QStringLiteral("serve")}, environment)
    {
    }
    bool waitForHello()
    {
        for (int i = 0; i < 500 && received().empty(); ++i)
            readFor(20);
        return !received().empty();
    }
};

} // namespace

void TestServe::saysHelloAndQuits()
{
    Serve serve;
    QVERIFY(serve.waitForHello());
    const auto &hello = std::get<HelloMessage>(serve.received().front().message);
    QCOMPARE(hello.protocol, kProtocolVersion);
    QCOMPARE(hello.version, std::string(POSELIFT_VERSION));
    serve.send(QuitMessage());
    QVERIFY(serve.waitForExit());
    QCOMPARE(serve.process().exitCode(), 0);
    QVERIFY(serve.invalidLines().isEmpty());
}

void TestServe::endOfInputEndsIt()
{
    Serve serve;
    serve.closeInput();
    QVERIFY(serve.waitForExit());
    QCOMPARE(serve.process().exitCode(), 0);
}

void TestServe::unknownKindFails()
{
    Serve serve;
    serve.send(StartMessage{1, "fly", json::object()});
    QVERIFY(std::holds_alternative<FailedMessage>(serve.waitForEnd(1)));
    QCOMPARE(serve.endCount(1), 1);
}

void TestServe::garbageDoesNotEndIt()
{
    Serve serve;
    serve.sendLine("\x01\xff garbage");
    QVERIFY(serve.waitForMessages(0, 1));
    serve.send(QuitMessage());
    QVERIFY(serve.waitForExit());
    QCOMPARE(serve.process().exitCode(), 0);
}

void TestServe::interruptIsTheApplicationsBusiness()
{
    Serve serve;
    QVERIFY(serve.waitForHello());
    ::kill(static_cast<pid_t>(serve.process().processId()), SIGINT);
    serve.readFor(200);
    QCOMPARE(serve.process().state(), QProcess::Running);
    serve.send(QuitMessage());
    QVERIFY(serve.waitForExit());
}

void TestServe::terminateEndsItCleanly()
{
    Serve serve;
    QVERIFY(serve.waitForHello());
    serve.process().terminate();
    QVERIFY(serve.waitForExit(5000));
    QCOMPARE(serve.process().exitStatus(), QProcess::NormalExit);
}

void TestServe::aTrainedModelIsInstalledUnderItsOwnName()
{
    const QTemporaryDir folder;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("POSELIFT_MODELS"), folder.path());
    Serve serve(environment);
    const std::string model = qEnvironmentVariable("POSELIFT_RESOURCES").toStdString() + "/models/vp3d_cmu_rf27";
    serve.send(StartMessage{1, "install", {{"folder", model}, {"name", "vp3d_cmu_rf27_20250131-174502"}}});
    const ReplyMessage installed = serve.waitForEnd(1);
    QVERIFY(std::holds_alternative<FinishedMessage>(installed));
    QCOMPARE(std::get<FinishedMessage>(installed).result.at("name").get<std::string>(), std::string("vp3d_cmu_rf27_20250131-174502"));
    serve.send(StartMessage{2, "models", json::object()});
    const ReplyMessage listed = serve.waitForEnd(2);
    QVERIFY(std::holds_alternative<FinishedMessage>(listed));
    QVERIFY(std::get<FinishedMessage>(listed).result.dump().find("vp3d_cmu_rf27_20250131-174502") != std::string::npos);
    serve.send(StartMessage{3, "install", {{"folder", folder.path().toStdString()}, {"name", "none"}}});
    QVERIFY(std::holds_alternative<FailedMessage>(serve.waitForEnd(3))); // no model there
    serve.send(StartMessage{4, "install", {{"folder", model}, {"name", "../elsewhere"}}});
    QVERIFY(std::holds_alternative<FailedMessage>(serve.waitForEnd(4)));
}

QTEST_GUILESS_MAIN(TestServe)
#include "tst_serve.moc"
