// kill -9 at random moments: no acknowledged edit may be lost. POSELIFT_KILLS sets how often (300).

#include "core/document/commands.h"
#include "tests/core/edit/editproject.h"
#include "tests/document/editsession.h"
#include "tests/document/randomedits.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>
#include <cstdio>
#include <set>

using namespace poselift;

namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t kSeedsPerRun = 100000;
constexpr int kRunsPerProject = 20; ///< then a new project, so that histories stay short

/// What a victim said before it died.
struct Testimony
{
    bool ready = false;
    std::uint32_t did = 0;
    std::uint32_t onDisk = 0;
    std::int64_t saved = 0;
};

Testimony read(const QByteArray &output)
{
    Testimony testimony;
    for (const QByteArray &line : output.split('\n')) {
        const std::uint32_t number = line.mid(line.lastIndexOf(' ') + 1).toUInt();
        testimony.ready = testimony.ready || line == "ready";
        if (line.startsWith("did "))
            testimony.did = number;
        else if (line.startsWith("on disk "))
            testimony.onDisk = number;
        else if (line.startsWith("saved "))
            testimony.saved = number;
    }
    return testimony;
}

/// When a victim is killed: @p ms after its start, or after it is ready and has done so many edits.
struct Moment
{
    bool whileOpening = false;
    std::uint32_t edits = 0; ///< on a busy machine time alone would end victims that have done nothing
    int ms = 0;
};

Testimony killOne(const fs::path &project, std::uint32_t seed, const Moment &moment)
{
    QProcess victim;
    victim.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    victim.start(QStringLiteral(JOURNAL_VICTIM),
                 {QString::fromStdString(project.string()), QString::number(seed)});
    QByteArray output;
    if (!victim.waitForStarted())
        return {};
    const auto isTime = [&] {
        const Testimony now = read(output);
        return now.ready && now.did >= moment.edits;
    };
    while (!moment.whileOpening && !isTime() && victim.waitForReadyRead(20000))
        output += victim.readAllStandardOutput();
    QThread::msleep(static_cast<unsigned long>(moment.ms));
    ::kill(static_cast<pid_t>(victim.processId()), SIGKILL);
    victim.waitForFinished();
    return read(output + victim.readAllStandardOutput());
}

/// All but what only a save changes.
Project content(Project project)
{
    project.saveGeneration = 0;
    project.meta.erase(kSaveId);
    return project;
}

/// Same project, same steps, at the same one.
bool isSame(PoseDocument &a, PoseDocument &b)
{
    if (a.undoStack()->count() != b.undoStack()->count() ||
        a.undoStack()->index() != b.undoStack()->index())
        return false;
    for (int i = 0; i < a.undoStack()->count(); ++i) {
        if (a.undoStack()->text(i) != b.undoStack()->text(i))
            return false;
    }
    return content(a.project()) == content(b.project());
}

/// A Python process that opens one project after another with h5py.
class H5pyReader
{
public:
    H5pyReader()
    {
        m_python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_python.start(QStringLiteral("/usr/bin/python3"),
                       {QStringLiteral("-uc"),
                        QStringLiteral("import sys, h5py\n"
                                       "for line in iter(sys.stdin.readline, ''):\n"
                                       "    with h5py.File(line[:-1], 'r') as f:\n"
                                       "        f['layers'].visititems(lambda name, item: item[()] if "
                                       "isinstance(item, h5py.Dataset) else None)\n"
                                       "        print(f['meta'].attrs['uuid'])\n")});
    }
    ~H5pyReader()
    {
        m_python.closeWriteChannel();
        m_python.waitForFinished();
    }
    /// Opens @p project and reads all that is in its layers.
    bool canRead(const fs::path &project)
    {
        m_python.write(QByteArray::fromStdString(project.string()) + '\n');
        while (!m_python.canReadLine() && m_python.waitForReadyRead())
            continue;
        return m_python.readLine().trimmed() == QByteArray::fromStdString(makeEditProject().uuid);
    }

private:
    QProcess m_python;
};

/// The project, and beside it the same edits made without any disk.
struct Experiment
{
    explicit Experiment(const fs::path &folder) : project(folder / "k\u00f6ln a.poselift")
    {
        fs::create_directories(folder);
        if (!writeProject(makeEditProject(), project))
            qFatal("the project cannot be written");
        replay.reset(makeEditProject(), {}, false);
    }

    fs::path project;
    PoseDocument replay;
    PoseEditor editor{&replay};
    int runs = 0;
};

} // namespace

class TestJournalKill : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void noAcknowledgedEditIsLost()
    {
        const int kills = qEnvironmentVariableIsSet("POSELIFT_KILLS")
                              ? qEnvironmentVariableIntValue("POSELIFT_KILLS")
                              : 300;
        QTemporaryDir folder;
        ::qputenv("POSELIFT_STATE", folder.filePath(QStringLiteral("state")).toUtf8());
        std::mt19937 random(20240607);
        std::unique_ptr<Experiment> experiment;
        QElapsedTimer clock;
        clock.start();
        for (int run = 0; run < kills; ++run) {
            if (!experiment || experiment->runs == kRunsPerProject)
                experiment = std::make_unique<Experiment>(
                    folder.filePath(QString::number(run)).toStdString());
            ++experiment->runs;
            const std::uint32_t seed = static_cast<std::uint32_t>(run + 1) * kSeedsPerRun;
            Moment moment;
            moment.whileOpening = random() % 10 == 0;
            moment.edits = random() % 2 == 0 ? 0 : static_cast<std::uint32_t>(random() % 12);
            moment.ms = static_cast<int>(random() % (moment.edits > 0 ? 6 : 45));
            const Testimony testimony = killOne(experiment->project, seed, moment);
            QVERIFY2(testimony.ready || moment.whileOpening,
                     qPrintable(QStringLiteral("run %1 did not start").arg(run)));
            check(*experiment, seed, testimony, run);
            if (QTest::currentTestFailed())
                return;
        }
        for (const QByteArray &kind : commandKinds())
            QVERIFY2(m_kinds.contains(kind), kind + " never occurred");
        std::printf("{\"bench\":\"kill\",\"kills\":%d,\"edits\":%d,\"acknowledged\":%d,\"lost\":0,"
                    "\"seconds\":%.1f}\n",
                    kills, m_edits, m_acknowledged, static_cast<double>(clock.elapsed()) / 1000.0);
        QVERIFY2(m_acknowledged > kills, "the victims lived too short to prove anything");
    }

private:
    /// Every second time a copy is opened, so that the next victim finds what the kill left behind.
    void check(Experiment &experiment, std::uint32_t seed, const Testimony &testimony, int run)
    {
        fs::path opened = experiment.project;
        if (run % 2 == 0) {
            const fs::path copy = opened.parent_path() / "copy";
            fs::remove_all(copy);
            fs::create_directories(copy);
            for (const fs::directory_entry &entry : fs::directory_iterator(opened.parent_path())) {
                if (entry.is_regular_file() && entry.path().extension() != ".lock")
                    fs::copy(entry.path(), copy / entry.path().filename());
            }
            opened = copy / opened.filename();
        }
        EditSession session;
        QVERIFY2(session.open(opened) >= 0,
                 qPrintable(QStringLiteral("run %1: the file does not open").arg(run)));
        QVERIFY2(
            !session.offer,
            qPrintable(QStringLiteral("run %1: the journal does not go with the file").arg(run)));
        QVERIFY(session.document.project().saveGeneration >= testimony.saved);

        // What is on the disk must be the state after an edit that was acknowledged last, or after
        // a later one that was on its way.
        std::uint32_t edit = 0;
        while (edit < testimony.onDisk)
            randomEdit(experiment.replay, experiment.editor, seed + ++edit);
        // One more than "did": killed between the edit and saying so, or in the middle of a drag.
        const auto found = [&] { return isSame(session.document, experiment.replay); };
        while (!found() && edit <= testimony.did)
            randomEdit(experiment.replay, experiment.editor, seed + ++edit, found);
        QVERIFY2(isSame(session.document, experiment.replay),
                 qPrintable(QStringLiteral("run %1: edit %2 was acknowledged, but the document is "
                                           "not that of any later edit")
                                .arg(run)
                                .arg(testimony.onDisk)));
        for (int i = 0; i < session.document.undoStack()->count(); ++i)
            m_kinds.insert(static_cast<const DocumentCommand *>(session.document.undoStack()->command(i))->kind());
        QVERIFY2(m_reader.canRead(opened), qPrintable(QStringLiteral("run %1: h5py cannot read the file").arg(run)));
        m_edits += static_cast<int>(edit);
        m_acknowledged += static_cast<int>(testimony.onDisk);
    }

    int m_edits = 0;
    int m_acknowledged = 0;
    std::set<QByteArray> m_kinds; ///< of the commands that were found
    H5pyReader m_reader;
};

QTEST_GUILESS_MAIN(TestJournalKill)
#include "tst_journalkill.moc"
