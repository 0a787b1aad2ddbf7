#pragma once

#include "core/pose/keypoint.h"
#include "models/synth/bodyappearance.h"
#include "models/synth/bodykeypoints.h"
#include "models/synth/rasterizer.h"

#include <Eigen/Core>

#include <algorithm>
#include <vector>

namespace poselift {

/// A pinhole camera and a crop of its picture, in one. The camera looks at a point in the world.
struct BodyView
{
    /// Samples of the raster a pixel of the picture, per axis.
    static constexpr int kOversampling = 2;
    /// m: nothing nearer to the camera is drawn.
    static constexpr float kNear = 0.3F;

    Eigen::Matrix3f cameraFromWorld = Eigen::Matrix3f::Identity(); ///< x right, y down, z forward; world: y up
    Eigen::Vector3f target = Eigen::Vector3f::Zero();
    float distance = 4;                              ///< m from the camera to the target
    float scale = 1;                                 ///< px a unit of the plane at depth 1
    Eigen::Vector2f shift = Eigen::Vector2f::Zero(); ///< px, where the target is seen
    int width = 0;                                   ///< px of the picture
    int height = 0;

    Eigen::Vector3f inCamera(const Eigen::Vector3f &world) const
    {
        return cameraFromWorld * (world - target) + Eigen::Vector3f(0, 0, distance);
    }
    /// On the plane at depth 1.
    Eigen::Vector2f onPlane(const Eigen::Vector3f &world) const
    {
        const Eigen::Vector3f at = inCamera(world);
        return Eigen::Vector2f(at.x(), at.y()) / std::max(at.z(), kNear);
    }
    Eigen::Vector2f pixel(const Eigen::Vector3f &world) const { return scale * onPlane(world) + shift; }

    /// Rotation of a camera that looks along azimuth (about the vertical, 0 = +z) and downwards by
    /// elevation, turned by roll about its axis; rad.
    static Eigen::Matrix3f rotation(float azimuth, float elevation, float roll);
};

/// A posed body with clothes.
struct DressedBody
{
    std::vector<PlacedBone> bones;
    std::vector<Eigen::Vector3f> vertices; ///< m, world, with the clothes' thickness
    std::vector<Eigen::Vector3f> normals;
    std::vector<Eigen::Vector3f> joints;  ///< of BodyKeypoints, m, world
    std::vector<Eigen::Vector3f> colours; ///< [vertices] in [0, 1], lit
    std::vector<MeshLayer> layers;        ///< what is drawn

    void move(const Eigen::Vector3f &by);
};

/// Places and dresses a body.
DressedBody dressedBody(const BodyMesh &mesh, const BodyKeypoints &keypoints, const BodyShape &shape,
                        const BodyPose &pose, const BodyAppearance &look);

/// Draws a body into a raster of view.width × view.height pixels.
void drawBody(const DressedBody &body, const BodyMesh &mesh, const BodyView &view, std::uint16_t owner,
              Rasterizer &raster);

/// The joints of the body that drew itself as @p owner, px of the picture: Visible, Occluded where
/// something else than the joint's own flesh is seen (another body, a thing, another part of this
/// body), Absent outside the picture.
Pose2D seenJoints(const DressedBody &body, const BodyKeypoints &keypoints, const BodyView &view, std::uint16_t owner,
                  const Rasterizer &raster);

} // namespace poselift
