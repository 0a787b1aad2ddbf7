#include "gui/commandline.h"
#include "gui/dragbench.h"
#include "gui/language.h"
#include "gui/mainwindow.h"
#include "gui/scalebench.h"
#include "gui/scaleproject.h"
#include "gui/screenshot.h"
#include "gui/settingsstore.h"
#include "gui/startupbench.h"
#include "gui/trainingbench.h"
#include "widgets/style/icons.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <cstdio>
#include <optional>

namespace {

using namespace poselift;

/// Benches and screenshots neither read nor change what the user's window remembers.
bool isUnattended(const CommandLine &commandLine)
{
    return !commandLine.bench.isEmpty() || !commandLine.screenshot.isEmpty();
}

void applyOverrides(SettingsStore *settings, const CommandLine &commandLine)
{
    if (commandLine.theme == QStringLiteral("dark"))
        settings->setTheme(Theme::Dark);
    else if (commandLine.theme == QStringLiteral("light"))
        settings->setTheme(Theme::Light);
    settings->sync();
}

/// What a bench opens when nothing is given; empty when it could not be made.
QString makeBenchFile(const QString &bench, const QString &folder)
{
    if (bench == QStringLiteral("training-ui"))
        return TrainingBench::makeProject(folder);
    if (bench != QStringLiteral("scale"))
        return StartupBench::makeClip(folder);
    const Result<QString> project = makeScaleFiles(folder, ScaleBench::kFrames);
    if (!project)
        std::fprintf(stderr, "poselift: %s\n", project.error().sentence().c_str());
    return project ? *project : QString();
}

/// Starts what the command line asks for beside showing the window.
void startJob(MainWindow *window, const CommandLine &commandLine, const QElapsedTimer &sinceStart)
{
    if (commandLine.bench == QStringLiteral("scale"))
        return (new ScaleBench(window, commandLine.json))->start(commandLine.file);
    if (commandLine.bench == QStringLiteral("training-ui"))
        return (new TrainingBench(window, commandLine.json))->start(commandLine.file);
    if (!commandLine.bench.isEmpty())
        new StartupBench(window, sinceStart, commandLine.json);
    if (!commandLine.screenshot.isEmpty())
        (new ScreenshotJob(window, commandLine.screenshot, commandLine.frame))->start(!commandLine.file.isEmpty());
    if (!commandLine.file.isEmpty())
        window->openPath(commandLine.file);
}

} // namespace

int main(int argc, char **argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Poselift"));
    QApplication::setApplicationVersion(QStringLiteral(POSELIFT_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("poselift"));
    QApplication::setWindowIcon(applicationIcon());

    int exitCode = 0;
    std::optional<CommandLine> commandLine = readCommandLine(QApplication::arguments(), &exitCode);
    if (!commandLine)
        return exitCode;

    QTemporaryDir scratch;
    WindowOptions options;
    if (isUnattended(*commandLine)) {
        options.settingsFile = scratch.filePath(QStringLiteral("settings.ini"));
        options.offerSample = false;
        options.askForModels = commandLine->bench.isEmpty();
        SettingsStore settings(options.settingsFile);
        applyOverrides(&settings, *commandLine);
    }
    {
        const SettingsStore settings(options.settingsFile);
        installTranslations(commandLine->language.isEmpty() ? settings.language() : commandLine->language);
    }
    if (commandLine->bench == QStringLiteral("drag")) {
        const DragBench bench(scratch.path(), commandLine->json);
        return QApplication::exec();
    }
    if (!commandLine->bench.isEmpty() && commandLine->file.isEmpty()) {
        commandLine->file = makeBenchFile(commandLine->bench, scratch.path());
        if (commandLine->file.isEmpty())
            return 1;
        sinceStart.restart();
    }

    MainWindow window(options);
    if (isUnattended(*commandLine))
        window.resize(commandLine->size);
    window.show();
    startJob(&window, *commandLine, sinceStart);
    return QApplication::exec();
}
