#pragma once

#include "models/synth/bodymesh.h"
#include "models/train/random.h"

#include <Eigen/Core>

#include <vector>

namespace poselift {

/// Skin, hair, clothes: a colour for every vertex and how far cloth and hair lie off the skin.
struct BodyAppearance
{
    std::vector<Eigen::Vector3f> colours; ///< [vertices] in [0, 1], without light
    std::vector<float> thickness;         ///< [vertices] m along the normal
    std::vector<MeshLayer> layers;        ///< what is drawn
};

/// Draws people's looks. What is drawn depends on the generator only.
class Wardrobe
{
public:
    explicit Wardrobe(const BodyMesh &mesh);
    BodyAppearance draw(Random &random) const;

private:
    /// Where a vertex is on the body.
    enum class Part : std::uint8_t
    {
        Head,
        Neck,
        Trunk,
        Arm,
        Hand,
        Leg,
        Foot,
        Other
    };
    struct Place
    {
        Part part = Part::Other;
        float along =
            0; ///< arms: 0 shoulder, 1 elbow, 2 wrist; legs: 0 hip, 1 knee, 2 ankle; trunk: 0 hips, 1 shoulders
    };
    struct Outfit;
    struct Cloth;

    Place placeOf(std::uint32_t vertex) const;
    bool isHair(std::uint32_t vertex, float hairline) const;
    static Outfit drawOutfit(Random &random);
    static Cloth drawCloth(Random &random);
    static Eigen::Vector3f colourOf(const Cloth &cloth, const Eigen::Vector3f &at);
    void colourFace(BodyAppearance &appearance, const Eigen::Vector3f &skin, const Eigen::Vector3f &hair) const;

    const BodyMesh &m_mesh;
    std::vector<Place> m_places;       ///< [vertices] of the body
    std::vector<std::uint8_t> m_layer; ///< [vertices]
};

} // namespace poselift
