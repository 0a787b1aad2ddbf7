#include "models/synth/rasterizer.h"

#include <algorithm>
#include <cmath>

namespace poselift {

void Rasterizer::reset(int width, int height)
{
    m_width = width;
    m_height = height;
    m_samples.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), {});
}

void Rasterizer::draw(std::span<const ScreenVertex> vertices, std::span<const MeshTriangle> triangles,
                      std::uint16_t owner)
{
    for (const MeshTriangle &triangle : triangles)
        drawTriangle(vertices[triangle[0]], vertices[triangle[1]], vertices[triangle[2]], owner);
}

void Rasterizer::drawTriangle(const ScreenVertex &a, const ScreenVertex &b, const ScreenVertex &c, std::uint16_t owner)
{
    // Pineda 1988: a pixel is inside when it is on the same side of the three edges.
    const float area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    if (area >= 0 || a.inverseDepth <= 0 || b.inverseDepth <= 0 || c.inverseDepth <= 0)
        return;
    const float left = std::min({a.x, b.x, c.x}), right = std::max({a.x, b.x, c.x});
    const float top = std::min({a.y, b.y, c.y}), bottom = std::max({a.y, b.y, c.y});
    if (right < 0 || bottom < 0 || left > static_cast<float>(m_width) || top > static_cast<float>(m_height))
        return;
    const int x0 = std::max(0, static_cast<int>(std::ceil(left - 0.5F)));
    const int x1 = std::min(m_width - 1, static_cast<int>(std::floor(right - 0.5F)));
    const int y0 = std::max(0, static_cast<int>(std::ceil(top - 0.5F)));
    const int y1 = std::min(m_height - 1, static_cast<int>(std::floor(bottom - 0.5F)));
    const float inverse = 1 / area;
    for (int y = y0; y <= y1; ++y) {
        const float v = static_cast<float>(y) + 0.5F;
        for (int x = x0; x <= x1; ++x) {
            const float u = static_cast<float>(x) + 0.5F;
            const float wa = ((b.x - u) * (c.y - v) - (b.y - v) * (c.x - u)) * inverse;
            const float wb = ((c.x - u) * (a.y - v) - (c.y - v) * (a.x - u)) * inverse;
            const float wc = 1 - wa - wb;
            if (wa < 0 || wb < 0 || wc < 0)
                continue;
            // The inverse of the depth is linear in the picture.
            const float inverseDepth = wa * a.inverseDepth + wb * b.inverseDepth + wc * c.inverseDepth;
            Sample &sample = at(x, y);
            if (inverseDepth <= sample.inverseDepth)
                continue;
            sample.inverseDepth = inverseDepth;
            sample.colour = wa * a.colour + wb * b.colour + wc * c.colour;
            sample.bone = a.bone;
            sample.owner = owner;
        }
    }
}

} // namespace poselift
