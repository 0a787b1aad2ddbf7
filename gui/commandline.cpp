#include "gui/commandline.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

namespace poselift {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("CommandLine", text);
}

bool readNumbers(const QCommandLineParser &parser, CommandLine *commandLine, QString *mistake)
{
    bool ok = true;
    if (parser.isSet(QStringLiteral("frame")))
        commandLine->frame = parser.value(QStringLiteral("frame")).toLongLong(&ok);
    if (!ok || commandLine->frame < 0) {
        *mistake = translated(QT_TRANSLATE_NOOP("CommandLine", "--frame: expected a frame number from 0"));
        return false;
    }
    if (!parser.isSet(QStringLiteral("size")))
        return true;
    const QStringList parts = parser.value(QStringLiteral("size")).split(u'x');
    if (parts.size() == 2)
        commandLine->size = QSize(parts[0].toInt(), parts[1].toInt());
    if (parts.size() != 2 || commandLine->size.width() < 200 || commandLine->size.height() < 200) {
        *mistake = translated(QT_TRANSLATE_NOOP("CommandLine", "--size: expected WIDTHxHEIGHT, at least 200x200"));
        return false;
    }
    return true;
}

} // namespace

std::optional<CommandLine> readCommandLine(const QStringList &arguments, int *exitCode)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(translated(QT_TRANSLATE_NOOP("CommandLine", "Desktop workbench for 3D human pose")));
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("FILE"),
                                 translated(QT_TRANSLATE_NOOP("CommandLine", "Video, folder of pictures or .poselift project to open")),
                                 QStringLiteral("[FILE]"));
    parser.addOptions({
        {QStringLiteral("open"), translated(QT_TRANSLATE_NOOP("CommandLine", "The same as FILE.")), QStringLiteral("FILE")},
        {QStringLiteral("screenshot"), translated(QT_TRANSLATE_NOOP("CommandLine", "Write a picture of the window to OUT and leave.")), QStringLiteral("OUT.png")},
        {QStringLiteral("frame"), translated(QT_TRANSLATE_NOOP("CommandLine", "Frame that the screenshot shows.")), QStringLiteral("N")},
        {QStringLiteral("size"), translated(QT_TRANSLATE_NOOP("CommandLine", "Size of the window in the screenshot.")), QStringLiteral("WIDTHxHEIGHT")},
        {QStringLiteral("bench"), translated(QT_TRANSLATE_NOOP("CommandLine", "Run a bench (startup, drag, scale, training-ui) and leave.")), QStringLiteral("NAME")},
        {QStringLiteral("json"), translated(QT_TRANSLATE_NOOP("CommandLine", "The bench prints JSON lines."))},
        {QStringLiteral("theme"), translated(QT_TRANSLATE_NOOP("CommandLine", "light, dark or system, for this start only.")), QStringLiteral("THEME")},
        {QStringLiteral("language"), translated(QT_TRANSLATE_NOOP("CommandLine", "Language for this start only, for example en or zh_CN.")), QStringLiteral("NAME")},
    });
    CommandLine commandLine;
    QString mistake;
    *exitCode = 2;
    if (!parser.parse(arguments)) {
        mistake = parser.errorText();
    } else if (parser.isSet(help)) {
        std::fputs(qPrintable(parser.helpText()), stdout);
        *exitCode = 0;
        return std::nullopt;
    } else if (parser.isSet(version)) {
        std::puts("poselift " POSELIFT_VERSION);
        *exitCode = 0;
        return std::nullopt;
    } else if (parser.positionalArguments().size() > 1) {
        mistake = translated(QT_TRANSLATE_NOOP("CommandLine", "expected one FILE"));
    } else if (readNumbers(parser, &commandLine, &mistake)) {
        commandLine.file = parser.isSet(QStringLiteral("open")) ? parser.value(QStringLiteral("open"))
                                                                : parser.positionalArguments().value(0);
        commandLine.screenshot = parser.value(QStringLiteral("screenshot"));
        commandLine.bench = parser.value(QStringLiteral("bench"));
        commandLine.json = parser.isSet(QStringLiteral("json"));
        commandLine.theme = parser.value(QStringLiteral("theme"));
        commandLine.language = parser.value(QStringLiteral("language"));
        const QStringList benches{QString(), QStringLiteral("startup"), QStringLiteral("drag"),
                                  QStringLiteral("scale"), QStringLiteral("training-ui")};
        if (benches.contains(commandLine.bench)) {
            *exitCode = 0;
            return commandLine;
        }
        mistake = translated(QT_TRANSLATE_NOOP("CommandLine", "--bench: expected startup, drag, scale or training-ui"));
    }
    std::fputs(qPrintable(QStringLiteral("poselift: %1\n").arg(mistake)), stderr);
    return std::nullopt;
}

} // namespace poselift
