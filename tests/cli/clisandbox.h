#pragma once

#include <QByteArray>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <filesystem>
#include <functional>

/// A folder of its own for one test: files, an empty folder of installed models, and resources that
/// have the skeletons but no models. Nothing that is installed on this machine is seen.
class CliSandbox
{
public:
    CliSandbox();

    QString path(const QString &name) const { return m_folder.filePath(name); }
    std::filesystem::path file(const QString &name) const { return path(name).toStdString(); }
    std::filesystem::path models() const { return file(QStringLiteral("installed")); }
    const QProcessEnvironment &environment() const { return m_environment; }
    void setVariable(const QString &name, const QString &value) { m_environment.insert(name, value); }

    struct Outcome
    {
        int exitCode = -1; ///< −1: did not end, or crashed
        QString out;
        QString err;
    };
    /// Runs poselift-cli in this folder. @p inChild runs in the new process just before it starts.
    Outcome run(const QStringList &arguments, std::function<void()> inChild = {}) const;
    /// Runs the ffmpeg command in this folder.
    bool ffmpeg(const QStringList &arguments) const;

    void write(const QString &name, const QByteArray &bytes) const;
    QByteArray read(const QString &name) const;
    /// Names in the folder, sorted, hidden ones too.
    QStringList files(const QString &folder = {}) const;

private:
    QTemporaryDir m_folder;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
};
