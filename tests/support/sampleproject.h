#pragma once

#include "core/pose/project.h"

/// A small project that uses every field of the file format: two annotation tracks, two keypoint
/// layers and two joint layers (one name used for both kinds, one with a slash), splits, notes.
poselift::Project makeSampleProject();
