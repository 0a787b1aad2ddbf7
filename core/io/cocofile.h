#pragma once

#include "core/base/result.h"
#include "core/io/annotatedpicture.h"

namespace poselift {

/// Reads an annotation file of COCO keypoints (categories with a keypoint list): the people with at
/// least one marked keypoint, crowds left out. Flag v = 1 becomes Occluded, 2 Visible, 0 Missing.
/// Keypoints mark pixels by integers and become pixel centres (+ 0.5). The pictures lie beside the
/// file. Errors: FileNotFound, CannotRead, WrongFormat, UnknownJointOrder.
Result<AnnotatedPictures> readCocoKeypoints(const std::filesystem::path &file);

} // namespace poselift
