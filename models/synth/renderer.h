#pragma once

#include "core/media/videoframe.h"
#include "models/synth/syntheticclip.h"

#include <Eigen/Core>

#include <vector>

namespace poselift {

/// Draws a scene: figures as shaded capsules on a grid, with shadows, four samples a pixel. Rays are
/// exactly those of the scene's camera, so that keypoints lie where the joints are drawn.
class SceneRenderer
{
public:
    explicit SceneRenderer(SyntheticScene scene);

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
    static std::vector<Capsule> bodyOf(const std::vector<Eigen::Vector3d> &joints, const FigureShape &shape, std::size_t person);
    static float distanceTo(const Capsule &capsule, const Eigen::Vector3f &origin, const Eigen::Vector3f &direction);
    void drawCapsule(const Capsule &capsule);
    void drawShadow(const std::vector<Capsule> &body, const Eigen::Vector3f &root);
    void resolve();

    SyntheticScene m_scene;
    Eigen::Vector3f m_eye;
    std::vector<Sample> m_samples; ///< 4 a pixel, row by row
    std::vector<std::uint8_t> m_pixels;
};

} // namespace poselift
