#include "gui/processmemory.h"

#include <QByteArray>
#include <QFile>
#include <QList>

namespace poselift {

namespace {

/// A field of /proc/self/status that is given in kB.
double statusMib(const char *field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(field))
            return line.mid(line.indexOf(':') + 1).trimmed().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

} // namespace

double residentMib()
{
    return statusMib("VmRSS:");
}

double peakMib()
{
    return statusMib("VmHWM:");
}

void resetPeakMib()
{
    QFile references(QStringLiteral("/proc/self/clear_refs"));
    if (references.open(QIODevice::WriteOnly))
        references.write("5"); // proc(5)
}

} // namespace poselift
