#pragma once

#include "models/synth/bodymesh.h"

#include <Eigen/Core>

#include <cstdint>
#include <span>
#include <vector>

namespace poselift {

/// A corner of a triangle in the picture.
struct ScreenVertex
{
    float x = 0, y = 0;              ///< px, pixel centres at integer + 0.5
    float inverseDepth = 0;          ///< 1/m; not positive: behind the camera, its triangles are left out
    Eigen::Vector3f colour{0, 0, 0}; ///< [0, 1]
    std::uint16_t bone = 0;          ///< what isUnderSkin() is asked about
};

/// A z-buffer that draws triangles with colours interpolated between their corners (Gouraud 1971).
class Rasterizer
{
public:
    /// What is seen in one pixel.
    struct Sample
    {
        float inverseDepth = 0; ///< 1/m; 0: nothing was drawn here
        Eigen::Vector3f colour{0, 0, 0};
        std::uint16_t bone = 0;
        std::uint16_t owner = 0; ///< who drew it
    };

    Rasterizer(int width, int height) { reset(width, height); }
    void reset(int width, int height);

    int width() const { return m_width; }
    int height() const { return m_height; }
    const Sample &at(int x, int y) const { return m_samples[index(x, y)]; }
    Sample &at(int x, int y) { return m_samples[index(x, y)]; }

    /// Draws what faces the camera and lies before what is there already. A triangle's bone is that
    /// of its first corner. Triangles are counter-clockwise seen from their front in a world with y
    /// up, so clockwise here, where y points down.
    void draw(std::span<const ScreenVertex> vertices, std::span<const MeshTriangle> triangles, std::uint16_t owner);

private:
    std::size_t index(int x, int y) const
    {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(m_width) + static_cast<std::size_t>(x);
    }
    void drawTriangle(const ScreenVertex &a, const ScreenVertex &b, const ScreenVertex &c, std::uint16_t owner);

    int m_width = 0;
    int m_height = 0;
    std::vector<Sample> m_samples;
};

} // namespace poselift
