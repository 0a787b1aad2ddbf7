#pragma once

#include "models/finetune/finetune.h"

namespace poselift {

/// Fine-tunes one of our own 2D detectors on the corrected frames of a project, which is only read, and
/// measures it before and after on the same held-out frames, each person in the same box. @p options.model:
/// empty for the preferred one of ours. Labels are keypoints put by hand or accepted; where a corrected frame
/// has none, the project's detection stands in with its confidence. @p options.rehearsal is a training pack
/// (poselift-cli pack); @p options.objective has no meaning here.
/// @return {"run", "model": folder of the trained model, "report": report.json}, or for a trial
/// {"seconds_per_step", "steps", "estimated_s", "trained_on", "held_out"}. Reports the stages "read", "train",
/// "measure".
/// Errors: NothingToLearn, CannotRead when the video was moved, WrongFormat when the video is another one,
/// ModelNotFound, BadArgument for a model of another kind, those of readProject(), FrameSource, readKeypointPack() and
/// runTrainingLoop().
Result<nlohmann::json> finetuneDetector(const FinetuneOptions &options, const JobContext &job);

} // namespace poselift
