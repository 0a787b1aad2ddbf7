#pragma once

#include "core/jobs/jobserver.h"

namespace poselift {

/// "interactive" {"lifter": "", "flip": true, "threads": 0}: 3D while the 2D is being edited. Runs until
/// it is cancelled. Frames and joints are indices; joints are those of the project's skeleton.
///
/// It says first
///   {"what":"ready", "layer":"lifted/NAME", "joints":["root", …]}
/// and takes inputs
///   {"revision":7, "frame":120,         counts up; the frame that the user looks at
///    "project":"FILE.poselift",         optional: hold the corrected 2D of this file from now on
///    "invalid":[{"track":1,"first":100,"last":130}],           optional: lift what depends on these
///    "edits":[{"track":1,"frame":120,"joints":[9,10],          optional: keypoints as they are now
///              "xy":[x0,y0,x1,y1],"confidence":[c0,c1],"state":[s0,s1]}]}      state: core/pose/track.h
/// Newer input supersedes older: it is carried out before any more lifting, and what was not lifted
/// yet comes with the newer revision. For each revision that was not superseded first the frame that
/// the user looks at, as far as the edits concern it (InteractiveLifter::liftFrame), then
///   {"what":"current","revision":7}
/// then the exact 3D of everything that was affected, nearest frames first, then
///   {"what":"done","revision":7}
/// 3D is said as
///   {"what":"poses","revision":7,"track":1,"first":120,"frames":1,"exact":false,
///    "seen":"1",                        one '0' or '1' a frame
///    "xyz":"…"}                         base64 of float32 [T, J, 3], m
/// An input that cannot be carried out ends the job (failed).
Result<nlohmann::json> interactiveJob(const nlohmann::json &arguments, const JobContext &job, JobDialogue &dialogue);

} // namespace poselift
