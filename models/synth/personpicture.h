#pragma once

#include "core/io/mocapfile.h"
#include "core/pose/keypoint.h"
#include "models/synth/backdrop.h"
#include "models/synth/bodyappearance.h"
#include "models/synth/bodykeypoints.h"
#include "models/synth/bodyview.h"
#include "models/synth/mocapretarget.h"
#include "models/synth/rasterizer.h"

#include <string>
#include <vector>

namespace poselift {

/// How pictures of people vary. Chances in [0, 1].
struct PersonPictureOptions
{
    int side = 192;                 ///< px of the square piece
    double room = 1.6;              ///< side of the piece, in longer sides of the person's box, varied by ± a sixth
    float otherChance = 0.35F;      ///< of one more person; of a second: a third of that
    float occluderChance = 0.3F;    ///< of a thing before the person
    float truncationChance = 0.12F; ///< the picture ends in the person
    float rolledChance = 0.2F;      ///< the camera is turned by any angle about its axis; else by a little
};

/// A piece of a picture around one person, and where that person's joints are.
struct PersonPicture
{
    ColourPicture picture; ///< pixel centres at integer + 0.5
    Pose2D joints;         ///< px; Visible, Occluded (by others, things or the body itself), Absent outside
    Box box;               ///< around the known joints
};

/// Composes pictures: bodies in poses of motion capture with random proportions, clothes, light,
/// camera and background. The joints are those of the posed rig, so they are exact. What is drawn
/// depends on the generator only. Thread-safe.
class PersonPictures
{
public:
    /// Errors: MissingJoints (see MocapRetarget and BodyKeypoints). @p mesh lives longer than this.
    static Result<PersonPictures> create(const BodyMesh &mesh, MocapData mocap, const Skeleton &skeleton,
                                         const PersonPictureOptions &options);

    /// Errors: DecodeFailed of a backdrop.
    Result<PersonPicture> draw(const Backdrop &backdrop, Random &random) const;

private:
    PersonPictures(const BodyMesh &mesh, MocapData mocap, const PersonPictureOptions &options, MocapRetarget retarget,
                   BodyKeypoints keypoints);
    BodyPose drawPose(Random &random) const;
    BodyPose drawFrame(Random &random) const;
    BodyShape drawShape(Random &random) const;
    DressedBody drawPerson(Random &random) const;
    void turnRandomly(BodyPose &pose, const std::string &bone, float sigma, Random &random) const;
    BodyView drawView(const DressedBody &person, Random &random) const;
    void frame(const DressedBody &person, BodyView &view, Random &random) const;
    void cut(const Eigen::Vector2f &low, const Eigen::Vector2f &high, BodyView &view, Random &random) const;
    bool compose(bool cluttered, Random &random, Rasterizer &raster, Pose2D &joints) const;

    const BodyMesh *m_mesh;
    MocapData m_mocap;
    std::vector<std::vector<std::size_t>> m_actions; ///< sequences of each action
    PersonPictureOptions m_options;
    MocapRetarget m_retarget;
    BodyKeypoints m_keypoints;
    Wardrobe m_wardrobe;
};

} // namespace poselift
