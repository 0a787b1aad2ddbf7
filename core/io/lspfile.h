#pragma once

#include "core/base/result.h"
#include "core/io/annotatedpicture.h"

namespace poselift {

/// Reads the pictures FIRST … LAST (numbered from 1, as in imNNNNN.jpg) of a folder of "Leeds
/// Sports Pose Extended Training" (Johnson & Everingham, CVPR 2011): joints.mat, a MATLAB array
/// `joints` [14, 3, N] of x, y and visibility, and images/. One person a picture, skeleton lsp14.
/// MATLAB counts pixel centres from 1; they become integer + 0.5. A joint without visibility mark
/// is Missing: its position is not reliable. Pictures that are not in the folder are left out.
/// Errors: FileNotFound, WrongFormat, MissingDataset, WrongShape, NotFinite.
Result<AnnotatedPictures> readLspExtended(const std::filesystem::path &folder, int first, int last);

} // namespace poselift
