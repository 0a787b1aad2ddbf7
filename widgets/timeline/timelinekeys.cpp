#include "widgets/timeline/timelinekeys.h"

#include "widgets/timeline/timelineview.h"

namespace poselift {

ViewKeys timelineKeys()
{
    const auto key = [](const char *name, const QString &text, const KeyList &keys) {
        return ViewKey{QStringLiteral("timelineView.") + QString::fromLatin1(name), text, keys};
    };
    return ViewKeys({
        key("previous", TimelineView::tr("Previous frame"), {Qt::Key_Left}),
        key("next", TimelineView::tr("Next frame"), {Qt::Key_Right}),
        key("pageBack", TimelineView::tr("10 frames back"), {Qt::Key_PageUp}),
        key("pageForward", TimelineView::tr("10 frames forward"), {Qt::Key_PageDown}),
        key("first", TimelineView::tr("First frame"), {Qt::Key_Home}),
        key("last", TimelineView::tr("Last frame"), {Qt::Key_End}),
        key("zoomIn", TimelineView::tr("Zoom in"), {Qt::Key_Plus, Qt::Key_Equal}),
        key("zoomOut", TimelineView::tr("Zoom out"), {Qt::Key_Minus}),
        key("showAll", TimelineView::tr("Show everything"), {Qt::Key_0}),
    });
}

} // namespace poselift
