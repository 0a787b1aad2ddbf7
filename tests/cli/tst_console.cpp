#include "core/base/threads.h"
#include "models/cli/bench.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"

#include <QtTest/QtTest>

#include <iostream>
#include <signal.h>
#include <sched.h>
#include <sstream>
#include <thread>

using namespace poselift;

class TestConsole : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void progressTextNamesStageShareAndTime();
    void linesAreAtMostOneASecond();
    void quietPrintsNothing();
    void firstSignalAsksToStop();
    void percentileIsLinearBetweenNeighbours();
    void cpuCountFollowsTheAffinity();
    void everyErrorHasANonZeroExitCode();
};

namespace {

class CapturedErrors
{
public:
    CapturedErrors() : m_before(std::cerr.rdbuf(m_text.rdbuf())) {}
    ~CapturedErrors() { std::cerr.rdbuf(m_before); }
    QStringList lines() const { return QString::fromStdString(m_text.str()).split(u'\n', Qt::SkipEmptyParts); }

private:
    std::ostringstream m_text;
    std::streambuf *m_before;
};

} // namespace

void TestConsole::progressTextNamesStageShareAndTime()
{
    QCOMPARE(progressText({"detect", 50, 200, ""}, 10.0), std::string("detect 50/200 (25 %), 5.0/s, 30 s left"));
    QCOMPARE(progressText({"index", 7, 0, "two-hour file"}, 0.1), std::string("index 7, two-hour file"));
}

void TestConsole::linesAreAtMostOneASecond()
{
    CapturedErrors errors;
    ConsoleProgress progress(ProgressStyle::Lines);
    for (int i = 0; i <= 1200; ++i) {
        progress.show({"detect", i, 1200, ""});
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const QStringList lines = errors.lines();
    QVERIFY2(lines.size() >= 2 && lines.size() <= 3, qPrintable(lines.join(u'|')));
    QVERIFY(lines.first().startsWith(QStringLiteral("detect 0/1200")));
}

void TestConsole::quietPrintsNothing()
{
    CapturedErrors errors;
    ConsoleProgress progress(/*quiet=*/true);
    progress.show({"detect", 1, 2, ""});
    QVERIFY(errors.lines().isEmpty());
}

void TestConsole::firstSignalAsksToStop()
{
    StopOnSignals signals_;
    QVERIFY(!signals_.token().stop_requested());
    ::raise(SIGINT);
    QTRY_VERIFY(signals_.token().stop_requested());
}

void TestConsole::percentileIsLinearBetweenNeighbours()
{
    QCOMPARE(percentile({}, 50), 0.0);
    QCOMPARE(percentile({3}, 95), 3.0);
    QCOMPARE(percentile({4, 1, 3, 2}, 50), 2.5);
    QCOMPARE(percentile({0, 10}, 95), 9.5);
    QCOMPARE(percentile({0, 10}, 100), 10.0);
}

void TestConsole::cpuCountFollowsTheAffinity()
{
    cpu_set_t before;
    QCOMPARE(::sched_getaffinity(0, sizeof before, &before), 0);
    QCOMPARE(cpuCount(), CPU_COUNT(&before));
    int first = 0;
    while (!CPU_ISSET(first, &before))
        ++first;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    QCOMPARE(::sched_setaffinity(0, sizeof one, &one), 0);
    QCOMPARE(cpuCount(), 1);
    ::sched_setaffinity(0, sizeof before, &before);
}

void TestConsole::everyErrorHasANonZeroExitCode()
{
    for (int i = 0; i < errorCodeCount(); ++i)
        QVERIFY(exitCodeOf(Error(static_cast<ErrorCode>(i))) != kExitOk);
    QCOMPARE(exitCodeOf(Error(ErrorCode::NoDetector)), kExitNoDetector);
    QCOMPARE(exitCodeOf(Error(ErrorCode::CannotWrite)), kExitCannotWrite);
    QCOMPARE(exitCodeOf(Error(ErrorCode::FileNotFound)), kExitBadInput);
}

QTEST_GUILESS_MAIN(TestConsole)
#include "tst_console.moc"
