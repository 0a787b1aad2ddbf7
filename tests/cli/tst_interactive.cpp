// The interactive job of the real worker, by its messages.
#include "workerprocess.h"

#include "core/io/projectfile.h"
#include "core/jobs/base64.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <algorithm>
#include <cstdlib>

using namespace poselift;
using nlohmann::json;

namespace {

constexpr JobId kJob = 1;
constexpr int kWrist = 9; // of coco17

struct Session : WorkerProcess
{
    Session() : WorkerProcess("POSELIFT_CLI", {QStringLiteral("serve")})
    {
        send(StartMessage{kJob, "interactive", {{"threads", 1}}});
    }

    void say(const json &data) { send(InputMessage{kJob, data}); }
    std::vector<json> outputs() const
    {
        std::vector<json> data;
        for (const Received &received : ofJob(kJob)) {
            if (const auto *output = std::get_if<OutputMessage>(&received.message))
                data.push_back(output->data);
        }
        return data;
    }
    bool has(const char *what, int revision) const
    {
        return std::ranges::any_of(outputs(), [&](const json &data) {
            return data["what"] == what && (revision == 0 || data["revision"] == revision);
        });
    }
    bool waitFor(const char *what, int revision = 0, int timeoutMs = 60000)
    {
        for (int waited = 0; waited < timeoutMs && !has(what, revision) && endCount(kJob) == 0; waited += 10)
            readFor(10);
        return has(what, revision);
    }
};

std::string sample()
{
    return std::string(std::getenv("POSELIFT_RESOURCES")) + "/sample/walk.poselift";
}

json edit(int frame, double x, double y)
{
    return {{"track", 1}, {"frame", frame}, {"joints", {kWrist}}, {"xy", {x, y}}, {"confidence", {1}}, {"state", {17}}};
}

json request(int revision, const json &edits)
{
    return {{"revision", revision}, {"frame", 100}, {"edits", edits}};
}

} // namespace

class TestInteractive : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anEditGivesItsFrameFirstAndThenTheRest();
    void newerEditsSupersedeOlderOnes();
    void aBadRequestEndsTheJobWithAClearError_data();
    void aBadRequestEndsTheJobWithAClearError();
    void cancelEndsIt();
    void inputForAJobThatHasEndedIsDropped();
};

void TestInteractive::anEditGivesItsFrameFirstAndThenTheRest()
{
    Session session;
    QVERIFY(session.waitFor("ready"));
    QCOMPARE(session.outputs()[0]["joints"].size(), 17U);
    session.say({{"revision", 1}, {"frame", 100}, {"project", sample()}, {"edits", {edit(100, 300, 200)}}});
    QVERIFY(session.waitFor("done", 1));
    std::vector<std::string> order;
    for (const json &data : session.outputs()) {
        order.push_back(data["what"]);
        if (data["what"] != "poses")
            continue;
        QCOMPARE(data["track"], 1);
        const auto xyz = floatsFromBase64(data["xyz"]);
        QVERIFY(xyz.ok());
        QCOMPARE(xyz->size(), data["seen"].get<std::string>().size() * 17 * 3);
        QCOMPARE(data["frames"], data["seen"].get<std::string>().size());
        if (!data["exact"]) {
            QCOMPARE(data["first"], 100);
            QCOMPARE(data["frames"], 1);
        }
    }
    QCOMPARE(order, (std::vector<std::string>{"ready", "poses", "current", "poses", "done"}));
    // The receptive field is 81 frames.
    QVERIFY(session.outputs()[3]["first"] <= 60);
    QVERIFY(session.outputs()[3]["first"].get<int>() + session.outputs()[3]["frames"].get<int>() > 140);
}

void TestInteractive::newerEditsSupersedeOlderOnes()
{
    Session session;
    QVERIFY(session.waitFor("ready"));
    session.say({{"revision", 1}, {"frame", 100}, {"project", sample()}});
    QVERIFY(session.waitFor("done", 1));
    constexpr int kFlood = 200;
    for (int revision = 2; revision < 2 + kFlood; ++revision)
        session.say(request(revision, json::array({edit(100, 300 + revision, 200)})));
    QVERIFY(session.waitFor("done", 1 + kFlood));
    int done = 0;
    int current = 0;
    for (const json &data : session.outputs()) {
        done += data["what"] == "done" ? 1 : 0;
        current += data["what"] == "current" ? 1 : 0;
    }
    QVERIFY2(done < kFlood / 2, qPrintable(QString::number(done)));
    QVERIFY2(current < kFlood, qPrintable(QString::number(current)));
    QCOMPARE(session.outputs().back()["revision"], 1 + kFlood);
    session.readFor(200);
    QCOMPARE(session.outputs().back()["what"], "done"); // and that was the last word
}

void TestInteractive::aBadRequestEndsTheJobWithAClearError_data()
{
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<QByteArray>("name");
    const auto row = [](const char *name, const json &data, const char *argument) {
        QTest::newRow(name) << QByteArray::fromStdString(data.dump()) << QByteArray(argument);
    };
    row("no revision", {{"frame", 1}}, "revision");
    row("frame is a text", {{"revision", 2}, {"frame", "one"}}, "frame");
    row("edits is an object", {{"revision", 2}, {"frame", 1}, {"edits", json::object()}}, "edits");
    row("edit is a number", request(2, {5}), "input");
    row("joint out of range",
        request(2,
                {{{"track", 1}, {"frame", 0}, {"joints", {99}}, {"xy", {1, 1}}, {"confidence", {1}}, {"state", {1}}}}),
        "edits");
    row("frame out of range", request(2, {edit(100000, 1, 1)}), "edits");
    row("too few coordinates",
        request(2, {{{"track", 1},
                     {"frame", 0},
                     {"joints", {1, 2}},
                     {"xy", {1, 1}},
                     {"confidence", {1, 1}},
                     {"state", {1, 1}}}}),
        "xy");
    row("no such project", {{"revision", 2}, {"frame", 1}, {"project", "/no/such.poselift"}}, "path");
}

void TestInteractive::aBadRequestEndsTheJobWithAClearError()
{
    QFETCH(QByteArray, data);
    QFETCH(QByteArray, name);
    Session session;
    QVERIFY(session.waitFor("ready"));
    session.say({{"revision", 1}, {"frame", 0}, {"project", sample()}});
    QVERIFY(session.waitFor("done", 1));
    session.say(json::parse(data.toStdString()));
    const ReplyMessage end = session.waitForEnd(kJob);
    const auto *failed = std::get_if<FailedMessage>(&end);
    QVERIFY(failed != nullptr);
    const auto &arguments = failed->error.arguments();
    const bool isNamed = std::ranges::any_of(arguments, [&](const Error::Argument &argument) {
        return argument.second == name.toStdString() || argument.first == name.toStdString();
    });
    QVERIFY2(isNamed, failed->error.sentence().c_str());
    QCOMPARE(session.process().state(), QProcess::Running);
}

void TestInteractive::cancelEndsIt()
{
    Session session;
    QVERIFY(session.waitFor("ready"));
    session.send(CancelMessage{kJob});
    QVERIFY(std::holds_alternative<CancelledMessage>(session.waitForEnd(kJob)));
    QCOMPARE(session.endCount(kJob), 1);
}

void TestInteractive::inputForAJobThatHasEndedIsDropped()
{
    Session session;
    QVERIFY(session.waitFor("ready"));
    session.send(InputMessage{77, json::object()}); // not a mistake: messages cross
    session.say({{"revision", 1}, {"frame", 0}, {"project", sample()}});
    QVERIFY(session.waitFor("done", 1));
    for (const auto &received : session.received())
        QVERIFY(!std::holds_alternative<FailedMessage>(received.message));
}

QTEST_GUILESS_MAIN(TestInteractive)
#include "tst_interactive.moc"
