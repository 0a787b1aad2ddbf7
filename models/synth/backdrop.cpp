#include "models/synth/backdrop.h"

#include "core/io/lspfile.h"

#include <opencv2/imgcodecs.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace poselift {

using Eigen::Vector3f;

namespace {

constexpr float kPhotographShare = 0.8F; // of the backdrops, when there are photographs
constexpr double kLimbShare = 0.11;      // half a limb's width with margin, in longer sides of the person's box
constexpr int kMissingForBox = 3;        // with so many joints unknown the whole box is taken for the person
constexpr int kTries = 6;                // windows, of which the emptiest is taken
constexpr int kProbes = 12;              // points per side that say how empty a window is
constexpr int kMaskCell = 3;             // px of the piece that share one answer of isPerson()

Vector3f drawColour(Random &random)
{
    return {random.uniform(), random.uniform(), random.uniform()};
}

/// A gradient, waves, a few boxes and grain.
void drawMadeUp(Random &random, ColourPicture &picture)
{
    const Vector3f from = drawColour(random), to = drawColour(random);
    const float angle = random.uniform(0, 6.28F);
    struct Wave
    {
        float x, y, phase;
        Vector3f strength;
    };
    std::vector<Wave> waves(static_cast<std::size_t>(random.below(4)));
    for (Wave &wave : waves)
        wave = {random.uniform(-0.4F, 0.4F), random.uniform(-0.4F, 0.4F), random.uniform(0, 6.28F),
                0.25F * random.uniform() * drawColour(random)};
    const float grain = random.chance(0.5F) ? random.uniform(0, 0.1F) : 0;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const float along =
                0.5F
                + (std::cos(angle) * (static_cast<float>(x) / static_cast<float>(picture.width) - 0.5F)
                   + std::sin(angle) * (static_cast<float>(y) / static_cast<float>(picture.height) - 0.5F));
            Vector3f colour = from + along * (to - from);
            for (const Wave &wave : waves)
                colour += wave.strength
                          * std::sin(wave.x * static_cast<float>(x) + wave.y * static_cast<float>(y) + wave.phase);
            picture.at(x, y) = colour.array() + grain * (random.uniform() - 0.5F);
        }
    }
    for (int boxes = random.below(5); boxes > 0; --boxes) {
        const Vector3f colour = drawColour(random);
        const int left = random.below(picture.width), top = random.below(picture.height);
        const int right = std::min(picture.width, left + 4 + random.below(picture.width));
        const int bottom = std::min(picture.height, top + 4 + random.below(picture.height));
        for (int y = top; y < bottom; ++y)
            for (int x = left; x < right; ++x)
                picture.at(x, y) = colour;
    }
}

float distanceToSegment(float x, float y, const Keypoint2D &from, const Keypoint2D &to)
{
    const Eigen::Vector2f begin(static_cast<float>(from.x), static_cast<float>(from.y));
    const Eigen::Vector2f axis = Eigen::Vector2f(static_cast<float>(to.x), static_cast<float>(to.y)) - begin;
    const Eigen::Vector2f point = Eigen::Vector2f(x, y) - begin;
    const float share = std::clamp(point.dot(axis) / std::max(axis.squaredNorm(), 1e-6F), 0.0F, 1.0F);
    return (point - share * axis).norm();
}

Vector3f bilinear(const cv::Mat &picture, float x, float y)
{
    x = std::clamp(x - 0.5F, 0.0F, static_cast<float>(picture.cols - 1) - 1e-3F);
    y = std::clamp(y - 0.5F, 0.0F, static_cast<float>(picture.rows - 1) - 1e-3F);
    const int left = static_cast<int>(x), top = static_cast<int>(y);
    const float u = x - static_cast<float>(left), v = y - static_cast<float>(top);
    const int right = std::min(left + 1, picture.cols - 1), bottom = std::min(top + 1, picture.rows - 1);
    const auto at = [&](int row, int column) {
        const cv::Vec3b &bgr = picture.at<cv::Vec3b>(row, column);
        return Vector3f(bgr[2], bgr[1], bgr[0]);
    };
    return ((1 - v) * ((1 - u) * at(top, left) + u * at(top, right))
            + v * ((1 - u) * at(bottom, left) + u * at(bottom, right)))
           / 255.0F;
}

} // namespace

void fillHoles(ColourPicture &picture, std::vector<float> &known)
{
    if (std::ranges::all_of(known, [](float weight) { return weight >= 1; })
        || (picture.width == 1 && picture.height == 1))
        return;
    ColourPicture half;
    half.resize((picture.width + 1) / 2, (picture.height + 1) / 2);
    std::vector<float> halfKnown(half.pixels.size(), 0.0F);
    std::fill(half.pixels.begin(), half.pixels.end(), Vector3f::Zero());
    const auto index = [](const ColourPicture &of, int x, int y) {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(of.width) + static_cast<std::size_t>(x);
    };
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const float weight = known[index(picture, x, y)];
            half.at(x / 2, y / 2) += weight * picture.at(x, y);
            halfKnown[index(half, x / 2, y / 2)] += weight;
        }
    }
    for (std::size_t i = 0; i < halfKnown.size(); ++i) {
        if (halfKnown[i] > 0)
            half.pixels[i] /= halfKnown[i];
        halfKnown[i] = std::min(halfKnown[i], 1.0F);
    }
    fillHoles(half, halfKnown);
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            float &weight = known[index(picture, x, y)];
            if (weight >= 1)
                continue;
            // Between the four nearest pixels of the smaller picture, or its blocks would be seen.
            const int besideX = std::clamp(x % 2 == 0 ? x / 2 - 1 : x / 2 + 1, 0, half.width - 1);
            const int besideY = std::clamp(y % 2 == 0 ? y / 2 - 1 : y / 2 + 1, 0, half.height - 1);
            const Vector3f around = (9 * half.at(x / 2, y / 2) + 3 * half.at(besideX, y / 2)
                                     + 3 * half.at(x / 2, besideY) + half.at(besideX, besideY))
                                    / 16;
            picture.at(x, y) = weight * picture.at(x, y) + (1 - weight) * around;
            weight = 1;
        }
    }
}

Result<Backdrop> Backdrop::ofLsp(const std::filesystem::path &lsp, int lastPicture)
{
    Result<AnnotatedPictures> annotated = readLspExtended(lsp, 1, lastPicture);
    if (!annotated)
        return annotated.error();
    Backdrop backdrop;
    backdrop.m_bones = annotated->skeleton.bones;
    for (AnnotatedPicture &picture : annotated->pictures) {
        AnnotatedPerson &person = picture.people.front();
        if (std::max(person.box.width, person.box.height) > 0)
            backdrop.m_photographs.push_back({picture.path, std::move(person.pose), person.box});
    }
    if (backdrop.m_photographs.empty())
        return Error(ErrorCode::NoFrames, {{"path", (lsp / "images").string()}});
    return backdrop;
}

Result<void> Backdrop::draw(Random &random, ColourPicture &picture) const
{
    if (!m_photographs.empty() && random.chance(kPhotographShare))
        return drawPhotograph(m_photographs[static_cast<std::size_t>(random.next() % m_photographs.size())], random,
                              picture);
    drawMadeUp(random, picture);
    return {};
}

bool Backdrop::isPerson(const Photograph &photograph, float x, float y) const
{
    const double longest = std::max(photograph.box.width, photograph.box.height);
    const double margin = 1.2 * kLimbShare * longest;
    const Box &box = photograph.box;
    if (x < box.x - margin || y < box.y - margin || x > box.x + box.width + margin || y > box.y + box.height + margin)
        return false;
    const auto missing =
        std::ranges::count_if(photograph.person, [](const Keypoint2D &joint) { return !joint.isKnown(); });
    if (missing >= kMissingForBox)
        return true;
    return std::ranges::any_of(m_bones, [&](const std::pair<int, int> &bone) {
        const Keypoint2D &from = photograph.person[static_cast<std::size_t>(bone.first)];
        const Keypoint2D &to = photograph.person[static_cast<std::size_t>(bone.second)];
        return from.isKnown() && to.isKnown()
               && distanceToSegment(x, y, from, to) < static_cast<float>(kLimbShare * longest);
    });
}

Result<void> Backdrop::drawPhotograph(const Photograph &photograph, Random &random, ColourPicture &picture) const
{
    const cv::Mat whole = cv::imread(photograph.path.string(), cv::IMREAD_COLOR);
    if (whole.empty())
        return Error(ErrorCode::DecodeFailed,
                     {{"path", photograph.path.string()}, {"frame", "0"}, {"detail", "it is not a picture"}});
    const auto width = static_cast<float>(whole.cols), height = static_cast<float>(whole.rows);
    const auto most = static_cast<float>(std::max(picture.width, picture.height));
    float bestLeft = 0, bestTop = 0, bestStep = 1;
    int fewest = kProbes * kProbes + 1;
    for (int attempt = 0; attempt < kTries; ++attempt) {
        const float side = std::min(width, height) * random.uniform(0.5F, 1.0F);
        const float left = random.uniform(0, width - side), top = random.uniform(0, height - side);
        int covered = 0;
        for (int i = 0; i < kProbes * kProbes; ++i) {
            const float u = (static_cast<float>(i % kProbes) + 0.5F) / kProbes;
            const float v = (static_cast<float>(i / kProbes) + 0.5F) / kProbes;
            covered += isPerson(photograph, left + u * side, top + v * side) ? 1 : 0;
        }
        if (covered < fewest) {
            fewest = covered;
            bestLeft = left;
            bestTop = top;
            bestStep = side / most;
        }
    }
    const bool mirrored = random.chance(0.5F);
    std::vector<float> known(picture.pixels.size(), 1.0F);
    const int cellsAcross = picture.width / kMaskCell + 1;
    std::vector<bool> hidden(static_cast<std::size_t>(cellsAcross));
    for (int y = 0; y < picture.height; ++y) {
        const float v = bestTop + bestStep * (static_cast<float>(y) + 0.5F);
        for (int cell = 0; fewest > 0 && y % kMaskCell == 0 && cell < cellsAcross; ++cell) {
            const int x = mirrored ? picture.width - 1 - cell * kMaskCell : cell * kMaskCell;
            hidden[static_cast<std::size_t>(cell)] =
                isPerson(photograph, bestLeft + bestStep * (static_cast<float>(x) + 0.5F), v);
        }
        for (int x = 0; x < picture.width; ++x) {
            const int from = mirrored ? picture.width - 1 - x : x;
            picture.at(x, y) = bilinear(whole, bestLeft + bestStep * (static_cast<float>(from) + 0.5F), v);
            if (hidden[static_cast<std::size_t>(x / kMaskCell)])
                known[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width)
                      + static_cast<std::size_t>(x)] = 0;
        }
    }
    if (fewest > 0)
        fillHoles(picture, known);
    return {};
}

} // namespace poselift
