#include "models/synth/renderer.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

namespace poselift {

namespace {

using Eigen::Vector3d;
using Eigen::Vector3f;

constexpr int kSamples = 4; ///< a pixel
constexpr std::array<std::array<double, 2>, kSamples> kSamplePlaces{{{0.25, 0.25}, {0.75, 0.25}, {0.25, 0.75}, {0.75, 0.75}}};
constexpr float kFar = std::numeric_limits<float>::max();
constexpr float kHiddenBy = 0.15F; ///< m; more than a joint lies below its own skin

const Vector3f kToLight = Vector3f(0.45F, 1.0F, 0.55F).normalized();

/// Nearest distance > 0 at which the ray meets the ball, or kFar. |direction| = 1.
float distanceToBall(const Vector3f &centre, float radius, const Vector3f &origin, const Vector3f &direction)
{
    const Vector3f offset = origin - centre;
    const float half = offset.dot(direction);
    const float root = half * half - (offset.squaredNorm() - radius * radius);
    if (root < 0)
        return kFar;
    const float distance = -half - std::sqrt(root);
    return distance > 0 ? distance : kFar;
}

/// The floor with its grid of 0.5 m, fading with distance so that far lines do not flicker.
Vector3f floorColour(const Vector3f &floor, const Vector3f &point, float distance)
{
    const float width = 0.008F + 0.0012F * distance;
    const auto line = [width](float coordinate) {
        const float off = std::abs(coordinate * 2 - std::round(coordinate * 2)) / 2;
        return std::clamp(1.5F - off / width, 0.0F, 1.0F);
    };
    const float strength = 0.35F * std::max(line(point.x()), line(point.z())) * std::exp(-0.06F * distance);
    return floor * (1 - strength);
}

/// The same well mixed number for the same place and channel (Steele, Lea and Flood, OOPSLA 2014), in [0, 1).
float numberOfPlace(std::int64_t column, std::int64_t row, int channel)
{
    auto mixed = static_cast<std::uint64_t>((column * 4096 + row) * 3 + channel) * 0x9E3779B97F4A7C15ULL;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return static_cast<float>((mixed ^ (mixed >> 31)) >> 40) * 0x1p-24F;
}

/// The wall far behind everything as seen along @p direction (unit): brighter upwards, in panels of
/// 6° by 9° whose colours are drawn by their place.
Vector3f wallColour(const SceneLook &look, const Vector3f &direction)
{
    Vector3f colour = look.wall;
    if (look.clutter > 0) {
        const float azimuth = std::atan2(direction.x(), -direction.z());
        const auto column = static_cast<std::int64_t>(std::floor(azimuth / 0.105F));
        const float height = std::asin(std::clamp(direction.y(), -1.0F, 1.0F));
        const auto row = static_cast<std::int64_t>(std::floor(height / 0.157F));
        for (int channel = 0; channel < 3; ++channel)
            colour[channel] += look.clutter * (numberOfPlace(column, row, channel) - colour[channel]);
    }
    return colour * (1.0F - 0.25F * std::clamp(direction.y(), 0.0F, 1.0F));
}

std::uint8_t byteOf(float value)
{
    return static_cast<std::uint8_t>(std::clamp(value, 0.0F, 1.0F) * 255.0F + 0.5F);
}

} // namespace

SceneLook SceneLook::usual()
{
    SceneLook look;
    look.people = {{{0.72F, 0.22F, 0.20F}, {0.20F, 0.26F, 0.42F}, {0.87F, 0.67F, 0.54F}, {0.24F, 0.16F, 0.11F}, {0.15F, 0.15F, 0.17F}},
                   {{0.16F, 0.46F, 0.42F}, {0.42F, 0.38F, 0.33F}, {0.58F, 0.40F, 0.29F}, {0.08F, 0.07F, 0.07F}, {0.55F, 0.52F, 0.48F}}};
    look.wall = {0.80F, 0.83F, 0.86F};
    look.floor = {0.66F, 0.65F, 0.62F};
    return look;
}

SceneLook SceneLook::ofSeed(std::uint32_t seed)
{
    std::mt19937 random(seed);
    const auto colour = [&random](float from, float to) {
        Vector3f drawn;
        for (int channel = 0; channel < 3; ++channel)
            drawn[channel] = from + (to - from) * static_cast<float>(random()) / 4294967295.0F;
        return drawn;
    };
    SceneLook look;
    for (int person = 0; person < 2; ++person) {
        Clothes clothes;
        clothes.shirt = colour(0.05F, 0.9F);
        clothes.trousers = colour(0.05F, 0.7F);
        clothes.skin = Vector3f(0.62F, 0.44F, 0.33F) + colour(-0.12F, 0.12F);
        clothes.hair = colour(0.05F, 0.35F);
        clothes.shoes = colour(0.1F, 0.9F);
        look.people.push_back(clothes);
    }
    look.wall = colour(0.25F, 0.6F);
    look.floor = colour(0.2F, 0.5F);
    look.clutter = 0.5F;
    return look;
}

SceneRenderer::SceneRenderer(SyntheticScene scene, SceneLook look) : m_scene(std::move(scene)), m_look(std::move(look))
{
    m_eye = m_scene.cameraFromWorld.inverse().translation.cast<float>();
    m_samples.resize(static_cast<std::size_t>(m_scene.camera.width) * static_cast<std::size_t>(m_scene.camera.height) * kSamples);
    m_pixels.resize(m_samples.size()); // 4 samples and 4 bytes a pixel
    makeBackground();
}

void SceneRenderer::makeBackground()
{
    const Eigen::Matrix3d worldFromCamera = m_scene.cameraFromWorld.rotation.transpose();
    auto sample = m_samples.begin();
    for (int y = 0; y < m_scene.camera.height; ++y) {
        for (int x = 0; x < m_scene.camera.width; ++x) {
            for (const auto &[dx, dy] : kSamplePlaces) {
                const Eigen::Vector2d plane = unproject(m_scene.camera, {x + dx, y + dy});
                sample->direction = (worldFromCamera * Vector3d(plane.x(), plane.y(), 1)).normalized().cast<float>();
                const float down = -sample->direction.y();
                sample->background = wallColour(m_look, sample->direction);
                if (down > 1e-4F) {
                    sample->groundDistance = m_eye.y() / down;
                    const float haze = 1 - std::exp(-0.035F * sample->groundDistance);
                    const Vector3f floor = floorColour(m_look.floor, m_eye + sample->groundDistance * sample->direction,
                                                       sample->groundDistance);
                    sample->background = floor + haze * (m_look.wall - floor);
                }
                ++sample;
            }
        }
    }
}

std::vector<SceneRenderer::Capsule> SceneRenderer::bodyOf(const std::vector<Vector3d> &joints, const FigureShape &shape,
                                                          const Clothes &colours)
{
    const auto scale = static_cast<float>(shape.trunk / FigureShape().trunk);
    const auto at = [&joints](const std::string &name) {
        return Vector3f(joints[static_cast<std::size_t>(Figure::skeleton().indexOf(name))].cast<float>());
    };
    std::vector<Capsule> body;
    const auto add = [&](const Vector3f &from, const Vector3f &to, float radius, const Vector3f &colour) {
        body.push_back({from, to, radius * scale, colour});
    };
    const Vector3f up = (at("head_top") - at("neck_base")).normalized();
    const Vector3f front = (at("nose") - (at("left_ear") + at("right_ear")) / 2).normalized();
    add(at("left_hip"), at("right_hip"), 0.095F, colours.trousers);
    add(at("root"), at("spine"), 0.125F, colours.shirt);
    add(at("spine"), at("thorax") - 0.06F * up, 0.13F, colours.shirt);
    add(at("left_shoulder"), at("right_shoulder"), 0.06F, colours.shirt);
    add(at("thorax"), at("neck_base") + 0.03F * up, 0.05F, colours.skin);
    const Vector3f skull = (at("left_ear") + at("right_ear")) / 2;
    add(skull - 0.01F * up, skull + 0.035F * up, 0.085F, colours.skin);
    add(skull - 0.025F * front + 0.025F * up, skull - 0.015F * front + 0.055F * up, 0.087F, colours.hair);
    add(at("nose") - 0.02F * front, at("nose") - 0.008F * front, 0.016F, colours.skin);
    for (const std::string side : {"left_", "right_"}) {
        add(at(side + "eye"), at(side + "eye"), 0.014F, {0.10F, 0.10F, 0.12F});
        add(at(side + "ear"), at(side + "ear") - 0.02F * up, 0.016F, colours.skin);
        add(at(side + "shoulder"), at(side + "elbow"), 0.047F, colours.shirt);
        add(at(side + "elbow"), at(side + "wrist"), 0.036F, colours.skin);
        const Vector3f forearm = (at(side + "wrist") - at(side + "elbow")).normalized();
        add(at(side + "wrist") + 0.02F * forearm, at(side + "wrist") + 0.09F * forearm, 0.04F, colours.skin);
        add(at(side + "hip"), at(side + "knee"), 0.072F, colours.trousers);
        add(at(side + "knee"), at(side + "ankle"), 0.052F, colours.trousers);
        const Vector3f foot = (at(side + "big_toe") - at(side + "ankle")).normalized();
        add(at(side + "ankle") - Vector3f(0, 0.02F, 0) - 0.03F * foot, at(side + "big_toe"), 0.042F, colours.shoes);
    }
    return body;
}

float SceneRenderer::distanceTo(const Capsule &capsule, const Vector3f &origin, const Vector3f &direction)
{
    const Vector3f axis = capsule.to - capsule.from;
    const float length = axis.norm();
    if (length < 1e-6F)
        return distanceToBall(capsule.from, capsule.radius, origin, direction);
    const Vector3f unit = axis / length;
    const Vector3f offset = origin - capsule.from;
    // Parts across the axis: |across + t·slope|² = radius² for the cylinder around the axis.
    const Vector3f slope = direction - direction.dot(unit) * unit;
    const Vector3f across = offset - offset.dot(unit) * unit;
    const float a = slope.squaredNorm();
    const float half = slope.dot(across);
    const float root = half * half - a * (across.squaredNorm() - capsule.radius * capsule.radius);
    if (root < 0)
        return kFar;
    const float distance = a > 1e-9F ? (-half - std::sqrt(root)) / a : 0.0F;
    const float along = (offset + distance * direction).dot(unit);
    if (a > 1e-9F && along >= 0 && along <= length)
        return distance > 0 ? distance : kFar;
    return std::min(distanceToBall(capsule.from, capsule.radius, origin, direction),
                    distanceToBall(capsule.to, capsule.radius, origin, direction));
}

void SceneRenderer::drawCapsule(const Capsule &capsule)
{
    // Rectangle around the two end balls' pictures; a ball of radius r at depth z reaches no farther
    // than about f·r/(z − r) from its centre in the middle of the picture, a little more at the edge.
    double left = 1e9;
    double top = 1e9;
    double right = -1e9;
    double bottom = -1e9;
    for (const Vector3f &end : {capsule.from, capsule.to}) {
        const Vector3d inCamera = m_scene.cameraFromWorld * end.cast<double>();
        if (inCamera.z() < 2 * capsule.radius)
            return;
        const Eigen::Vector2d centre = project(m_scene.camera, inCamera);
        const double reach = 1.5 * m_scene.camera.fx * capsule.radius / (inCamera.z() - capsule.radius) + 2;
        left = std::min(left, centre.x() - reach);
        right = std::max(right, centre.x() + reach);
        top = std::min(top, centre.y() - reach);
        bottom = std::max(bottom, centre.y() + reach);
    }
    const int firstX = std::max(0, static_cast<int>(left));
    const int lastX = std::min(m_scene.camera.width - 1, static_cast<int>(right));
    const int firstY = std::max(0, static_cast<int>(top));
    const int lastY = std::min(m_scene.camera.height - 1, static_cast<int>(bottom));
    const Vector3f axis = capsule.to - capsule.from;
    for (int y = firstY; y <= lastY; ++y) {
        const auto row = static_cast<std::size_t>(y) * static_cast<std::size_t>(m_scene.camera.width);
        for (std::size_t i = (row + static_cast<std::size_t>(firstX)) * kSamples;
             i < (row + static_cast<std::size_t>(lastX) + 1) * kSamples; ++i) {
            Sample &sample = m_samples[i];
            const float distance = distanceTo(capsule, m_eye, sample.direction);
            if (distance >= sample.nearest)
                continue;
            const Vector3f point = m_eye + distance * sample.direction;
            const float share = std::clamp((point - capsule.from).dot(axis) / std::max(axis.squaredNorm(), 1e-9F), 0.0F, 1.0F);
            const Vector3f normal = (point - capsule.from - share * axis).normalized();
            const float light = 0.42F + 0.15F * (0.5F + 0.5F * normal.y()) + 0.50F * std::max(0.0F, normal.dot(kToLight));
            sample.nearest = distance;
            sample.colour = capsule.colour * light;
        }
    }
}

/// Darkens the floor where @p body stands between it and the light.
void SceneRenderer::drawShadow(const std::vector<Capsule> &body, const Vector3f &root)
{
    // The shadow lies along a line on the floor from the feet away from the light.
    const Vector3f feet(root.x(), 0, root.z());
    const Vector3f away = -2.2F / kToLight.y() * Vector3f(kToLight.x(), 0, kToLight.z());
    for (Sample &sample : m_samples) {
        if (sample.groundDistance <= 0 || sample.nearest < sample.groundDistance)
            continue;
        const Vector3f ground = m_eye + sample.groundDistance * sample.direction;
        const float share = std::clamp((ground - feet).dot(away) / away.squaredNorm(), 0.0F, 1.0F);
        if ((ground - feet - share * away).squaredNorm() > 0.9F * 0.9F)
            continue;
        const bool isShaded = std::any_of(body.begin(), body.end(), [&ground](const Capsule &capsule) {
            return distanceTo(capsule, ground, kToLight) < kFar;
        });
        if (isShaded)
            sample.colour = sample.background * 0.62F;
    }
}

void SceneRenderer::resolve()
{
    for (std::size_t pixel = 0; pixel < m_samples.size() / kSamples; ++pixel) {
        Vector3f sum = Vector3f::Zero();
        for (std::size_t i = 0; i < kSamples; ++i)
            sum += m_samples[pixel * kSamples + i].colour;
        std::uint8_t *bytes = &m_pixels[pixel * 4];
        bytes[0] = byteOf(sum.z() / kSamples);
        bytes[1] = byteOf(sum.y() / kSamples);
        bytes[2] = byteOf(sum.x() / kSamples);
        bytes[3] = 255;
    }
}

ImageView SceneRenderer::draw(std::int64_t frame)
{
    for (Sample &sample : m_samples) {
        sample.nearest = sample.groundDistance > 0 ? sample.groundDistance : kFar;
        sample.colour = sample.background;
    }
    std::vector<std::pair<std::vector<Capsule>, Vector3f>> bodies;
    const auto frames = static_cast<std::int64_t>(m_scene.seconds.size());
    for (std::size_t person = 0; person < m_scene.figures.size(); ++person) {
        const SceneFigure &figure = m_scene.figures[person];
        if (frame < figure.firstFrame || frame >= (figure.endFrame < 0 ? frames : figure.endFrame))
            continue;
        const auto joints = Figure(figure.shape, figure.motion).jointsAt(m_scene.seconds[static_cast<std::size_t>(frame)]);
        bodies.emplace_back(bodyOf(joints, figure.shape, m_look.people[person % m_look.people.size()]), joints[0].cast<float>());
    }
    for (const auto &[body, root] : bodies) {
        for (const Capsule &capsule : body)
            drawCapsule(capsule);
    }
    for (const auto &[body, root] : bodies)
        drawShadow(body, root);
    resolve();
    return {m_pixels.data(), m_scene.camera.width, m_scene.camera.height, m_scene.camera.width * 4};
}

bool SceneRenderer::isHidden(const Keypoint2D &keypoint, double depth) const
{
    const int x = static_cast<int>(keypoint.x);
    const int y = static_cast<int>(keypoint.y);
    if (x < 0 || y < 0 || x >= m_scene.camera.width || y >= m_scene.camera.height)
        return false;
    const auto pixel = static_cast<std::size_t>(y) * static_cast<std::size_t>(m_scene.camera.width) + static_cast<std::size_t>(x);
    const int column = keypoint.x - x < 0.5 ? 0 : 1;
    const int row = keypoint.y - y < 0.5 ? 0 : 1;
    const Sample &sample = m_samples[pixel * kSamples + static_cast<std::size_t>(2 * row + column)];
    // Depth is along the axis, the sample's distance along the ray.
    const Eigen::Vector3f axis = m_scene.cameraFromWorld.rotation.row(2).transpose().cast<float>();
    return sample.nearest * sample.direction.dot(axis) < static_cast<float>(depth) - kHiddenBy;
}

} // namespace poselift
