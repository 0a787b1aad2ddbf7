#pragma once

#include "core/pose/project.h"
#include "widgets/style/posepalette.h"

#include <QString>

#include <optional>
#include <vector>

namespace poselift {

/// One person of one frame as the frame view draws it.
struct OverlayPerson
{
    TrackId track = 0;
    QString label; ///< given by the user; the view shows "#track" when empty
    Pose2D pose;   ///< pixels of the frame, in the order of the layer's skeleton
    friend bool operator==(const OverlayPerson &, const OverlayPerson &) = default;
};

/// A joint in the overlay under a position of the view.
struct JointHit
{
    PoseLayer layer = PoseLayer::Primary;
    TrackId track = 0;
    int joint = -1;
    friend bool operator==(const JointHit &, const JointHit &) = default;
};

/// Everyone of a layer of keypoints who is present in @p frame.
std::vector<OverlayPerson> overlayPeopleAt(const KeypointLayer &layer, std::int64_t frame);
/// Everyone of a project in @p frame: annotations over the detector's layer.
std::vector<OverlayPerson> overlayPeopleAt(const Project &project, std::int64_t frame);

} // namespace poselift
