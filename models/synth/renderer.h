#pragma once

#include "core/media/videoframe.h"
#include "models/synth/syntheticclip.h"

#include <Eigen/Core>

#include <cstdint>
#include <vector>

namespace poselift {

/// What one person wears; red, green and blue in [0, 1].
struct Clothes
{
    Eigen::Vector3f shirt;
    Eigen::Vector3f trousers;
    Eigen::Vector3f skin;
    Eigen::Vector3f hair;
    Eigen::Vector3f shoes;
};

/// What a scene looks like; where everything is does not hang on it.
struct SceneLook
{
    std::vector<Clothes> people; ///< of the figures in turn; not empty
    Eigen::Vector3f wall;        ///< red, green and blue in [0, 1]
    Eigen::Vector3f floor;
    float clutter = 0.0F; ///< how much of the wall's colour its panels of other colours replace, [0, 1]

    /// The usual one: red and green shirts in a light, empty room.
    static SceneLook usual();
    /// Other clothes in a darker room with a busy wall; the same seed gives the same.
    static SceneLook ofSeed(std::uint32_t seed);
};

/// Draws a scene: figures as shaded capsules on a grid, with shadows, four samples a pixel. Rays are
/// exactly those of the scene's camera, so that keypoints lie where the joints are drawn.
class SceneRenderer
{
public:
    explicit SceneRenderer(SyntheticScene scene, SceneLook look = SceneLook::usual());

    /// Draws frame @p frame; the picture is valid until the next call.
    ImageView draw(std::int64_t frame);
    /// True when something lies clearly (15 cm) before the point at @p depth (metres along the
    /// camera's axis) that is seen at @p keypoint, in the frame drawn last.
    bool isHidden(const Keypoint2D &keypoint, double depth) const;

private:
    struct Sample
    {
        Eigen::Vector3f direction;  ///< of the ray, world frame, unit
        Eigen::Vector3f background; ///< colour in [0, 1] where nothing stands
        float groundDistance = 0;   ///< m along the ray; 0 when it does not meet the ground
        float nearest = 0;          ///< m along the ray to what is seen
        Eigen::Vector3f colour;
    };
    struct Capsule
    {
        Eigen::Vector3f from;
        Eigen::Vector3f to;
        float radius = 0;
        Eigen::Vector3f colour;
    };

    void makeBackground();
    static std::vector<Capsule> bodyOf(const std::vector<Eigen::Vector3d> &joints, const FigureShape &shape,
                                       const Clothes &clothes);
    static float distanceTo(const Capsule &capsule, const Eigen::Vector3f &origin, const Eigen::Vector3f &direction);
    void drawCapsule(const Capsule &capsule);
    void drawShadow(const std::vector<Capsule> &body, const Eigen::Vector3f &root);
    void resolve();

    SyntheticScene m_scene;
    SceneLook m_look;
    Eigen::Vector3f m_eye;
    std::vector<Sample> m_samples; ///< 4 a pixel, row by row
    std::vector<std::uint8_t> m_pixels;
};

} // namespace poselift
