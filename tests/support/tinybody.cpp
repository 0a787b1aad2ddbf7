#include "tests/support/tinybody.h"

#include <Eigen/Geometry>

#include <nlohmann/json.hpp>

#include <fstream>
#include <string>
#include <vector>

namespace {

using Eigen::Vector3f;

struct Bone
{
    const char *name;
    const char *parent;
    Vector3f head, tail; // m
    float radius;        // m, of its box; 0: none
};

std::vector<Bone> bones()
{
    std::vector<Bone> list{{"Hips", "", {0, 0.95F, 0}, {0, 1.05F, 0}, 0.13F},
                           {"Spine", "Hips", {0, 1.05F, 0}, {0, 1.15F, 0}, 0.12F},
                           {"Spine1", "Spine", {0, 1.15F, 0}, {0, 1.3F, 0}, 0.12F},
                           {"Spine2", "Spine1", {0, 1.3F, 0}, {0, 1.5F, 0}, 0.13F},
                           {"Neck", "Spine2", {0, 1.5F, 0}, {0, 1.58F, 0}, 0.05F},
                           {"Head", "Neck", {0, 1.58F, 0}, {0, 1.78F, 0}, 0}};
    const auto add = [&](const char *left, const char *right, const char *parentLeft, const char *parentRight,
                         Vector3f head, Vector3f tail, float radius) {
        list.push_back({left, parentLeft, head, tail, radius});
        list.push_back({right, parentRight, {-head.x(), head.y(), head.z()}, {-tail.x(), tail.y(), tail.z()}, radius});
    };
    add("LeftShoulder", "RightShoulder", "Spine2", "Spine2", {0.05F, 1.45F, 0}, {0.18F, 1.42F, 0}, 0.04F);
    add("LeftArm", "RightArm", "LeftShoulder", "RightShoulder", {0.18F, 1.42F, 0}, {0.38F, 1.22F, 0}, 0.04F);
    add("LeftForeArm", "RightForeArm", "LeftArm", "RightArm", {0.38F, 1.22F, 0}, {0.55F, 1.05F, 0.08F}, 0.035F);
    add("LeftHand", "RightHand", "LeftForeArm", "RightForeArm", {0.55F, 1.05F, 0.08F}, {0.62F, 0.98F, 0.11F}, 0.03F);
    add("LeftUpLeg", "RightUpLeg", "Hips", "Hips", {0.1F, 0.92F, 0}, {0.1F, 0.5F, 0.01F}, 0.07F);
    add("LeftLeg", "RightLeg", "LeftUpLeg", "RightUpLeg", {0.1F, 0.5F, 0.01F}, {0.1F, 0.08F, 0}, 0.05F);
    add("LeftFoot", "RightFoot", "LeftLeg", "RightLeg", {0.1F, 0.08F, 0}, {0.1F, 0.03F, 0.13F}, 0.035F);
    add("LeftToeBase", "RightToeBase", "LeftFoot", "RightFoot", {0.1F, 0.03F, 0.13F}, {0.1F, 0.02F, 0.2F}, 0.02F);
    return list;
}

/// The text of an OBJ file, with vertices in decimetres.
class ObjText
{
public:
    void group(const std::string &name) { m_text += "g " + name + "\n"; }
    int vertex(const Vector3f &at)
    {
        m_text += "v " + std::to_string(10 * at.x()) + ' ' + std::to_string(10 * at.y()) + ' '
                  + std::to_string(10 * at.z()) + '\n';
        return m_vertices++;
    }
    void face(const std::vector<int> &corners)
    {
        m_text += 'f';
        for (const int corner : corners)
            m_text += ' ' + std::to_string(corner + 1) + "/1";
        m_text += '\n';
    }
    /// Eight corners and six sides around the line between two points. @return the first corner
    int box(const Vector3f &from, const Vector3f &to, float radius)
    {
        const Vector3f along = (to - from).normalized();
        const Vector3f u = radius * along.unitOrthogonal(), v = along.cross(u);
        const int first = m_vertices;
        for (const Vector3f &end : {from, to}) {
            for (const Vector3f &off : {Vector3f(u + v), Vector3f(v - u), Vector3f(-u - v), Vector3f(u - v)})
                vertex(end + off);
        }
        for (int side = 0; side < 4; ++side) {
            const int next = (side + 1) % 4;
            face({first + side, first + next, first + 4 + next, first + 4 + side});
        }
        face({first + 3, first + 2, first + 1, first});
        face({first + 4, first + 5, first + 6, first + 7});
        return first;
    }
    const std::string &text() const { return m_text; }
    int count() const { return m_vertices; }

private:
    std::string m_text;
    int m_vertices = 0;
};

/// Top, chin, ears, nose and back of the head.
void addHead(ObjText &obj)
{
    const int top = obj.vertex({0, 1.78F, 0}), chin = obj.vertex({0, 1.56F, 0});
    const int left = obj.vertex({0.08F, 1.67F, 0}), right = obj.vertex({-0.08F, 1.67F, 0});
    const int nose = obj.vertex({0, 1.65F, 0.1F}), back = obj.vertex({0, 1.67F, -0.1F});
    for (const auto &[a, b] :
         {std::pair(nose, left), std::pair(left, back), std::pair(back, right), std::pair(right, nose)}) {
        obj.face({a, b, top});
        obj.face({b, a, chin});
    }
}

void addEye(ObjText &obj, float x)
{
    const int first = obj.count();
    for (const Vector3f &off : {Vector3f(-0.01F, -0.01F, 0), Vector3f(0.01F, -0.01F, 0), Vector3f(0, 0.01F, 0.005F)})
        obj.vertex(Vector3f(x, 1.68F, 0.085F) + off);
    obj.face({first, first + 1, first + 2});
}

} // namespace

void writeTinyBody(const std::filesystem::path &folder)
{
    ObjText obj;
    nlohmann::json weights = nlohmann::json::object(), rig = nlohmann::json::object();
    const auto weigh = [&](const std::string &bone, int from, int to) {
        for (int vertex = from; vertex < to; ++vertex)
            weights["mixamorig:" + bone].push_back({vertex, 0.5}); // normalised when read
    };
    obj.group("body");
    for (const Bone &bone : bones()) {
        const int first = obj.count();
        if (bone.radius > 0)
            obj.box(bone.head - 0.02F * (bone.tail - bone.head).normalized(), bone.tail, bone.radius);
        else
            addHead(obj);
        weigh(bone.name, first, obj.count());
    }
    for (const auto &[group, x] : {std::pair("helper-l-eye", 0.03F), std::pair("helper-r-eye", -0.03F)}) {
        obj.group(group);
        const int first = obj.count();
        addEye(obj, x);
        weigh("Head", first, obj.count());
    }
    const auto end = [&](const std::string &cube, const Vector3f &at, bool asCube) -> nlohmann::json {
        obj.group(cube);
        const int first = obj.box(at - Vector3f(0, 0.01F, 0), at + Vector3f(0, 0.01F, 0), 0.01F);
        if (asCube)
            return {{"strategy", "CUBE"}, {"cube_name", cube}};
        return {{"strategy", "MEAN"}, {"vertex_indices", {first, first + 6}}}; // opposite corners
    };
    for (const Bone &bone : bones()) {
        const std::string name = bone.name, parent = bone.parent;
        const nlohmann::json head = end("joint-" + name, bone.head, true);
        rig["mixamorig:" + name] = {{"parent", parent.empty() ? "" : "mixamorig:" + parent},
                                    {"head", head},
                                    {"tail", end("joint-" + name + "-end", bone.tail, false)}};
    }
    std::ofstream(folder / "base.obj") << obj.text();
    std::ofstream(folder / "rig.mixamo.json") << nlohmann::json{{"bones", rig}, {"scale_factor", 0.1}}.dump();
    std::ofstream(folder / "weights.mixamo.json") << nlohmann::json{{"weights", weights}}.dump();
}
