#include "clisandbox.h"

#include "models/cli/exitcodes.h"

#include <nlohmann/json.hpp>

#include <QtTest/QtTest>

using namespace poselift;
using nlohmann::json;

/// What `poselift-cli doctor` says of this machine, with the BLAS that the loader is given.
class TestDoctor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void saysWhatItFound();
    void warnsOfTheReferenceBlas();
    void linesForPeopleEndWithTheWarnings();

private:
    json report(const CliSandbox &sandbox) const;
    static bool warnsOf(const json &report, const std::string &text);
};

json TestDoctor::report(const CliSandbox &sandbox) const
{
    const CliSandbox::Outcome outcome =
        sandbox.run({QStringLiteral("doctor"), QStringLiteral("--json")});
    return outcome.exitCode == kExitOk
               ? json::parse(outcome.out.toStdString(), nullptr, /*allow_exceptions=*/false)
               : json();
}

bool TestDoctor::warnsOf(const json &report, const std::string &text)
{
    const json &warnings = report.at("warnings");
    return std::any_of(warnings.begin(), warnings.end(), [&text](const json &warning) {
        return warning.get<std::string>().find(text) != std::string::npos;
    });
}

void TestDoctor::saysWhatItFound()
{
    const CliSandbox sandbox;
    const json found = report(sandbox);
    QVERIFY(found.is_object());
    QVERIFY(found["cpu"]["threads_used"].get<int>() >= 1);
    QCOMPARE(found["libtorch"]["threads_set"], found["cpu"]["threads_used"]);
    QVERIFY(!found["libtorch"]["version"].get<std::string>().empty());
    QVERIFY(found["blas"]["sgemm_gflops_one_thread"].get<double>() > 0);
    QVERIFY(!found["ffmpeg"]["decoders"]["h264"].get<std::string>().empty());
    QVERIFY(found["gpu"]["cuda"].is_boolean());
    QCOMPARE(QString::fromStdString(found["folders"]["models"].get<std::string>()),
             sandbox.path(QStringLiteral("installed")));
    QVERIFY(warnsOf(found, "poselift-cli models install")); // the sandbox has no detector
}

/// Debian keeps every BLAS in a folder of its own and chooses by a link; LD_LIBRARY_PATH chooses
/// for one process. Its reference one is in libblas3 (./dev test installs it).
void TestDoctor::warnsOfTheReferenceBlas()
{
    const QDir libraries(QStringLiteral("/usr/lib"));
    QString folder;
    for (const QString &machine : libraries.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (libraries.exists(machine + QStringLiteral("/blas/libblas.so.3")))
            folder = libraries.filePath(machine + QStringLiteral("/blas"));
    }
    if (folder.isEmpty())
        QSKIP("Debian's reference BLAS (package libblas3) is not installed");
    CliSandbox sandbox;
    QVERIFY(!warnsOf(report(sandbox), "reference BLAS"));
    sandbox.setVariable(QStringLiteral("LD_LIBRARY_PATH"), folder);
    const json found = report(sandbox);
    QCOMPARE(found["blas"]["implementation"].get<std::string>(), std::string("reference"));
    QVERIFY(QString::fromStdString(found["blas"]["library"].get<std::string>()).startsWith(folder));
    QVERIFY(warnsOf(found, "reference BLAS"));
    QVERIFY(warnsOf(found, "libopenblas0-pthread"));
}

void TestDoctor::linesForPeopleEndWithTheWarnings()
{
    const CliSandbox sandbox;
    const CliSandbox::Outcome outcome = sandbox.run({QStringLiteral("doctor")});
    QCOMPARE(outcome.exitCode, static_cast<int>(kExitOk));
    const QStringList lines = outcome.out.trimmed().split(u'\n');
    QVERIFY2(lines.first().startsWith(QStringLiteral("poselift ")), qPrintable(outcome.out));
    QVERIFY2(lines.last().startsWith(QStringLiteral("warning: ")), qPrintable(outcome.out));
}

QTEST_GUILESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
