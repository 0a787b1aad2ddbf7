#include "core/jobs/protocol.h"

#include <QtTest/QtTest>

using namespace poselift;
using nlohmann::json;

class TestProtocol : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void requestsRoundTrip();
    void repliesRoundTrip();
    void errorsRoundTrip();
    void errorOfANewerVersionKeepsItsSentence();
    void malformedRequestIsProtocolMessage_data();
    void malformedRequestIsProtocolMessage();
    void malformedReplyIsProtocolMessage_data();
    void malformedReplyIsProtocolMessage();
    void oneMessageIsOneLine();
    void bytesThatAreNotUtf8AreReplaced();
    void missingArgumentsAreAnEmptyObject();
};

namespace {

template <typename Message>
Message requestAgain(const Message &message)
{
    return std::get<Message>(parseRequest(toLine(RequestMessage(message))).value());
}

template <typename Message>
Message replyAgain(const Message &message)
{
    return std::get<Message>(parseReply(toLine(ReplyMessage(message))).value());
}

} // namespace

void TestProtocol::requestsRoundTrip()
{
    const StartMessage start{7, "run", {{"video", "a b.mp4"}, {"threads", 2}}};
    const StartMessage startAgain = requestAgain(start);
    QCOMPARE(startAgain.job, start.job);
    QCOMPARE(startAgain.kind, start.kind);
    QVERIFY(startAgain.arguments == start.arguments);
    QCOMPARE(requestAgain(CancelMessage{8}).job, JobId(8));
    requestAgain(QuitMessage());
}

void TestProtocol::repliesRoundTrip()
{
    const HelloMessage hello = replyAgain(HelloMessage{kProtocolVersion, "0.1.0"});
    QCOMPARE(hello.protocol, kProtocolVersion);
    QCOMPARE(hello.version, std::string("0.1.0"));
    QCOMPARE(replyAgain(StartedMessage{3}).job, JobId(3));

    const ProgressMessage progress = replyAgain(ProgressMessage{3, {"detect", 12, 230, "two people"}});
    QCOMPARE(progress.job, JobId(3));
    QCOMPARE(progress.progress.stage, std::string("detect"));
    QCOMPARE(progress.progress.done, std::int64_t(12));
    QCOMPARE(progress.progress.total, std::int64_t(230));
    QCOMPARE(progress.progress.note, std::string("two people"));

    const FinishedMessage finished = replyAgain(FinishedMessage{3, {{"project", "a.poselift"}}});
    QCOMPARE(finished.job, JobId(3));
    QVERIFY(finished.result == (json{{"project", "a.poselift"}}));
    QCOMPARE(replyAgain(CancelledMessage{3}).job, JobId(3));

    const FailedMessage failed = replyAgain(FailedMessage{4, Error(ErrorCode::FileNotFound, {{"path", "a.mp4"}})});
    QCOMPARE(failed.job, JobId(4));
    QVERIFY(failed.error == Error(ErrorCode::FileNotFound, {{"path", "a.mp4"}}));
}

void TestProtocol::errorsRoundTrip()
{
    for (int i = 0; i < errorCodeCount(); ++i) {
        const Error error(static_cast<ErrorCode>(i), {{"expected", "x"}, {"path", "über.mp4"}});
        QVERIFY(errorFromJson(toJson(error)) == error);
    }
}

void TestProtocol::errorOfANewerVersionKeepsItsSentence()
{
    const Error error = errorFromJson({{"code", "FromTheFuture"}, {"sentence", "The moon is full."}});
    QCOMPARE(error.code(), ErrorCode::Internal);
    QVERIFY(error.sentence().find("The moon is full.") != std::string::npos);
}

void TestProtocol::malformedRequestIsProtocolMessage_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("empty") << QByteArray("");
    QTest::newRow("not JSON") << QByteArray("hello?");
    QTest::newRow("cut short") << QByteArray(R"({"type":"start","job":1)");
    QTest::newRow("array") << QByteArray("[1]");
    QTest::newRow("no type") << QByteArray("{}");
    QTest::newRow("type is a number") << QByteArray(R"({"type":1})");
    QTest::newRow("unknown type") << QByteArray(R"({"type":"explode"})");
    QTest::newRow("start without job") << QByteArray(R"({"type":"start","kind":"run"})");
    QTest::newRow("job is a string") << QByteArray(R"({"type":"start","job":"1","kind":"run"})");
    QTest::newRow("start without kind") << QByteArray(R"({"type":"start","job":1})");
    QTest::newRow("arguments are a list") << QByteArray(R"({"type":"start","job":1,"kind":"run","arguments":[]})");
    QTest::newRow("cancel without job") << QByteArray(R"({"type":"cancel"})");
    QTest::newRow("input without job") << QByteArray(R"({"type":"input","data":{}})");
    QTest::newRow("input is a list") << QByteArray(R"({"type":"input","job":1,"data":[]})");
    QTest::newRow("a reply") << QByteArray(R"({"type":"started","job":1})");
}

void TestProtocol::malformedRequestIsProtocolMessage()
{
    QFETCH(QByteArray, line);
    const Result<RequestMessage> request = parseRequest(line.toStdString());
    QVERIFY(!request.ok());
    QCOMPARE(request.error().code(), ErrorCode::ProtocolMessage);
    QVERIFY(request.error().sentence().find('{') == std::string::npos || line.contains('{'));
}

void TestProtocol::malformedReplyIsProtocolMessage_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("printed by a library") << QByteArray("[ WARN:0] could not open");
    QTest::newRow("hello without protocol") << QByteArray(R"({"type":"hello","version":"1"})");
    QTest::newRow("progress without total") << QByteArray(R"({"type":"progress","job":1,"stage":"a","done":1,"note":""})");
    QTest::newRow("finished without result") << QByteArray(R"({"type":"finished","job":1})");
    QTest::newRow("output without data") << QByteArray(R"({"type":"output","job":1})");
    QTest::newRow("failed without error") << QByteArray(R"({"type":"failed","job":1})");
    QTest::newRow("a request") << QByteArray(R"({"type":"quit"})");
}

void TestProtocol::malformedReplyIsProtocolMessage()
{
    QFETCH(QByteArray, line);
    const Result<ReplyMessage> reply = parseReply(line.toStdString());
    QVERIFY(!reply.ok());
    QCOMPARE(reply.error().code(), ErrorCode::ProtocolMessage);
}

void TestProtocol::oneMessageIsOneLine()
{
    const std::string line = toLine(ReplyMessage(ProgressMessage{1, {"detect", 0, 0, "first\nsecond"}}));
    QVERIFY(line.find('\n') == std::string::npos);
    QCOMPARE(std::get<ProgressMessage>(parseReply(line).value()).progress.note, std::string("first\nsecond"));
}

void TestProtocol::bytesThatAreNotUtf8AreReplaced()
{
    const std::string line = toLine(ReplyMessage(FailedMessage{1, Error(ErrorCode::FileNotFound, {{"path", "a\xff.mp4"}})}));
    QVERIFY(parseReply(line).ok());
}

void TestProtocol::missingArgumentsAreAnEmptyObject()
{
    const Result<RequestMessage> request = parseRequest(R"({"type":"start","job":1,"kind":"models"})");
    QVERIFY(request.ok());
    QVERIFY(std::get<StartMessage>(*request).arguments == json::object());
}

QTEST_APPLESS_MAIN(TestProtocol)
#include "tst_protocol.moc"
