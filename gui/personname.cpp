#include "gui/personname.h"

#include "core/pose/edit/trackedits.h"

namespace poselift {

QString personName(const Project &project, TrackId track)
{
    const QString number = QStringLiteral("#%1").arg(track);
    const std::string label = labelOf(project, track);
    return label.empty() ? number : QStringLiteral("%1 (%2)").arg(QString::fromStdString(label), number);
}

} // namespace poselift
