#include "widgets/scene3d/sceneviewkeys.h"

#include "widgets/scene3d/sceneview.h"

#include <array>
#include <cstddef>

namespace poselift {

namespace {

/// Of the four keys that begin with @p left: left, right, up, down.
QPointF direction(SceneViewKey key, SceneViewKey left)
{
    constexpr std::array<QPointF, 4> kLeftRightUpDown{QPointF(-1, 0), QPointF(1, 0), QPointF(0, -1), QPointF(0, 1)};
    const int index = static_cast<int>(key) - static_cast<int>(left);
    return index >= 0 && index < 4 ? kLeftRightUpDown[static_cast<std::size_t>(index)] : QPointF();
}

} // namespace

ViewKeys sceneViewKeys()
{
    const auto key = [](const char *name, const QString &text, const KeyList &keys) {
        return ViewKey{QStringLiteral("sceneView.") + QString::fromLatin1(name), text, keys};
    };
    return ViewKeys({
        key("fit", SceneView::tr("Fit everyone"), {Qt::Key_F}),
        key("front", SceneView::tr("Look from the front"), {Qt::Key_1}),
        key("side", SceneView::tr("Look from the side"), {Qt::Key_3}),
        key("top", SceneView::tr("Look from above"), {Qt::Key_7}),
        key("camera", SceneView::tr("Look through the video's camera"), {Qt::Key_0}),
        key("zoomIn", SceneView::tr("Zoom in"), {Qt::Key_Plus, Qt::Key_Equal}),
        key("zoomOut", SceneView::tr("Zoom out"), {Qt::Key_Minus}),
        key("turnLeft", SceneView::tr("Turn left"), {Qt::CTRL | Qt::Key_Left}),
        key("turnRight", SceneView::tr("Turn right"), {Qt::CTRL | Qt::Key_Right}),
        key("turnUp", SceneView::tr("Turn up"), {Qt::CTRL | Qt::Key_Up}),
        key("turnDown", SceneView::tr("Turn down"), {Qt::CTRL | Qt::Key_Down}),
        key("moveLeft", SceneView::tr("Look further left"), {Qt::CTRL | Qt::ALT | Qt::Key_Left}),
        key("moveRight", SceneView::tr("Look further right"), {Qt::CTRL | Qt::ALT | Qt::Key_Right}),
        key("moveUp", SceneView::tr("Look further up"), {Qt::CTRL | Qt::ALT | Qt::Key_Up}),
        key("moveDown", SceneView::tr("Look further down"), {Qt::CTRL | Qt::ALT | Qt::Key_Down}),
    });
}

QPointF turnDirection(SceneViewKey key)
{
    return direction(key, SceneViewKey::TurnLeft);
}

QPointF moveDirection(SceneViewKey key)
{
    return direction(key, SceneViewKey::MoveLeft);
}

} // namespace poselift
