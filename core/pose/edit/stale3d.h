#pragma once

#include "core/pose/edit/frameranges.h"
#include "core/pose/project.h"

#include <map>
#include <string>

namespace poselift {

/// Key in Project::meta: the 2D whose 3D is not up to date, as toText() writes it; empty when all is.
inline constexpr const char *kStale3d = "stale_3d";

/// Frames of several people.
using TrackFrames = std::map<TrackId, FrameRanges>;

/// "1:10-20,35-35;2:0-5", People without frames are left out.
std::string toText(const TrackFrames &frames);
/// The inverse; what cannot be read is left out.
TrackFrames trackFramesFromText(const std::string &text);

/// The 2D that the 3D of a project just read may not follow yet: what kStale3d says; in a file of a
/// program that does not note it, every frame with corrections.
TrackFrames stale3d(const Project &project);
/// Frames in which a keypoint of the annotation is known, or said to be absent.
TrackFrames annotatedFrames(const Project &project);
/// All frames that the annotation or the detections of a person cover.
FrameRange framesOf(const Project &project, TrackId id);

} // namespace poselift
