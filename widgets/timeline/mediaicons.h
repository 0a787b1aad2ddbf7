#pragma once

#include <QColor>
#include <QIcon>

namespace poselift {

enum class MediaSymbol { Play, Pause, Previous, Next, First, Last };

/// A playback symbol in @p colour, so that it is seen on light and dark ground alike.
QIcon mediaIcon(MediaSymbol symbol, const QColor &colour);

} // namespace poselift
