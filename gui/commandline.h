#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace poselift {

/// What the application was asked to do on its command line.
struct CommandLine
{
    QString file;          ///< video, folder or project to open; may be empty
    QString screenshot;    ///< PNG to write and leave; empty: stay open
    qint64 frame = 0;      ///< frame that the screenshot shows
    QSize size{1600, 1000};///< of the window in the screenshot
    QString bench;         ///< name of a bench to run and leave
    bool json = false;     ///< the bench prints JSON lines
    QString theme;         ///< "light", "dark", "system"; empty: the remembered one
    QString language;      ///< locale name; empty: the remembered one
};

/// Reads the arguments; on a mistake or --help/--version prints what there is to say and returns
/// nothing with @p exitCode set.
std::optional<CommandLine> readCommandLine(const QStringList &arguments, int *exitCode);

} // namespace poselift
