#include "gui/workerprogram.h"

#include <QCoreApplication>
#include <QDir>

namespace poselift {

QString workerProgram()
{
    const QString fromEnvironment = qEnvironmentVariable("POSELIFT_CLI");
    if (!fromEnvironment.isEmpty())
        return fromEnvironment;
    return QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("poselift-cli"));
}

} // namespace poselift
