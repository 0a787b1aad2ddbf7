#include "models/synth/bodymesh.h"

#include "models/synth/objfile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <set>

namespace poselift {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

constexpr const char *kMeshFile = "base.obj";
constexpr const char *kRigFile = "rig.mixamo.json";
constexpr const char *kWeightsFile = "weights.mixamo.json";
constexpr std::uint32_t kDropped = 0xFFFFFFFFU;

const std::array<std::vector<std::string>, kMeshLayers> kLayerGroups{
    {{"body"}, {"helper-l-eye", "helper-r-eye"}, {"helper-hair"}, {"helper-skirt"}}};

Error wrongFormat(const fs::path &path, std::string expected, std::string found)
{
    return Error(ErrorCode::WrongFormat,
                 {{"path", path.string()}, {"expected", std::move(expected)}, {"found", std::move(found)}});
}

Result<json> readJson(const fs::path &path)
{
    std::error_code ignored;
    if (!fs::exists(path, ignored))
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    std::ifstream file(path);
    json value = json::parse(file, nullptr, /*allow_exceptions=*/false);
    if (!value.is_object())
        return wrongFormat(path, "a JSON object", "something else");
    return value;
}

std::string shortName(const std::string &bone)
{
    const std::size_t colon = bone.find(':');
    return colon == std::string::npos ? bone : bone.substr(colon + 1);
}

/// Builds the mesh from the three files; every step names the file that does not fit.
class Builder
{
public:
    explicit Builder(fs::path folder) : m_folder(std::move(folder)) {}

    Result<BodyMesh> build()
    {
        for (Result<void> (Builder::*step)() : {&Builder::readMesh, &Builder::readRig, &Builder::readWeights,
                                                &Builder::keepDrawnVertices, &Builder::findLandmarks}) {
            if (Result<void> done = (this->*step)(); !done)
                return done.error();
        }
        return std::move(m_mesh);
    }

private:
    fs::path pathOf(const char *file) const { return m_folder / file; }

    Result<void> readMesh()
    {
        Result<ObjFile> file = readObjFile(pathOf(kMeshFile));
        if (!file)
            return file.error();
        m_obj = *std::move(file);
        for (std::size_t layer = 0; layer < kMeshLayers; ++layer) {
            for (const std::string &group : kLayerGroups[layer]) {
                const auto found = m_obj.groups.find(group);
                if (found != m_obj.groups.end())
                    m_mesh.layers[layer].insert(m_mesh.layers[layer].end(), found->second.begin(), found->second.end());
                else if (layer <= static_cast<std::size_t>(MeshLayer::Eyes))
                    return wrongFormat(pathOf(kMeshFile), "a group '" + group + "'", "none");
            }
        }
        return {};
    }

    Result<void> readRig()
    {
        const fs::path path = pathOf(kRigFile);
        const Result<json> rig = readJson(path);
        if (!rig)
            return rig.error();
        try {
            m_scale = rig->at("scale_factor").get<float>();
            std::map<std::string, const json *> waiting;
            for (const auto &[name, bone] : rig->at("bones").items())
                waiting[name] = &bone;
            while (!waiting.empty()) {
                const std::size_t before = waiting.size();
                for (auto bone = waiting.begin(); bone != waiting.end();) {
                    const Result<bool> taken = takeBone(bone->first, *bone->second);
                    if (!taken)
                        return taken.error();
                    bone = *taken ? waiting.erase(bone) : std::next(bone);
                }
                if (waiting.size() == before)
                    return wrongFormat(path, "bones whose parents exist", "'" + waiting.begin()->first + "'");
            }
        } catch (const json::exception &broken) {
            return wrongFormat(path, "bones with parent, head and tail", broken.what());
        }
        if (m_scale <= 0 || m_mesh.bones.empty())
            return wrongFormat(path, "a positive scale_factor and at least one bone", "something else");
        return {};
    }

    /// False when the bone's parent is not there yet.
    Result<bool> takeBone(const std::string &name, const json &bone)
    {
        const auto parentName = bone.at("parent").get<std::string>();
        const int parent = m_mesh.boneIndex(shortName(parentName));
        if (parentName.empty() ? !m_mesh.bones.empty() : parent < 0)
            return parentName.empty()
                       ? Result<bool>(wrongFormat(pathOf(kRigFile), "one bone without parent", "'" + name + "'"))
                       : Result<bool>(false);
        const Result<Eigen::Vector3f> head = placeOf(bone.at("head"), name);
        const Result<Eigen::Vector3f> tail = placeOf(bone.at("tail"), name);
        if (!head || !tail)
            return head ? tail.error() : head.error();
        if ((*tail - *head).norm() < 1e-6F)
            return wrongFormat(pathOf(kRigFile), "bones with a length", "'" + name + "' without");
        m_mesh.bones.push_back({shortName(name), parent, *head, *tail});
        return true;
    }

    /// The mean of some vertices or of a cube's corners, m.
    Result<Eigen::Vector3f> placeOf(const json &end, const std::string &bone) const
    {
        std::set<std::uint32_t> corners;
        if (end.at("strategy") == "CUBE") {
            const auto group = m_obj.groups.find(end.at("cube_name").get<std::string>());
            if (group != m_obj.groups.end()) {
                for (const MeshTriangle &triangle : group->second)
                    corners.insert(triangle.begin(), triangle.end());
            }
        } else {
            for (const json &vertex : end.at("vertex_indices"))
                corners.insert(vertex.get<std::uint32_t>());
        }
        if (corners.empty() || *corners.rbegin() >= m_obj.vertices.size())
            return wrongFormat(pathOf(kRigFile), "vertices or a cube of the mesh at both ends of '" + bone + "'",
                               "none");
        Eigen::Vector3f sum = Eigen::Vector3f::Zero();
        for (const std::uint32_t corner : corners)
            sum += m_obj.vertices[corner];
        return Eigen::Vector3f(m_scale * sum / static_cast<float>(corners.size()));
    }

    Result<void> readWeights()
    {
        const fs::path path = pathOf(kWeightsFile);
        const Result<json> file = readJson(path);
        if (!file)
            return file.error();
        m_vertexWeights.resize(m_obj.vertices.size());
        try {
            for (const auto &[name, list] : file->at("weights").items()) {
                const int bone = m_mesh.boneIndex(shortName(name));
                if (bone < 0)
                    return wrongFormat(path, "bones of the rig", "'" + name + "'");
                for (const json &entry : list) {
                    const auto vertex = entry.at(0).get<std::size_t>();
                    if (vertex >= m_vertexWeights.size())
                        return wrongFormat(path, "vertices of the mesh", std::to_string(vertex));
                    const auto weight = entry.at(1).get<float>();
                    if (weight > 0)
                        m_vertexWeights[vertex].push_back({static_cast<std::uint16_t>(bone), weight});
                }
            }
        } catch (const json::exception &broken) {
            return wrongFormat(path, "weights of bones: lists of vertex and weight", broken.what());
        }
        return {};
    }

    Result<void> keepDrawnVertices()
    {
        std::vector<std::uint32_t> newIndex(m_obj.vertices.size(), kDropped);
        m_mesh.weightOffset.push_back(0);
        for (auto &layer : m_mesh.layers) {
            for (MeshTriangle &triangle : layer) {
                for (std::uint32_t &corner : triangle) {
                    if (newIndex[corner] == kDropped) {
                        if (m_vertexWeights[corner].empty())
                            return wrongFormat(pathOf(kWeightsFile), "a weight for every vertex",
                                               "none for vertex " + std::to_string(corner));
                        newIndex[corner] = static_cast<std::uint32_t>(m_mesh.vertices.size());
                        addVertex(corner);
                    }
                    corner = newIndex[corner];
                }
            }
        }
        return {};
    }

    void addVertex(std::uint32_t corner)
    {
        std::vector<SkinWeight> weights = m_vertexWeights[corner];
        const float sum = std::accumulate(weights.begin(), weights.end(), 0.0F,
                                          [](float total, const SkinWeight &weight) { return total + weight.weight; });
        for (SkinWeight &weight : weights)
            weight.weight /= sum;
        const auto heaviest = std::ranges::max_element(weights, std::less(), &SkinWeight::weight);
        m_mesh.vertices.emplace_back(m_scale * m_obj.vertices[corner]);
        m_mesh.mainBone.push_back(heaviest->bone);
        m_mesh.weights.insert(m_mesh.weights.end(), weights.begin(), weights.end());
        m_mesh.weightOffset.push_back(static_cast<std::uint32_t>(m_mesh.weights.size()));
    }

    /// The vertex of @p candidates that is farthest along @p direction.
    std::uint32_t farthest(const std::vector<std::uint32_t> &candidates, const Eigen::Vector3f &direction) const
    {
        return *std::ranges::max_element(candidates, std::less(),
                                         [&](std::uint32_t vertex) { return m_mesh.vertices[vertex].dot(direction); });
    }

    std::vector<std::uint32_t> verticesOf(MeshLayer layer, const std::function<bool(std::uint32_t)> &counts) const
    {
        std::set<std::uint32_t> found;
        for (const MeshTriangle &triangle : m_mesh.layers[static_cast<std::size_t>(layer)]) {
            for (const std::uint32_t corner : triangle) {
                if (counts(corner))
                    found.insert(corner);
            }
        }
        return {found.begin(), found.end()};
    }

    Result<void> findLandmarks()
    {
        const int head = m_mesh.boneIndex("Head");
        const std::vector<std::uint32_t> skull =
            verticesOf(MeshLayer::Body, [&](std::uint32_t vertex) { return m_mesh.mainBone[vertex] == head; });
        if (head < 0 || skull.empty())
            return wrongFormat(m_folder, "vertices of a bone 'Head'", "none");
        m_mesh.headTop = farthest(skull, Eigen::Vector3f::UnitY());
        m_mesh.nose = farthest(skull, Eigen::Vector3f::UnitZ());
        const auto ends = {Eigen::Vector3f(Eigen::Vector3f::UnitX()), Eigen::Vector3f(-Eigen::Vector3f::UnitX())};
        for (std::size_t side = 0; side < 2; ++side) {
            const Eigen::Vector3f outwards = *(ends.begin() + side);
            m_mesh.ears[side] = farthest(skull, outwards);
            const std::vector<std::uint32_t> eye = verticesOf(
                MeshLayer::Eyes, [&](std::uint32_t vertex) { return m_mesh.vertices[vertex].dot(outwards) > 0; });
            if (eye.empty())
                return wrongFormat(pathOf(kMeshFile), "an eye on each side", "none on one");
            m_mesh.eyes[side] = farthest(eye, Eigen::Vector3f::UnitZ());
        }
        return {};
    }

    fs::path m_folder;
    ObjFile m_obj;
    float m_scale = 0.1F;
    std::vector<std::vector<SkinWeight>> m_vertexWeights;
    BodyMesh m_mesh;
};

} // namespace

int BodyMesh::boneIndex(std::string_view name) const
{
    const auto found = std::ranges::find(bones, name, &RigBone::name);
    return found == bones.end() ? -1 : static_cast<int>(found - bones.begin());
}

Result<BodyMesh> readBodyMesh(const fs::path &folder)
{
    return Builder(folder).build();
}

} // namespace poselift
