#pragma once

#include "core/pose/keypoint.h"
#include "models/detectormanifest.h"

namespace poselift {

/// The rectangle of the picture that fills the network's input. Both sides are continuous pixel
/// coordinates (pixel centres at integer + 0.5), so the way back is one scale and one offset.
struct Crop
{
    Box source;        ///< px of the picture; may reach outside
    int inputWidth = 0;
    int inputHeight = 0;

    double scaleX() const { return source.width / inputWidth; }
    double scaleY() const { return source.height / inputHeight; }
    double pictureX(double u) const { return source.x + u * scaleX(); }
    double pictureY(double v) const { return source.y + v * scaleY(); }
    double inputU(double x) const { return (x - source.x) / scaleX(); }
    double inputV(double y) const { return (y - source.y) / scaleY(); }
};

/// Rectangle for the whole picture: as it is (Stretch), or centred with its aspect ratio kept.
Crop cropOfPicture(int width, int height, const NetworkInput &input);
/// Rectangle around a person's box: the longer side times the padding, in the input's aspect ratio.
Crop cropOfPerson(const Box &person, const NetworkInput &input);

} // namespace poselift
