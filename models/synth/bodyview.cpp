#include "models/synth/bodyview.h"

#include <Eigen/Geometry>

#include <cmath>

namespace poselift {

using Eigen::Vector2f;
using Eigen::Vector3f;

Eigen::Matrix3f BodyView::rotation(float azimuth, float elevation, float roll)
{
    const Vector3f forward(std::sin(azimuth) * std::cos(elevation), -std::sin(elevation),
                           std::cos(azimuth) * std::cos(elevation));
    const Vector3f right = forward.cross(Vector3f::UnitY()).normalized();
    Eigen::Matrix3f level; // rows: the camera's axes in the world
    level.row(0) = right;
    level.row(1) = forward.cross(right);
    level.row(2) = forward;
    return Eigen::AngleAxisf(roll, Vector3f::UnitZ()).toRotationMatrix() * level;
}

void DressedBody::move(const Vector3f &by)
{
    for (PlacedBone &bone : bones)
        bone.head += by;
    for (std::vector<Vector3f> *places : {&vertices, &joints}) {
        for (Vector3f &place : *places)
            place += by;
    }
}

DressedBody dressedBody(const BodyMesh &mesh, const BodyKeypoints &keypoints, const BodyShape &shape,
                        const BodyPose &pose, const BodyAppearance &look)
{
    DressedBody body;
    body.bones = placeBones(mesh, shape, pose);
    skin(mesh, body.bones, body.vertices);
    body.joints = keypoints.places(body.bones, body.vertices);
    vertexNormals(mesh, look.layers, body.vertices, body.normals);
    for (std::size_t v = 0; v < body.vertices.size(); ++v)
        body.vertices[v] += look.thickness[v] * body.normals[v];
    body.colours = look.colours;
    body.layers = look.layers;
    return body;
}

void drawBody(const DressedBody &body, const BodyMesh &mesh, const BodyView &view, std::uint16_t owner,
              Rasterizer &raster)
{
    std::vector<ScreenVertex> screen(body.vertices.size());
    for (std::size_t v = 0; v < screen.size(); ++v) {
        const Vector3f at = view.inCamera(body.vertices[v]);
        if (at.z() < BodyView::kNear)
            continue;
        const float inverse = 1 / at.z();
        screen[v] = {BodyView::kOversampling * (view.scale * at.x() * inverse + view.shift.x()),
                     BodyView::kOversampling * (view.scale * at.y() * inverse + view.shift.y()), inverse,
                     body.colours[v], mesh.mainBone[v]};
    }
    for (const MeshLayer layer : body.layers)
        raster.draw(screen, mesh.layers[static_cast<std::size_t>(layer)], owner);
}

Pose2D seenJoints(const DressedBody &body, const BodyKeypoints &keypoints, const BodyView &view, std::uint16_t owner,
                  const Rasterizer &raster)
{
    constexpr float kTouching = 1e-3F; // m: a place on the skin may round to behind it
    Pose2D pose(body.joints.size());
    for (std::size_t j = 0; j < pose.size(); ++j) {
        const Vector2f at = view.pixel(body.joints[j]);
        const int x = static_cast<int>(std::floor(BodyView::kOversampling * at.x()));
        const int y = static_cast<int>(std::floor(BodyView::kOversampling * at.y()));
        const float depth = view.inCamera(body.joints[j]).z();
        if (x < 0 || y < 0 || x >= raster.width() || y >= raster.height() || depth < BodyView::kNear) {
            pose[j].state = KeypointState::Absent;
            continue;
        }
        pose[j].x = at.x();
        pose[j].y = at.y();
        pose[j].confidence = 1.0F;
        const Rasterizer::Sample &seen = raster.at(x, y);
        const float before = seen.inverseDepth > 0 ? depth - 1 / seen.inverseDepth : 0; // m
        const bool underSkin = seen.owner == owner && keypoints.isUnderSkin(j, seen.bone, before);
        pose[j].state = before < kTouching || underSkin ? KeypointState::Visible : KeypointState::Occluded;
    }
    return pose;
}

} // namespace poselift
