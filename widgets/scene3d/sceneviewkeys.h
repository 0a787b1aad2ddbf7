#pragma once

#include "widgets/keys/viewkeys.h"

#include <QPointF>

namespace poselift {

/// What a SceneView does on keys, in the order of sceneViewKeys().
enum class SceneViewKey
{
    Fit,
    Front,
    Side,
    Top,
    Camera,
    ZoomIn,
    ZoomOut,
    TurnLeft,
    TurnRight,
    TurnUp,
    TurnDown,
    MoveLeft,
    MoveRight,
    MoveUp,
    MoveDown,
};

/// The keys of a SceneView that stands alone.
ViewKeys sceneViewKeys();

/// Unit vector, x right and y down, of a Turn key or of a Move key; (0, 0) for any other.
QPointF turnDirection(SceneViewKey key);
QPointF moveDirection(SceneViewKey key);

} // namespace poselift
