#include "widgets/timeline/timecode.h"

#include <QLocale>
#include <QStringList>

#include <cmath>
#include <cstdlib>

namespace poselift {

QString formatTime(double seconds)
{
    const long long milliseconds = std::llround(std::abs(seconds) * 1000);
    const long long hours = milliseconds / 3600000;
    const long long minutes = milliseconds / 60000 % 60;
    const QString sign = seconds < 0 && milliseconds > 0 ? QStringLiteral("-") : QString();
    const QString rest = QStringLiteral("%1.%2")
                             .arg(milliseconds / 1000 % 60, 2, 10, QLatin1Char('0'))
                             .arg(milliseconds % 1000, 3, 10, QLatin1Char('0'));
    if (hours == 0)
        return sign + QStringLiteral("%1:%2").arg(minutes).arg(rest);
    return sign + QStringLiteral("%1:%2:%3").arg(hours).arg(minutes, 2, 10, QLatin1Char('0')).arg(rest);
}

std::optional<double> parseTime(const QString &text)
{
    const QStringList parts = text.trimmed().split(u':');
    if (parts.size() > 3)
        return std::nullopt;
    double seconds = 0;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        bool ok = false;
        const bool last = i + 1 == parts.size();
        const double value = last ? QLocale::c().toDouble(parts[i], &ok) : parts[i].toInt(&ok);
        if (!ok || (i > 0 && (value < 0 || value >= 60)))
            return std::nullopt;
        seconds = seconds * 60 + value;
    }
    return seconds;
}

} // namespace poselift
