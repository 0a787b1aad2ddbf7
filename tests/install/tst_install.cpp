// `cmake --install` to a folder of its own, and what users do with the programs from there.

#include "core/io/projectfile.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>
#include <QDir>
#include <QtTest/QtTest>

#include <set>

using namespace poselift;

class TestInstall : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everythingIsThere_data();
    void everythingIsThere();
    void programsKnowNoPathOfTheBuild_data();
    void programsKnowNoPathOfTheBuild();
    void doctorFindsTheInstalledResources();
    void theSampleIsLifted();
    void aLinkToTheProgramWorks();
    void theApplicationShowsTheSample();

private:
    struct Outcome
    {
        int exitCode = -1; ///< −1: did not end, or crashed
        QByteArray out;
        QByteArray err;
    };
    Outcome run(const QString &program, const QStringList &arguments) const;
    QString prefix() const { return m_folder.filePath(QStringLiteral("prefix")); }
    QString program(const char *name) const
    {
        return prefix() + QStringLiteral("/" INSTALL_BINDIR "/") + QString::fromLatin1(name);
    }
    QString resources() const { return prefix() + QStringLiteral("/" INSTALL_DATADIR "/poselift"); }

    QTemporaryDir m_folder;
};

/// In an empty folder, with nothing in the environment that says where things are.
TestInstall::Outcome TestInstall::run(const QString &program, const QStringList &arguments) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"POSELIFT_RESOURCES", "POSELIFT_CLI", "POSELIFT_MODELS",
                             "XDG_DATA_HOME", "XDG_CONFIG_HOME"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("HOME"), m_folder.filePath(QStringLiteral("home")));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(m_folder.filePath(QStringLiteral("home")));
    process.start(program, arguments);
    const bool ended =
        process.waitForFinished(200000) && process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

void TestInstall::initTestCase()
{
    QVERIFY(QDir().mkpath(m_folder.filePath(QStringLiteral("home"))));
    const Outcome installed = run(QStringLiteral(CMAKE_PROGRAM),
                                  {QStringLiteral("--install"), QStringLiteral(BUILD_FOLDER),
                                   QStringLiteral("--prefix"), prefix()});
    QVERIFY2(installed.exitCode == 0, installed.err.constData());
}

void TestInstall::everythingIsThere_data()
{
    QTest::addColumn<QString>("file");
    for (const char *file : {"skeletons/coco17.json", "detectors/fastestdet-coco.json",
                             "models/vp3d_cmu_rf27/model.json", "models/vp3d_cmu_rf27/weights.h5",
                             "models/vp3d_cmu_rf27/card.md", "sample/walk.poselift",
                             "sample/walk.mp4", "icons/play.svg"})
        QTest::newRow(file) << resources() + u'/' + QString::fromLatin1(file);
    QTest::newRow("poselift") << program("poselift");
    QTest::newRow("poselift-cli") << program("poselift-cli");
    const QString share = prefix() + QStringLiteral("/" INSTALL_DATADIR);
    QTest::newRow("desktop entry") << share + QStringLiteral("/applications/poselift.desktop");
    QTest::newRow("icon") << share + QStringLiteral("/icons/hicolor/scalable/apps/poselift.svg");
}

void TestInstall::everythingIsThere()
{
    QFETCH(QString, file);
    QVERIFY2(QFileInfo(file).isFile(), qPrintable(file));
}

void TestInstall::programsKnowNoPathOfTheBuild_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("poselift") << program("poselift");
    QTest::newRow("poselift-cli") << program("poselift-cli");
}

/// What is not in the program cannot be opened by it: the resources used are the installed ones.
void TestInstall::programsKnowNoPathOfTheBuild()
{
    QFETCH(QString, file);
    QFile program(file);
    QVERIFY(program.open(QIODevice::ReadOnly));
    const QByteArray bytes = program.readAll();
    QVERIFY(bytes.size() > 100000);
    QVERIFY(!bytes.contains(SOURCE_FOLDER "/resources"));
    QVERIFY(!bytes.contains(BUILD_FOLDER));
}

void TestInstall::doctorFindsTheInstalledResources()
{
    const Outcome doctor =
        run(program("poselift-cli"), {QStringLiteral("doctor"), QStringLiteral("--json")});
    QVERIFY2(doctor.exitCode == 0, doctor.err.constData());
    const nlohmann::json report = nlohmann::json::parse(doctor.out.toStdString());
    QCOMPARE(QString::fromStdString(report["folders"]["resources"].get<std::string>()),
             resources());
    const QDir bundled(resources() + QStringLiteral("/models"), {}, QDir::Name, QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY(bundled.count() > 0);
    QCOMPARE(report["models"]["installed"].size(), std::size_t{bundled.count()});
}

void TestInstall::theSampleIsLifted()
{
    const QString lifted = m_folder.filePath(QStringLiteral("lifted.poselift"));
    const Outcome lift =
        run(program("poselift-cli"),
            {QStringLiteral("lift"), resources() + QStringLiteral("/sample/walk.poselift"),
             QStringLiteral("-o"), lifted, QStringLiteral("--quiet")});
    QVERIFY2(lift.exitCode == 0, lift.err.constData());
    const Result<Project> project = readProject(lifted.toStdString());
    QVERIFY(project.ok());
    const auto layer = std::ranges::find_if(project->jointLayers, [](const JointLayer &candidate) {
        return candidate.name.starts_with("lifted/");
    });
    QVERIFY(layer != project->jointLayers.end());
    QVERIFY(!layer->tracks.empty());
}

void TestInstall::aLinkToTheProgramWorks()
{
    const QString link = m_folder.filePath(QStringLiteral("poselift-cli"));
    QVERIFY(QFile::link(program("poselift-cli"), link));
    const Outcome list = run(link, {QStringLiteral("models"), QStringLiteral("list")});
    QVERIFY2(list.exitCode == 0 && list.out.contains("vp3d_cmu_rf27"), list.err.constData());
}

void TestInstall::theApplicationShowsTheSample()
{
    const QString picture = m_folder.filePath(QStringLiteral("window.png"));
    const Outcome shot =
        run(program("poselift"), {QStringLiteral("--screenshot"), picture, QStringLiteral("--size"),
                                  QStringLiteral("1000x700"), QStringLiteral("--open"),
                                  resources() + QStringLiteral("/sample/walk.poselift"),
                                  QStringLiteral("--frame"), QStringLiteral("20")});
    QVERIFY2(shot.exitCode == 0, shot.err.constData());
    const QImage window(picture);
    QCOMPARE(window.size(), QSize(1000, 700));
    // An empty window has a few colours; the figure, its overlay and the 3D view have many.
    std::set<QRgb> colours;
    for (int y = 0; y < window.height(); y += 5) {
        for (int x = 0; x < window.width(); x += 5)
            colours.insert(window.pixel(x, y));
    }
    QVERIFY2(colours.size() > 100, qPrintable(QString::number(colours.size())));
}

QTEST_GUILESS_MAIN(TestInstall)
#include "tst_install.moc"
