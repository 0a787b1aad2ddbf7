#pragma once

#include "models/synth/bodymesh.h"

#include <Eigen/Core>
#include <Eigen/Geometry>

#include <vector>

namespace poselift {

/// How a body differs from the mesh in its file. 1 changes nothing.
struct BodyShape
{
    std::vector<float> length; ///< [bones] factor along the bone
    std::vector<float> girth;  ///< [bones] factor across it

    static BodyShape unchanged(const BodyMesh &mesh);
};

/// What a body does. Every bone turns about its head; rotations are relative to the parent, in the
/// axes of the rest pose, so that the identity everywhere is the rest pose.
struct BodyPose
{
    Eigen::Vector3f root = Eigen::Vector3f::Zero(); ///< m, head of the first bone
    std::vector<Eigen::Quaternionf> local;          ///< [bones]; the first is that of the whole body

    static BodyPose rest(const BodyMesh &mesh);
};

/// Where a bone takes the vertices that it moves: world = linear · (rest − rest head) + head.
struct PlacedBone
{
    Eigen::Quaternionf rotation;
    Eigen::Matrix3f linear; ///< rotation and the shape's factors
    Eigen::Vector3f head;   ///< m, the joint
};

/// [bones]; a joint is moved by its bone's parent.
std::vector<PlacedBone> placeBones(const BodyMesh &mesh, const BodyShape &shape, const BodyPose &pose);

/// Linear blend skinning: the places of all vertices, m. @p to is resized.
void skin(const BodyMesh &mesh, const std::vector<PlacedBone> &bones, std::vector<Eigen::Vector3f> &to);

/// Unit normals of the vertices of some layers (sums of the triangles' area vectors); 0 for the others.
void vertexNormals(const BodyMesh &mesh, const std::vector<MeshLayer> &layers,
                   const std::vector<Eigen::Vector3f> &vertices, std::vector<Eigen::Vector3f> &to);

} // namespace poselift
