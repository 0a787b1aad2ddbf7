#include "widgets/image/frameviewkeys.h"

#include "widgets/image/frameview.h"

#include <array>
#include <cstddef>

namespace poselift {

namespace {

constexpr double kKeyPanPx = 60.0;
constexpr std::array kNudgePx{1.0, 10.0, 0.1}; ///< usual, far, fine

QPointF direction(int index)
{
    constexpr std::array<QPointF, 4> kLeftRightUpDown{QPointF(-1, 0), QPointF(1, 0), QPointF(0, -1), QPointF(0, 1)};
    return kLeftRightUpDown[static_cast<std::size_t>(index)];
}

} // namespace

ViewKeys frameViewKeys()
{
    const auto key = [](const char *name, const QString &text, const KeyList &keys) {
        return ViewKey{QStringLiteral("frameView.") + QString::fromLatin1(name), text, keys};
    };
    return ViewKeys({
        key("nudgeLeft", FrameView::tr("Move the chosen joint left by 1 pixel"), {Qt::Key_Left}),
        key("nudgeRight", FrameView::tr("Move the chosen joint right by 1 pixel"), {Qt::Key_Right}),
        key("nudgeUp", FrameView::tr("Move the chosen joint up by 1 pixel"), {Qt::Key_Up}),
        key("nudgeDown", FrameView::tr("Move the chosen joint down by 1 pixel"), {Qt::Key_Down}),
        key("nudgeLeftFar", FrameView::tr("Move the chosen joint left by 10 pixels"), {Qt::SHIFT | Qt::Key_Left}),
        key("nudgeRightFar", FrameView::tr("Move the chosen joint right by 10 pixels"), {Qt::SHIFT | Qt::Key_Right}),
        key("nudgeUpFar", FrameView::tr("Move the chosen joint up by 10 pixels"), {Qt::SHIFT | Qt::Key_Up}),
        key("nudgeDownFar", FrameView::tr("Move the chosen joint down by 10 pixels"), {Qt::SHIFT | Qt::Key_Down}),
        key("nudgeLeftFine", FrameView::tr("Move the chosen joint left by 0.1 pixels"), {Qt::ALT | Qt::Key_Left}),
        key("nudgeRightFine", FrameView::tr("Move the chosen joint right by 0.1 pixels"), {Qt::ALT | Qt::Key_Right}),
        key("nudgeUpFine", FrameView::tr("Move the chosen joint up by 0.1 pixels"), {Qt::ALT | Qt::Key_Up}),
        key("nudgeDownFine", FrameView::tr("Move the chosen joint down by 0.1 pixels"), {Qt::ALT | Qt::Key_Down}),
        key("nextJoint", FrameView::tr("Next joint of the chosen person"), {Qt::Key_Tab}),
        key("previousJoint", FrameView::tr("Previous joint of the chosen person"), {Qt::SHIFT | Qt::Key_Tab}),
        key("panTool", FrameView::tr("Held down: drag to move the picture"), {Qt::Key_Space}),
        key("fit", FrameView::tr("Fit the picture"), {Qt::Key_F}),
        key("pixels", FrameView::tr("One picture pixel per screen pixel"), {Qt::Key_1}),
        key("zoomIn", FrameView::tr("Zoom in"), {Qt::Key_Plus, Qt::Key_Equal}),
        key("zoomOut", FrameView::tr("Zoom out"), {Qt::Key_Minus}),
        key("panLeft", FrameView::tr("Look further left"), {Qt::CTRL | Qt::Key_Left}),
        key("panRight", FrameView::tr("Look further right"), {Qt::CTRL | Qt::Key_Right}),
        key("panUp", FrameView::tr("Look further up"), {Qt::CTRL | Qt::Key_Up}),
        key("panDown", FrameView::tr("Look further down"), {Qt::CTRL | Qt::Key_Down}),
    });
}

QPointF nudgeOf(FrameViewKey key)
{
    const int index = static_cast<int>(key) - static_cast<int>(FrameViewKey::NudgeLeft);
    if (index < 0 || key > FrameViewKey::NudgeDownFine)
        return {};
    return direction(index % 4) * kNudgePx[static_cast<std::size_t>(index / 4)];
}

QPointF panOf(FrameViewKey key)
{
    const int index = static_cast<int>(key) - static_cast<int>(FrameViewKey::PanLeft);
    return index >= 0 && key <= FrameViewKey::PanDown ? direction(index) * -kKeyPanPx : QPointF();
}

} // namespace poselift
