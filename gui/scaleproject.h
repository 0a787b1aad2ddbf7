#pragma once

#include "core/base/result.h"
#include "core/pose/project.h"

#include <QString>

namespace poselift {

/// Two people who walk on the spot for @p media.frameCount frames, 17 keypoints each: a "detected" layer
/// with gaps, an annotation in which three joints of every 250th frame were corrected, and a
/// "lifted/scale" layer. Keypoints in pixels of a picture of media.width × media.height.
Project makeScaleProject(const MediaReference &media);

/// Makes a video of @p frameCount frames with the ffmpeg command and the project of it beside it; the
/// video is a real one, small and with short groups of pictures, 40 seconds of it repeated without being
/// encoded again. Takes some seconds, in the caller's thread. @return the path of the project
Result<QString> makeScaleFiles(const QString &folder, qint64 frameCount);

} // namespace poselift
