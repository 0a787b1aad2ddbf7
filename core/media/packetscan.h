#pragma once

#include "core/media/ffmpegpointers.h"

namespace poselift {

/// Whether countShownPictures() can look into packets of this stream.
bool canCountShownPictures(const AVCodecParameters &parameters);

/// How many pictures the decoder will show for @p packet, told from its headers alone: 0 for a
/// packet of hidden VP8/VP9 frames, 2 for two fields or frames in one packet; −1 when the packet is
/// not well-formed or ends a coded sequence.
int countShownPictures(const AVCodecParameters &parameters, const AVPacket &packet);

} // namespace poselift
