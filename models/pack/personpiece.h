#pragma once

#include "core/base/result.h"
#include "models/keypoints/keypointpack.h"

#include <optional>

namespace cv {
class Mat;
}

namespace poselift {

/// How the surroundings of a person are cut out of a picture.
struct PieceOptions
{
    double room = 2.0;     ///< side of the piece, in longer sides of the person's box
    int largestSide = 256; ///< px; a larger piece is made smaller, none is made larger
    int jpegQuality = 92;
};

/// Fills width, height and jpeg of @p person from @p picture (BGR, 8 bit), around the person's box, and
/// moves box and keypoints from the picture into the piece. @return px of the piece a px of the picture;
/// nothing, and an unchanged person, when the box lies outside. Errors: Internal. Throws cv::Exception.
Result<std::optional<double>> cutPiece(const cv::Mat &picture, const PieceOptions &options, PackedPerson &person);

} // namespace poselift
