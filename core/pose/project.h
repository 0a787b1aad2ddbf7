#pragma once

#include "core/geometry/camera.h"
#include "core/pose/skeleton.h"
#include "core/pose/track.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace poselift {

/// The video or picture folder that a project belongs to, and the proof that it is still the same.
struct MediaReference
{
    std::string path;             ///< relative to the project file's folder where possible
    std::int64_t sizeBytes = 0;   ///< of the file; 0 for a folder
    std::int64_t frameCount = 0;
    int width = 0;                ///< px, after rotation metadata
    int height = 0;
    std::string ptsHash;          ///< sha256 (hex) of the list of pts as little-endian doubles
    std::vector<double> seconds;  ///< pts of every frame in seconds, [frameCount]
    friend bool operator==(const MediaReference &, const MediaReference &) = default;
};

/// 2D predictions of a detector, or imported 2D.
struct KeypointLayer
{
    std::string name;         ///< "detected"
    Skeleton skeleton;
    std::string producer;     ///< model name and version, for people
    std::vector<KeypointTrack> tracks;
    friend bool operator==(const KeypointLayer &, const KeypointLayer &) = default;
};

/// 3D predictions of a lifter, 3D truth, or what was corrected by hand (core/pose/edit/effectivepose3d.h).
struct JointLayer
{
    std::string name;         ///< "lifted/<model>", "groundtruth", "corrected3d"
    Skeleton skeleton;
    std::string producer;
    std::vector<JointTrack> tracks;
    friend bool operator==(const JointLayer &, const JointLayer &) = default;
};

/// Key in Project::meta: a random name for one save. Unlike the generation it tells a copy that was
/// saved elsewhere from the original.
inline constexpr const char *kSaveId = "save_id";

/// Everything that a .poselift file holds (core/io/FORMAT.md). A plain value.
struct Project
{
    std::string uuid;                    ///< made once, kept through saves
    std::int64_t saveGeneration = 0;     ///< + 1 at each save
    MediaReference media;
    Skeleton skeleton;                   ///< of the annotation tracks
    CameraIntrinsics camera;             ///< of the video; camera.assumed when nobody gave it
    std::vector<KeypointTrack> tracks;   ///< annotation layer: corrections over "detected"
    std::vector<KeypointLayer> keypointLayers;
    std::vector<JointLayer> jointLayers;
    std::map<std::string, std::vector<std::pair<std::int64_t, std::int64_t>>> splits; ///< name → frame ranges [begin, end)
    std::map<std::string, std::string> meta; ///< program version, dates, notes

    const KeypointLayer *keypointLayer(const std::string &name) const;
    const JointLayer *jointLayer(const std::string &name) const;
    /// The annotation where there is one, else the "detected" layer's keypoint of the same track.
    Pose2D effectivePose(TrackId track, std::int64_t frame) const;
    /// Ids of the annotation tracks and of the tracks of "detected", sorted.
    std::vector<TrackId> trackIds() const;
    friend bool operator==(const Project &, const Project &) = default;
};

} // namespace poselift
