#pragma once

#include "models/finetune/learningblocks.h"
#include "models/finetune/personlabels.h"

namespace poselift {

/// The detector's keypoints as they would be had the user corrected every frame: at corrected frames
/// of @p train the correction, between them the detector's keypoint moved by what the corrections
/// around it moved theirs by, far from them by the mean of that. Corrections outside @p train are not
/// looked at.
KeypointTrack correctedEverywhere(const PersonLabels &person, std::span<const FrameSpan> train);

} // namespace poselift
