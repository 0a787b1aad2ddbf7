#include "models/synth/bodyappearance.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace poselift {

using Eigen::Vector3f;

namespace {

enum class Pattern
{
    Plain,
    Rings,
    Stripes,
    Checks,
    Blotches,
    Print
};

/// Hue, saturation, value in [0, 1] → red, green, blue (Smith 1978).
Vector3f fromHsv(float hue, float saturation, float value)
{
    const auto channel = [&](float shift) {
        const float k = std::fmod(shift + 6 * hue, 6.0F);
        return value - value * saturation * std::clamp(std::min(k, 4 - k), 0.0F, 1.0F);
    };
    return {channel(5), channel(3), channel(1)};
}

Vector3f drawSkin(Random &random)
{
    // From pale to dark; chosen by eye.
    static const std::array<Vector3f, 6> kTones{Vector3f(0.96F, 0.82F, 0.74F), Vector3f(0.90F, 0.72F, 0.60F),
                                                Vector3f(0.80F, 0.60F, 0.46F), Vector3f(0.65F, 0.46F, 0.33F),
                                                Vector3f(0.45F, 0.31F, 0.22F), Vector3f(0.30F, 0.20F, 0.15F)};
    const float at = random.uniform(0, 4.999F);
    const auto first = static_cast<std::size_t>(at);
    const float share = at - static_cast<float>(first);
    return (1 - share) * kTones[first] + share * kTones[first + 1];
}

Vector3f drawHair(Random &random)
{
    static const std::array<Vector3f, 6> kTones{Vector3f(0.07F, 0.06F, 0.06F), Vector3f(0.18F, 0.11F, 0.07F),
                                                Vector3f(0.32F, 0.20F, 0.11F), Vector3f(0.75F, 0.60F, 0.35F),
                                                Vector3f(0.50F, 0.22F, 0.10F), Vector3f(0.65F, 0.65F, 0.65F)};
    return kTones[static_cast<std::size_t>(random.below(6))] * random.uniform(0.8F, 1.2F);
}

/// Much clothing is black, white or grey.
Vector3f drawDye(Random &random)
{
    if (random.chance(0.4F))
        return Vector3f::Constant(random.chance(0.4F) ? random.uniform(0.05F, 0.3F) : random.uniform(0.4F, 0.97F));
    return fromHsv(random.uniform(), random.uniform(0.2F, 0.95F), random.uniform(0.25F, 0.98F));
}

} // namespace

struct Wardrobe::Cloth
{
    Pattern pattern = Pattern::Plain;
    Vector3f first, second;
    float period = 0.1F; ///< m
    float phase = 0;
    float share = 0.5F; ///< of the first colour in a period
};

struct Wardrobe::Outfit
{
    bool shirt = true;
    float sleeve = 0.5F;      ///< Place::along of an arm where it ends
    float shirtHem = 0.1F;    ///< Place::along of the trunk
    float trousersEnd = 2.0F; ///< Place::along of a leg
    float sock = 2.0F;        ///< Place::along of a leg where the sock begins
    bool barefoot = false;
    bool skirt = false;
    bool gloves = false;
    bool hat = false;
    bool longHair = false;
    bool bald = false;
    float loose = 0;    ///< m off the skin
    float hairline = 0; ///< see isHair()
    float hairThickness = 0.01F;
};

Wardrobe::Wardrobe(const BodyMesh &mesh) : m_mesh(mesh)
{
    m_layer.assign(mesh.vertices.size(), 0);
    for (std::size_t layer = 0; layer < kMeshLayers; ++layer) {
        for (const MeshTriangle &triangle : mesh.layers[layer]) {
            for (const std::uint32_t corner : triangle)
                m_layer[corner] = static_cast<std::uint8_t>(layer);
        }
    }
    for (std::uint32_t v = 0; v < mesh.vertices.size(); ++v)
        m_places.push_back(placeOf(v));
}

Wardrobe::Place Wardrobe::placeOf(std::uint32_t vertex) const
{
    const RigBone &bone = m_mesh.bones[m_mesh.mainBone[vertex]];
    const Vector3f axis = bone.tail - bone.head;
    const float along = std::clamp((m_mesh.vertices[vertex] - bone.head).dot(axis) / axis.squaredNorm(), -0.3F, 1.3F);
    const std::string &name = bone.name;
    const auto ends = [&name](const char *with) { return name.ends_with(with); };
    if (name == "Head")
        return {Part::Head, along};
    if (name == "Neck")
        return {Part::Neck, along};
    if (name == "Hips")
        return {Part::Trunk, 0.25F * along};
    if (name.starts_with("Spine") || ends("Shoulder"))
        return {Part::Trunk, 0.5F};
    if (name.find("Hand") != std::string::npos)
        return {Part::Hand, 0};
    if (ends("ForeArm"))
        return {Part::Arm, 1 + along};
    if (ends("Arm"))
        return {Part::Arm, along};
    if (ends("UpLeg"))
        return {Part::Leg, along};
    if (ends("Leg"))
        return {Part::Leg, 1 + along};
    return ends("Foot") || ends("ToeBase") ? Place{Part::Foot, 0} : Place{};
}

/// Hair grows above a line that rises from the nape over the ears to the forehead; @p hairline moves
/// it up, as a share of the height from the eyes to the top of the head.
bool Wardrobe::isHair(std::uint32_t vertex, float hairline) const
{
    const Vector3f &at = m_mesh.vertices[vertex];
    const Vector3f &top = m_mesh.vertices[m_mesh.headTop];
    const Vector3f &ear = m_mesh.vertices[m_mesh.ears[0]];
    const Vector3f &nose = m_mesh.vertices[m_mesh.nose];
    const Vector3f &eye = m_mesh.vertices[m_mesh.eyes[0]];
    if (std::abs(at.x()) > 0.85F * ear.x()) // the ears
        return false;
    const float forwards = (at.z() - ear.z()) / (nose.z() - ear.z()); // 0 at the ears, 1 at the nose
    const float upwards = (at.y() - eye.y()) / (top.y() - eye.y());   // 0 at the eyes, 1 at the top
    const float line = forwards < 0 ? -0.55F + hairline : -0.2F + hairline + 1.4F * std::min(forwards, 0.55F);
    return upwards > line;
}

Wardrobe::Outfit Wardrobe::drawOutfit(Random &random)
{
    Outfit outfit;
    outfit.shirt = random.chance(0.9F);
    const float sleeve = random.uniform();
    outfit.sleeve = sleeve < 0.2F ? 0.0F : sleeve < 0.65F ? random.uniform(0.3F, 0.8F) : random.uniform(1.7F, 2.1F);
    outfit.shirtHem = random.uniform(-0.1F, 0.3F);
    const float leg = random.uniform();
    outfit.trousersEnd = leg < 0.2F   ? random.uniform(0.05F, 0.25F)
                         : leg < 0.5F ? random.uniform(0.4F, 0.95F)
                                      : random.uniform(1.7F, 2.2F);
    outfit.sock = random.chance(0.5F) ? random.uniform(1.5F, 1.9F) : 3.0F;
    outfit.barefoot = random.chance(0.15F);
    outfit.skirt = random.chance(0.08F);
    outfit.gloves = random.chance(0.06F);
    outfit.hat = random.chance(0.15F);
    outfit.longHair = random.chance(0.2F);
    outfit.bald = random.chance(0.08F);
    outfit.loose = random.chance(0.5F) ? random.uniform(0, 0.006F) : random.uniform(0, 0.025F);
    outfit.hairline = random.uniform(-0.05F, 0.12F);
    outfit.hairThickness = random.uniform(0.003F, 0.025F);
    return outfit;
}

Wardrobe::Cloth Wardrobe::drawCloth(Random &random)
{
    Cloth cloth;
    cloth.first = drawDye(random);
    cloth.second = drawDye(random);
    cloth.period = random.logUniform(0.03F, 0.3F);
    cloth.phase = random.uniform();
    cloth.share = random.uniform(0.3F, 0.7F);
    const float kind = random.uniform();
    cloth.pattern = kind < 0.55F   ? Pattern::Plain
                    : kind < 0.66F ? Pattern::Rings
                    : kind < 0.74F ? Pattern::Stripes
                    : kind < 0.82F ? Pattern::Checks
                    : kind < 0.91F ? Pattern::Blotches
                                   : Pattern::Print;
    return cloth;
}

Vector3f Wardrobe::colourOf(const Cloth &cloth, const Vector3f &at)
{
    const auto band = [&](float place) {
        const float t = place / cloth.period + cloth.phase;
        return t - std::floor(t) < cloth.share;
    };
    bool first = true;
    switch (cloth.pattern) {
    case Pattern::Plain:
        break;
    case Pattern::Rings:
        first = band(at.y());
        break;
    case Pattern::Stripes:
        first = band(at.x());
        break;
    case Pattern::Checks:
        first = band(at.y()) != band(at.x() + at.z());
        break;
    case Pattern::Blotches: {
        const float k = 2 * std::numbers::pi_v<float> / cloth.period;
        first = std::sin(k * at.x() + cloth.phase) + std::sin(k * 0.8F * at.y() + 2 * cloth.phase)
                    + std::sin(k * 1.1F * at.z() + 0.5F * k * at.y())
                < 0.5F;
        break;
    }
    case Pattern::Print: // one patch somewhere on the front
        first = at.z() < 0 || std::abs(at.x()) > 0.4F * cloth.period + 0.03F || !band(at.y());
        break;
    }
    return first ? cloth.first : cloth.second;
}

void Wardrobe::colourFace(BodyAppearance &appearance, const Vector3f &skin, const Vector3f &hair) const
{
    const Vector3f &nose = m_mesh.vertices[m_mesh.nose];
    const float eyeHeight = m_mesh.vertices[m_mesh.eyes[0]].y() - nose.y();
    for (std::uint32_t v = 0; v < m_mesh.vertices.size(); ++v) {
        const Vector3f at = m_mesh.vertices[v];
        if (m_layer[v] == static_cast<std::uint8_t>(MeshLayer::Eyes)) {
            const std::size_t side = at.x() > 0 ? 0 : 1;
            const float toPupil = (at - m_mesh.vertices[m_mesh.eyes[side]]).norm();
            appearance.colours[v] = Vector3f::Constant(toPupil < 0.008F ? 0.08F : 0.85F);
            continue;
        }
        if (m_places[v].part != Part::Head || at.z() < 0.6F * nose.z())
            continue;
        // Heights as shares of that from the nose's tip to the eyes; the base mesh by eye.
        const float height = (at.y() - nose.y()) / eyeHeight;
        const float side = std::abs(at.x()) / eyeHeight;
        if (height > -1.25F && height < -0.65F && side < 0.6F)
            appearance.colours[v] = skin.cwiseProduct(Vector3f(0.85F, 0.55F, 0.55F));
        if (height > 1.45F && height < 1.75F && side > 0.3F && side < 1.4F)
            appearance.colours[v] = 0.5F * (skin + hair).cwiseMin(skin);
    }
}

BodyAppearance Wardrobe::draw(Random &random) const
{
    const Outfit outfit = drawOutfit(random);
    const Vector3f skin = drawSkin(random);
    const Vector3f hair = drawHair(random);
    const Cloth shirt = drawCloth(random), trousers = drawCloth(random);
    const Vector3f shoe = drawDye(random), sock = drawDye(random), hat = drawDye(random), glove = drawDye(random);
    BodyAppearance appearance;
    appearance.layers = {MeshLayer::Body, MeshLayer::Eyes};
    if (outfit.longHair && !outfit.hat && !outfit.bald)
        appearance.layers.push_back(MeshLayer::Hair);
    if (outfit.skirt)
        appearance.layers.push_back(MeshLayer::Skirt);
    appearance.colours.assign(m_mesh.vertices.size(), skin);
    appearance.thickness.assign(m_mesh.vertices.size(), 0.0F);
    const auto wear = [&](std::size_t vertex, const Vector3f &colour, float thickness) {
        appearance.colours[vertex] = colour;
        appearance.thickness[vertex] = thickness;
    };
    for (std::uint32_t v = 0; v < m_mesh.vertices.size(); ++v) {
        const Vector3f &at = m_mesh.vertices[v];
        const Place &place = m_places[v];
        if (m_layer[v] == static_cast<std::uint8_t>(MeshLayer::Hair))
            wear(v, hair, 0);
        if (m_layer[v] == static_cast<std::uint8_t>(MeshLayer::Skirt))
            wear(v, colourOf(trousers, at), 0);
        if (m_layer[v] != static_cast<std::uint8_t>(MeshLayer::Body))
            continue;
        switch (place.part) {
        case Part::Head:
            if (!outfit.bald && isHair(v, outfit.hairline))
                wear(v, outfit.hat ? hat : hair, outfit.hairThickness);
            break;
        case Part::Trunk:
            if (place.along < outfit.shirtHem || (!outfit.shirt && place.along < 0.25F))
                wear(v, colourOf(trousers, at), outfit.loose / 2);
            else if (outfit.shirt)
                wear(v, colourOf(shirt, at), outfit.loose);
            break;
        case Part::Arm:
            if (outfit.shirt && place.along < outfit.sleeve)
                wear(v, colourOf(shirt, at), outfit.loose);
            break;
        case Part::Leg:
            if (place.along < outfit.trousersEnd)
                wear(v, colourOf(trousers, at), outfit.loose);
            else if (place.along > outfit.sock && !outfit.barefoot)
                wear(v, sock, 0.002F);
            break;
        case Part::Foot:
            if (!outfit.barefoot)
                wear(v, shoe, 0.008F);
            break;
        case Part::Hand:
            if (outfit.gloves)
                wear(v, glove, 0.003F);
            break;
        default:
            break;
        }
    }
    colourFace(appearance, skin, hair);
    return appearance;
}

} // namespace poselift
