#include "models/finder/findercanvas.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace poselift {

namespace {

constexpr int kSide = kFinderCanvasSide;
constexpr float kSmallestPerson = 16.0F; // px of the canvas, longer side
// A person of whom less is left in the canvas is not taught, and not held against the network
// either.
constexpr double kEnoughVisible = 0.4;

struct Tile
{
    int x0, y0, x1, y1; ///< px of the canvas
    int width() const { return x1 - x0; }
    int height() const { return y1 - y0; }
};

std::vector<Tile> drawTiles(Random &random)
{
    const float kind = random.uniform();
    const int cut = static_cast<int>(random.uniform(0.35F, 0.65F) * kSide);
    const int other = static_cast<int>(random.uniform(0.35F, 0.65F) * kSide);
    if (kind < 0.5F)
        return {{0, 0, kSide, kSide}};
    if (kind < 0.7F)
        return {{0, 0, cut, kSide}, {cut, 0, kSide, kSide}};
    if (kind < 0.8F)
        return {{0, 0, kSide, cut}, {0, cut, kSide, kSide}};
    return {{0, 0, cut, other},
            {cut, 0, kSide, other},
            {0, other, cut, kSide},
            {cut, other, kSide, kSide}};
}

/// Half the size, averaging 2 × 2 pixels.
FinderPicture halved(const FinderPicture &picture)
{
    FinderPicture half;
    half.width = std::max(1, picture.width / 2);
    half.height = std::max(1, picture.height / 2);
    half.rgb.resize(std::size_t(3) * half.width * half.height);
    const auto at = [&](int x, int y, int channel) {
        x = std::min(x, picture.width - 1);
        y = std::min(y, picture.height - 1);
        return static_cast<int>(
            picture.rgb[std::size_t(3) * (std::size_t(y) * picture.width + x) + channel]);
    };
    for (int y = 0; y < half.height; ++y)
        for (int x = 0; x < half.width; ++x)
            for (int c = 0; c < 3; ++c)
                half.rgb[std::size_t(3) * (std::size_t(y) * half.width + x) + c] =
                    static_cast<std::uint8_t>((at(2 * x, 2 * y, c) + at(2 * x + 1, 2 * y, c) +
                                               at(2 * x, 2 * y + 1, c) +
                                               at(2 * x + 1, 2 * y + 1, c) + 2) /
                                              4);
    return half;
}

/// Colour change of one tile: value · gain + shift per channel, then towards grey.
struct Colour
{
    std::array<float, 3> gain{1, 1, 1};
    float shift = 0.0F;
    float grey = 0.0F;
};

Colour drawColour(Random &random)
{
    Colour colour;
    const float gain = random.logUniform(0.6F, 1.6F);
    for (float &channel : colour.gain)
        channel = gain * random.logUniform(0.88F, 1.14F);
    colour.shift = random.uniform(-35.0F, 35.0F);
    colour.grey = random.chance(0.15F) ? 1.0F : random.uniform(0.0F, 0.3F);
    return colour;
}

void changeColour(float *rgb, const Colour &colour)
{
    for (int c = 0; c < 3; ++c)
        rgb[c] = rgb[c] * colour.gain[static_cast<std::size_t>(c)] + colour.shift;
    const float mean = (rgb[0] + rgb[1] + rgb[2]) / 3;
    for (int c = 0; c < 3; ++c)
        rgb[c] = std::clamp(rgb[c] + colour.grey * (mean - rgb[c]), 0.0F, 255.0F);
}

/// A made-up background: a plain colour, a gradient, or stripes and blotches.
class Background
{
public:
    explicit Background(Random &random)
    {
        for (int c = 0; c < 3; ++c) {
            m_base[c] = random.uniform(0, 255);
            m_slopeX[c] = random.uniform(-0.8F, 0.8F);
            m_slopeY[c] = random.uniform(-0.8F, 0.8F);
        }
        m_waves = random.below(4);
        for (int i = 0; i < m_waves; ++i)
            m_wave[i] = {random.uniform(-0.5F, 0.5F), random.uniform(-0.5F, 0.5F),
                         random.uniform(0.0F, 6.28F), random.uniform(5.0F, 45.0F)};
        m_grain = random.chance(0.5F) ? random.uniform(0.0F, 12.0F) : 0.0F;
    }

    void colour(int x, int y, Random &random, float *rgb) const
    {
        float texture = m_grain > 0 ? m_grain * (random.uniform() - 0.5F) : 0.0F;
        for (int i = 0; i < m_waves; ++i)
            texture += m_wave[i][3] *
                       std::sin(m_wave[i][0] * float(x) + m_wave[i][1] * float(y) + m_wave[i][2]);
        for (int c = 0; c < 3; ++c)
            rgb[c] = std::clamp(m_base[c] + m_slopeX[c] * float(x - kSide / 2) +
                                    m_slopeY[c] * float(y - kSide / 2) + texture,
                                0.0F, 255.0F);
    }

private:
    float m_base[3]{}, m_slopeX[3]{}, m_slopeY[3]{};
    std::array<std::array<float, 4>, 3> m_wave{};
    int m_waves = 0;
    float m_grain = 0.0F;
};

/// Where a packed picture goes: canvas = picture · scale + shift; mirrored first when scaleX < 0.
struct Placement
{
    double scaleX = 1, scaleY = 1;
    double shiftX = 0, shiftY = 0;

    Box apply(const Box &box) const
    {
        const double a = box.x * scaleX + shiftX, b = (box.x + box.width) * scaleX + shiftX;
        return {std::min(a, b), box.y * scaleY + shiftY, std::abs(b - a), box.height * scaleY};
    }
};

Placement drawPlacement(const FinderPicture &picture, const Tile &tile, Random &random)
{
    // The first box is the annotated person; a picture without anybody is shown about as large as
    // the tile.
    const Box whole{0, 0, double(picture.width), double(picture.height)};
    const Box person = picture.people.empty() ? whole : picture.people.front().box;
    const double longest = std::max({person.width, person.height, 4.0});
    const float largest = 1.2F * static_cast<float>(std::max(tile.width(), tile.height()));
    const double wanted =
        random.logUniform(kSmallestPerson, std::max(largest, 2 * kSmallestPerson));
    const double scale = std::min(wanted / longest, 3.0);
    Placement placement;
    placement.scaleX = scale * random.logUniform(0.87F, 1.15F) * (random.chance(0.5F) ? -1 : 1);
    placement.scaleY = scale;
    // The person's centre somewhere in the tile.
    const double x = tile.x0 + random.uniform(0.1F, 0.9F) * static_cast<float>(tile.width());
    const double y = tile.y0 + random.uniform(0.1F, 0.9F) * static_cast<float>(tile.height());
    placement.shiftX = x - person.centreX() * placement.scaleX;
    placement.shiftY = y - person.centreY() * placement.scaleY;
    return placement;
}

/// Fills @p tile of @p canvas; outside the packed picture the background shows.
void paint(FinderPicture &canvas, const Tile &tile, const FinderPicture &picture,
           const Placement &placement, const Background &background, const Colour &colour,
           Random &random)
{
    FinderPicture reduced;
    const FinderPicture *source = &picture;
    double level = 1.0;
    while (std::abs(placement.scaleY) * level < 0.6 && source->width > 8 && source->height > 8) {
        reduced = halved(*source);
        source = &reduced;
        level *= 2;
    }
    const double levelX = double(picture.width) / source->width,
                 levelY = double(picture.height) / source->height;
    for (int y = tile.y0; y < tile.y1; ++y) {
        const double v = ((y + 0.5 - placement.shiftY) / placement.scaleY) / levelY - 0.5;
        for (int x = tile.x0; x < tile.x1; ++x) {
            const double u = ((x + 0.5 - placement.shiftX) / placement.scaleX) / levelX - 0.5;
            float rgb[3];
            if (u < -0.5 || v < -0.5 || u > source->width - 0.5 || v > source->height - 0.5) {
                background.colour(x, y, random, rgb);
            } else {
                const int left = std::clamp(static_cast<int>(std::floor(u)), 0, source->width - 1);
                const int top = std::clamp(static_cast<int>(std::floor(v)), 0, source->height - 1);
                const int right = std::min(left + 1, source->width - 1),
                          bottom = std::min(top + 1, source->height - 1);
                const auto fx = static_cast<float>(std::clamp(u - left, 0.0, 1.0)),
                           fy = static_cast<float>(std::clamp(v - top, 0.0, 1.0));
                const std::uint8_t *row0 =
                    source->rgb.data() + std::size_t(3) * top * source->width;
                const std::uint8_t *row1 =
                    source->rgb.data() + std::size_t(3) * bottom * source->width;
                for (int c = 0; c < 3; ++c) {
                    const float a = row0[3 * left + c] * (1 - fx) + row0[3 * right + c] * fx;
                    const float b = row1[3 * left + c] * (1 - fx) + row1[3 * right + c] * fx;
                    rgb[c] = a * (1 - fy) + b * fy;
                }
                changeColour(rgb, colour);
            }
            std::uint8_t *pixel = canvas.rgb.data() + std::size_t(3) * (std::size_t(y) * kSide + x);
            for (int c = 0; c < 3; ++c)
                pixel[c] = static_cast<std::uint8_t>(std::lround(rgb[c]));
        }
    }
}

/// The people of @p picture as the tile shows them: clipped, those mostly cut off no longer
/// certain.
void addPeople(FinderPicture &canvas, const Tile &tile, const FinderPicture &picture,
               const Placement &placement)
{
    for (const MarkedBox &person : picture.people) {
        const Box box = placement.apply(person.box);
        const double left = std::max(box.x, double(tile.x0)),
                     right = std::min(box.x + box.width, double(tile.x1));
        const double top = std::max(box.y, double(tile.y0)),
                     bottom = std::min(box.y + box.height, double(tile.y1));
        if (right - left < 2 || bottom - top < 2)
            continue;
        const Box visible{left, top, right - left, bottom - top};
        const bool enough = visible.area() >= kEnoughVisible * box.area() &&
                            std::max(visible.width, visible.height) >= 0.75 * kSmallestPerson;
        canvas.people.push_back({visible, person.certain && enough});
    }
}

} // namespace

FinderPicture drawFinderCanvas(const std::vector<FinderPicture> &pictures, Random &random)
{
    FinderPicture canvas;
    canvas.width = kSide;
    canvas.height = kSide;
    canvas.rgb.resize(std::size_t(3) * kSide * kSide);
    const Background background(random);
    for (const Tile &tile : drawTiles(random)) {
        const FinderPicture &picture =
            pictures[static_cast<std::size_t>(random.below(static_cast<int>(pictures.size())))];
        const Placement placement = drawPlacement(picture, tile, random);
        paint(canvas, tile, picture, placement, background, drawColour(random), random);
        addPeople(canvas, tile, picture, placement);
    }
    return canvas;
}

} // namespace poselift
