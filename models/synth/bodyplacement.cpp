#include "models/synth/bodyplacement.h"

namespace poselift {

BodyShape BodyShape::unchanged(const BodyMesh &mesh)
{
    const std::vector<float> ones(mesh.bones.size(), 1.0F);
    return {ones, ones};
}

BodyPose BodyPose::rest(const BodyMesh &mesh)
{
    return {mesh.bones.front().head,
            std::vector<Eigen::Quaternionf>(mesh.bones.size(), Eigen::Quaternionf::Identity())};
}

std::vector<PlacedBone> placeBones(const BodyMesh &mesh, const BodyShape &shape, const BodyPose &pose)
{
    std::vector<PlacedBone> placed(mesh.bones.size());
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const RigBone &bone = mesh.bones[i];
        PlacedBone &here = placed[i];
        if (bone.parent < 0) {
            here.rotation = pose.local[i];
            here.head = pose.root;
        } else {
            const PlacedBone &parent = placed[static_cast<std::size_t>(bone.parent)];
            here.rotation = (parent.rotation * pose.local[i]).normalized();
            here.head =
                parent.head + parent.linear * (bone.head - mesh.bones[static_cast<std::size_t>(bone.parent)].head);
        }
        const Eigen::Vector3f along = (bone.tail - bone.head).normalized();
        const Eigen::Matrix3f factors = shape.girth[i] * Eigen::Matrix3f::Identity()
                                        + (shape.length[i] - shape.girth[i]) * along * along.transpose();
        here.linear = here.rotation.toRotationMatrix() * factors;
    }
    return placed;
}

void skin(const BodyMesh &mesh, const std::vector<PlacedBone> &bones, std::vector<Eigen::Vector3f> &to)
{
    // world = linear · rest + (head − linear · rest head): one matrix and one vector a bone.
    std::vector<Eigen::Vector3f> offset(bones.size());
    for (std::size_t i = 0; i < bones.size(); ++i)
        offset[i] = bones[i].head - bones[i].linear * mesh.bones[i].head;
    to.resize(mesh.vertices.size());
    for (std::size_t v = 0; v < to.size(); ++v) {
        Eigen::Vector3f place = Eigen::Vector3f::Zero();
        for (std::uint32_t w = mesh.weightOffset[v]; w < mesh.weightOffset[v + 1]; ++w) {
            const SkinWeight &weight = mesh.weights[w];
            place += weight.weight * (bones[weight.bone].linear * mesh.vertices[v] + offset[weight.bone]);
        }
        to[v] = place;
    }
}

void vertexNormals(const BodyMesh &mesh, const std::vector<MeshLayer> &layers,
                   const std::vector<Eigen::Vector3f> &vertices, std::vector<Eigen::Vector3f> &to)
{
    to.assign(vertices.size(), Eigen::Vector3f::Zero());
    for (const MeshLayer layer : layers) {
        for (const MeshTriangle &t : mesh.layers[static_cast<std::size_t>(layer)]) {
            const Eigen::Vector3f area = (vertices[t[1]] - vertices[t[0]]).cross(vertices[t[2]] - vertices[t[0]]);
            for (const std::uint32_t corner : t)
                to[corner] += area;
        }
    }
    for (Eigen::Vector3f &normal : to) {
        const float length = normal.norm();
        if (length > 0)
            normal /= length;
    }
}

} // namespace poselift
