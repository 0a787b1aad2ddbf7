#pragma once

#include <QVector3D>

#include <optional>

class QKeyEvent;

namespace poselift {

class OrbitCamera;

/// Whether the key moves a chosen joint: Alt+arrows along the view's right and up, Alt+Page Up and
/// Alt+Page Down along the video camera's ray (away and nearer); 1 cm, with Shift 10 cm.
bool isNudgeKey(const QKeyEvent *event);
/// The way that the key moves a joint at @p joint: scene coordinates, m; nothing for other keys.
std::optional<QVector3D> nudgeOfKey(const QKeyEvent *event, const OrbitCamera &eye, const QVector3D &joint);

} // namespace poselift
