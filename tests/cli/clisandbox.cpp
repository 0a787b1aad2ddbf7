#include "clisandbox.h"

#include <QDir>
#include <QFile>

CliSandbox::CliSandbox()
{
    const QDir folder(m_folder.path());
    folder.mkpath(QStringLiteral("installed"));
    folder.mkpath(QStringLiteral("resources/models"));
    const QString resources = qEnvironmentVariable("POSELIFT_RESOURCES");
    for (const char *name : {"skeletons", "detectors"})
        QFile::link(resources + u'/' + QString::fromLatin1(name), path(QStringLiteral("resources/") + QString::fromLatin1(name)));
    m_environment.insert(QStringLiteral("POSELIFT_MODELS"), path(QStringLiteral("installed")));
    m_environment.insert(QStringLiteral("POSELIFT_RESOURCES"), path(QStringLiteral("resources")));
}

CliSandbox::Outcome CliSandbox::run(const QStringList &arguments, std::function<void()> inChild) const
{
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.setWorkingDirectory(m_folder.path());
    if (inChild)
        process.setChildProcessModifier(std::move(inChild));
    process.start(qEnvironmentVariable("POSELIFT_CLI"), arguments);
    const bool ended = process.waitForFinished(120000) && process.exitStatus() == QProcess::NormalExit;
    Outcome outcome;
    outcome.exitCode = ended ? process.exitCode() : -1;
    outcome.out = QString::fromUtf8(process.readAllStandardOutput());
    outcome.err = QString::fromUtf8(process.readAllStandardError());
    return outcome;
}

bool CliSandbox::ffmpeg(const QStringList &arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(QStringLiteral("ffmpeg"), QStringList{QStringLiteral("-nostdin"), QStringLiteral("-loglevel"), QStringLiteral("error"), QStringLiteral("-y")} + arguments);
    return process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

void CliSandbox::write(const QString &name, const QByteArray &bytes) const
{
    QFile target(path(name));
    if (target.open(QIODevice::WriteOnly))
        target.write(bytes);
}

QByteArray CliSandbox::read(const QString &name) const
{
    QFile source(path(name));
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

QStringList CliSandbox::files(const QString &folder) const
{
    return QDir(path(folder)).entryList(QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
}
