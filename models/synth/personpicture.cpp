#include "models/synth/personpicture.h"

#include "models/keypoints/keypointbox.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace poselift {

using Eigen::Matrix3f;
using Eigen::Quaternionf;
using Eigen::Vector2f;
using Eigen::Vector3f;

namespace {

constexpr int kOversampling = BodyView::kOversampling;
constexpr std::uint16_t kPerson = 1;
constexpr std::uint16_t kThing = 0xFFFF;
constexpr float kPi = std::numbers::pi_v<float>;
constexpr int kLeastVisible = 7;  // joints that can be seen; else the picture is drawn without clutter
constexpr float kInTheWay = 1e3F; // 1/m: before everybody

/// exp of a normal number cut at 2.5 standard deviations.
float spread(Random &random, float sigma)
{
    return std::exp(sigma * std::clamp(random.normal(), -2.5F, 2.5F));
}

Vector3f drawDirection(Random &random)
{
    const float z = random.uniform(-1, 1);
    const float angle = random.uniform(-kPi, kPi);
    const float radius = std::sqrt(1 - z * z);
    return {radius * std::cos(angle), z, radius * std::sin(angle)};
}

/// Somebody else on the same ground, mostly behind.
void placeOther(DressedBody &other, const DressedBody &person, const BodyView &view, Random &random)
{
    const auto horizontal = [](Vector3f direction) {
        direction.y() = 0;
        return Vector3f(direction.normalized());
    };
    const Vector3f right = horizontal(view.cameraFromWorld.row(0).transpose() + Vector3f(1e-3F, 0, 0));
    const Vector3f forward = horizontal(view.cameraFromWorld.row(2).transpose() + Vector3f(0, 0, 1e-3F));
    const float across = random.uniform(0.25F, 1.3F) * (random.chance(0.5F) ? -1.0F : 1.0F);
    const float along =
        random.chance(0.75F) ? random.uniform(0.2F, 2.5F) : -random.uniform(0.15F, 0.5F) * 0.4F * view.distance;
    Vector3f move = person.bones.front().head - other.bones.front().head + across * right + along * forward;
    move.y() = 0;
    other.move(move);
}

/// One light from somewhere above, one weak from anywhere, and the sky.
void light(DressedBody &body, Random &random)
{
    Vector3f sun = drawDirection(random);
    sun.y() = std::abs(sun.y()) + 0.1F;
    sun.normalize();
    const Vector3f lamp = drawDirection(random);
    const Vector3f sunColour =
        random.uniform(0.3F, 1.1F) * Vector3f(1.0F, random.uniform(0.9F, 1.0F), random.uniform(0.8F, 1.0F));
    const float sky = random.uniform(0.4F, 0.9F), ground = sky * random.uniform(0.4F, 0.9F);
    const float lampStrength = random.uniform(0, 0.25F);
    for (std::size_t v = 0; v < body.vertices.size(); ++v) {
        const Vector3f &normal = body.normals[v];
        const float up = 0.5F + 0.5F * normal.y();
        const Vector3f strength =
            Vector3f::Constant(ground + up * (sky - ground) + lampStrength * std::max(0.0F, normal.dot(lamp)))
            + std::max(0.0F, normal.dot(sun)) * sunColour;
        body.colours[v] = body.colours[v].cwiseProduct(strength).cwiseMin(1.0F);
    }
}

} // namespace

PersonPictures::PersonPictures(const BodyMesh &mesh, MocapData mocap, const PersonPictureOptions &options,
                               MocapRetarget retarget, BodyKeypoints keypoints)
    : m_mesh(&mesh), m_mocap(std::move(mocap)), m_options(options), m_retarget(std::move(retarget)),
      m_keypoints(std::move(keypoints)), m_wardrobe(mesh)
{
    std::map<std::string, std::vector<std::size_t>> actions;
    for (std::size_t i = 0; i < m_mocap.sequences.size(); ++i)
        actions[m_mocap.sequences[i].action].push_back(i);
    for (auto &[name, sequences] : actions)
        m_actions.push_back(std::move(sequences));
}

Result<PersonPictures> PersonPictures::create(const BodyMesh &mesh, MocapData mocap, const Skeleton &skeleton,
                                              const PersonPictureOptions &options)
{
    Result<MocapRetarget> retarget = MocapRetarget::create(mesh, mocap.skeleton);
    if (!retarget)
        return retarget.error();
    Result<BodyKeypoints> keypoints = BodyKeypoints::create(mesh, skeleton);
    if (!keypoints)
        return keypoints.error();
    return PersonPictures(mesh, std::move(mocap), options, *std::move(retarget), *std::move(keypoints));
}

/// Actions are equally likely: nearly half of the CMU frames are one person on a climbing frame.
BodyPose PersonPictures::drawFrame(Random &random) const
{
    const auto &sequences = m_actions[static_cast<std::size_t>(random.next() % m_actions.size())];
    const MocapSequence &sequence =
        m_mocap.sequences[sequences[static_cast<std::size_t>(random.next() % sequences.size())]];
    const auto frame = static_cast<std::int64_t>(random.next() % static_cast<std::uint64_t>(sequence.frames));
    return m_retarget.pose(sequence.frame(frame, m_mocap.skeleton.jointCount()));
}

/// Turns a bone by a random angle about a random axis.
void PersonPictures::turnRandomly(BodyPose &pose, const std::string &bone, float sigma, Random &random) const
{
    const Vector3f axis = drawDirection(random);
    const float angle = sigma * random.normal();
    const int index = m_mesh->boneIndex(bone);
    if (index >= 0) {
        Quaternionf &local = pose.local[static_cast<std::size_t>(index)];
        local = (local * Quaternionf(Eigen::AngleAxisf(angle, axis))).normalized();
    }
}

BodyPose PersonPictures::drawPose(Random &random) const
{
    constexpr float kOtherLegs = 0.3F, kOtherArms = 0.3F, kTurned = 0.6F;
    BodyPose pose = drawFrame(random);
    const auto takeOver = [&](const std::vector<std::string> &parts) {
        const BodyPose other = drawFrame(random);
        for (std::size_t b = 0; b < m_mesh->bones.size(); ++b) {
            const std::string &name = m_mesh->bones[b].name;
            if (std::ranges::any_of(parts, [&](const std::string &part) { return name.ends_with(part); }))
                pose.local[b] = other.local[b];
        }
    };
    if (random.chance(kOtherLegs))
        takeOver({"UpLeg", "Leg"});
    if (random.chance(kOtherArms))
        takeOver({"Arm", "ForeArm", "Shoulder"});
    const float strength = random.chance(kTurned) ? random.uniform() : 0;
    for (const std::string side : {"Left", "Right"}) {
        turnRandomly(pose, side + "Arm", 0.45F * strength, random);
        turnRandomly(pose, side + "ForeArm", 0.35F * strength, random);
        turnRandomly(pose, side + "UpLeg", 0.3F * strength, random);
        turnRandomly(pose, side + "Leg", 0.15F * strength, random);
        turnRandomly(pose, side + "Hand", 0.3F, random);
        turnRandomly(pose, side + "Foot", 0.2F, random);
    }
    for (const char *bone : {"Spine", "Spine1", "Spine2"})
        turnRandomly(pose, bone, 0.12F * strength, random);
    turnRandomly(pose, "Neck", 0.15F, random);
    turnRandomly(pose, "Head", 0.25F, random);
    const Quaternionf heading(Eigen::AngleAxisf(random.uniform(-kPi, kPi), Vector3f::UnitY()));
    pose.local.front() = heading * pose.local.front();
    return pose;
}

/// The spread of adults (see BodyVariationOptions), stout and slim, and some with a child's large head.
BodyShape PersonPictures::drawShape(Random &random) const
{
    const float height = spread(random, 0.06F), stout = spread(random, 0.10F);
    const bool child = random.chance(0.1F);
    struct Segment
    {
        std::vector<const char *> bones; ///< end so
        float length, girth;
    };
    const auto segment = [&](std::vector<const char *> bones, float lengthSigma, float girthSigma) {
        return Segment{std::move(bones), height * spread(random, lengthSigma),
                       height * stout * spread(random, girthSigma)};
    };
    std::vector<Segment> segments{segment({"Hips"}, 0.04F, 0.06F),
                                  segment({"Spine", "Spine1", "Spine2"}, 0.05F, 0.06F),
                                  segment({"Neck"}, 0.1F, 0.06F),
                                  segment({"LeftShoulder", "RightShoulder"}, 0.06F, 0.05F),
                                  segment({"Head"}, 0.04F, 0.04F),
                                  segment({"UpLeg"}, 0.06F, 0.08F),
                                  segment({"LeftLeg", "RightLeg"}, 0.06F, 0.08F),
                                  segment({"Foot", "ToeBase"}, 0.06F, 0.06F),
                                  segment({"LeftArm", "RightArm"}, 0.06F, 0.08F),
                                  segment({"ForeArm"}, 0.06F, 0.08F)};
    // Heads do not grow with the belly.
    segments[4].girth = segments[4].length * spread(random, 0.03F);
    if (child) {
        segments[4].length *= 1.3F;
        segments[4].girth *= 1.3F;
        for (const std::size_t limb : {5U, 6U, 8U, 9U})
            segments[limb].length *= 0.88F;
    }
    BodyShape shape;
    for (const RigBone &bone : m_mesh->bones) {
        float length = height, girth = height; // hands
        for (const Segment &one : segments) {
            if (std::ranges::any_of(one.bones, [&](const char *end) { return bone.name.ends_with(end); })) {
                length = one.length;
                girth = one.girth;
            }
        }
        shape.length.push_back(length);
        shape.girth.push_back(girth);
    }
    return shape;
}

DressedBody PersonPictures::drawPerson(Random &random) const
{
    const BodyPose pose = drawPose(random);
    const BodyShape shape = drawShape(random);
    DressedBody person = dressedBody(*m_mesh, m_keypoints, shape, pose, m_wardrobe.draw(random));
    light(person, random);
    return person;
}

BodyView PersonPictures::drawView(const DressedBody &person, Random &random) const
{
    const float azimuth = random.uniform(-kPi, kPi);
    const float elevation =
        random.chance(0.08F) ? random.uniform(-0.9F, 1.35F) : std::clamp(0.15F + 0.25F * random.normal(), -0.5F, 0.9F);
    const float roll = random.chance(m_options.rolledChance) ? random.uniform(-kPi, kPi) : 0.13F * random.normal();
    BodyView view;
    view.cameraFromWorld = BodyView::rotation(azimuth, elevation, roll);
    for (const Vector3f &joint : person.joints)
        view.target += joint / static_cast<float>(person.joints.size());
    view.distance = random.logUniform(2.2F, 12.0F);
    frame(person, view, random);
    return view;
}

/// Chooses the piece: the person's box with room around it, sometimes cut by the picture's edge.
void PersonPictures::frame(const DressedBody &person, BodyView &view, Random &random) const
{
    Vector2f low = view.onPlane(person.joints.front()), high = low;
    for (const Vector3f &joint : person.joints) {
        low = low.cwiseMin(view.onPlane(joint));
        high = high.cwiseMax(view.onPlane(joint));
    }
    const auto side = static_cast<float>(m_options.side);
    const float longest = std::max((high - low).maxCoeff(), 1e-3F);
    view.scale = side / (static_cast<float>(m_options.room) * random.logUniform(0.86F, 1.16F) * longest);
    const Vector2f off(random.uniform(-0.06F, 0.06F), random.uniform(-0.06F, 0.06F));
    view.shift = side * (Vector2f(0.5F, 0.5F) + off) - view.scale * (low + high) / 2;
    view.width = view.height = m_options.side;
    if (random.chance(m_options.truncationChance))
        cut(view.scale * low + view.shift, view.scale * high + view.shift, view, random);
}

/// Moves one edge of the picture into the person's box between @p from and @p to.
void PersonPictures::cut(const Vector2f &from, const Vector2f &to, BodyView &view, Random &random) const
{
    const int edge = random.below(4);
    const int axis = edge % 2;
    const float inside = random.uniform(0.05F, 0.45F) * (to[axis] - from[axis]);
    int &extent = axis == 0 ? view.width : view.height;
    const auto least = m_options.side / 4;
    if (edge < 2) { // left or top
        const int off = std::clamp(static_cast<int>(from[axis] + inside), 0, m_options.side - least);
        extent -= off;
        view.shift[axis] -= static_cast<float>(off);
    } else {
        extent = std::clamp(static_cast<int>(to[axis] - inside), least, m_options.side);
    }
}

namespace {

/// A box, an ellipse or a bar before the people.
void drawThing(Rasterizer &raster, const Box &person, Random &random)
{
    const auto longest = static_cast<float>(kOversampling * std::max(person.width, person.height));
    const bool round = random.chance(0.4F), bar = !round && random.chance(0.3F);
    const Vector2f half(longest * random.uniform(0.06F, 0.25F),
                        bar ? 2 * longest : longest * random.uniform(0.06F, 0.25F));
    const float angle = bar ? 0.2F * random.normal() + (random.chance(0.5F) ? kPi / 2 : 0) : random.uniform(-kPi, kPi);
    const float thin = bar ? 0.3F : 1.0F;
    const Vector2f centre(kOversampling * static_cast<float>(person.x + person.width * random.uniform(-0.1F, 1.1F)),
                          kOversampling * static_cast<float>(person.y + person.height * random.uniform(-0.1F, 1.1F)));
    const Vector3f from(random.uniform(), random.uniform(), random.uniform());
    const Vector3f to = random.chance(0.5F) ? from * random.uniform(0.5F, 1.0F)
                                            : Vector3f(random.uniform(), random.uniform(), random.uniform());
    const float stripes = random.chance(0.3F) ? random.uniform(0.2F, 1.0F) : 0;
    const float c = std::cos(angle), s = std::sin(angle);
    for (int y = 0; y < raster.height(); ++y) {
        for (int x = 0; x < raster.width(); ++x) {
            const Vector2f off = Vector2f(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F) - centre;
            const Vector2f at((c * off.x() + s * off.y()) / (thin * half.x()), (c * off.y() - s * off.x()) / half.y());
            if (round ? at.squaredNorm() > 1 : std::max(std::abs(at.x()), std::abs(at.y())) > 1)
                continue;
            const float share = stripes > 0 ? 0.5F + 0.5F * std::sin(stripes * off.x()) : 0.5F + 0.5F * at.y();
            raster.at(x, y) = {kInTheWay, from + std::clamp(share, 0.0F, 1.0F) * (to - from), 0, kThing};
        }
    }
}

/// People over the backdrop; samples average to pixels.
void blend(const Rasterizer &raster, ColourPicture &picture)
{
    constexpr float kShare = 1.0F / (kOversampling * kOversampling);
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const Vector3f behind = picture.at(x, y);
            Vector3f sum = Vector3f::Zero();
            for (int i = 0; i < kOversampling * kOversampling; ++i) {
                const Rasterizer::Sample &sample =
                    raster.at(kOversampling * x + i % kOversampling, kOversampling * y + i / kOversampling);
                sum += sample.inverseDepth > 0 ? sample.colour : behind;
            }
            picture.at(x, y) = kShare * sum;
        }
    }
}

/// One pass of (1 2 1)/4 along both axes.
void soften(ColourPicture &picture)
{
    const ColourPicture before = picture;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            Vector3f sum = Vector3f::Zero();
            for (int dy = -1; dy <= 1; ++dy)
                for (int dx = -1; dx <= 1; ++dx)
                    sum += static_cast<float>((2 - std::abs(dx)) * (2 - std::abs(dy)))
                           * before.at(std::clamp(x + dx, 0, picture.width - 1),
                                       std::clamp(y + dy, 0, picture.height - 1));
            picture.at(x, y) = sum / 16;
        }
    }
}

/// Exposure, softness and grain of a camera.
void develop(ColourPicture &picture, Random &random)
{
    if (random.chance(0.5F))
        soften(picture);
    const float gain = random.logUniform(0.75F, 1.3F), grain = random.chance(0.5F) ? random.uniform(0, 0.06F) : 0;
    for (Vector3f &pixel : picture.pixels) {
        pixel *= gain;
        if (grain > 0)
            pixel.array() += grain * (random.uniform() - 0.5F);
        pixel = pixel.cwiseMax(0.0F).cwiseMin(1.0F);
    }
}

} // namespace

/// False when too little of the person can be seen.
bool PersonPictures::compose(bool cluttered, Random &random, Rasterizer &raster, Pose2D &joints) const
{
    const DressedBody person = drawPerson(random);
    const BodyView view = drawView(person, random);
    raster.reset(kOversampling * view.width, kOversampling * view.height);
    drawBody(person, *m_mesh, view, kPerson, raster);
    std::uint16_t owner = kPerson;
    const int others = !cluttered || !random.chance(m_options.otherChance) ? 0 : random.chance(1 / 3.0F) ? 2 : 1;
    for (int i = 0; i < others; ++i) {
        DressedBody other = drawPerson(random);
        placeOther(other, person, view, random);
        drawBody(other, *m_mesh, view, ++owner, raster);
    }
    joints = seenJoints(person, m_keypoints, view, kPerson, raster);
    const std::optional<Box> box = boxOfKeypoints(joints, 2);
    if (cluttered && box && random.chance(m_options.occluderChance)) {
        drawThing(raster, *box, random);
        joints = seenJoints(person, m_keypoints, view, kPerson, raster);
    }
    const auto visible = std::ranges::count(joints, KeypointState::Visible, &Keypoint2D::state);
    return box && visible >= kLeastVisible;
}

Result<PersonPicture> PersonPictures::draw(const Backdrop &backdrop, Random &random) const
{
    constexpr int kCluttered = 3, kAttempts = 12;
    Rasterizer raster(1, 1);
    PersonPicture result;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        if (compose(attempt < kCluttered, random, raster, result.joints))
            break;
    }
    result.box = boxOfKeypoints(result.joints, 1).value_or(Box{0, 0, 1, 1});
    result.picture.resize(raster.width() / kOversampling, raster.height() / kOversampling);
    if (Result<void> drawn = backdrop.draw(random, result.picture); !drawn)
        return drawn.error();
    blend(raster, result.picture);
    develop(result.picture, random);
    return result;
}

} // namespace poselift
