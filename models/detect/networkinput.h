#pragma once

#include "core/media/videoframe.h"
#include "models/detect/crop.h"
#include "models/detectormanifest.h"

namespace cv {
class Mat;
}

namespace poselift {

/// Resamples @p crop of @p picture, which may reach outside it, to the network's input and
/// normalises it: @p blob becomes [1, 3, height, width] float. Shrinking averages, so that small
/// inputs of large pictures do not alias. Throws cv::Exception.
void fillBlob(const ImageView &picture, const Crop &crop, const NetworkInput &input, cv::Mat &blob);

/// The resampled crop before normalisation: 8-bit B, G, R.
void fillInputPicture(const ImageView &picture, const Crop &crop, const NetworkInput &input, cv::Mat &bgr);

} // namespace poselift
