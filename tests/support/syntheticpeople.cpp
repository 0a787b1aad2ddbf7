#include "tests/support/syntheticpeople.h"

#include "models/train/random.h"

#include <algorithm>
#include <array>
#include <cmath>

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#define STBI_WRITE_NO_STDIO
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#include <stb_image_write.h>
#pragma GCC diagnostic pop

using namespace poselift;

namespace {

constexpr int kSide = 96;
constexpr float kDiscRadius = 3.0F;

/// A standing figure, px, in the order of person19.
constexpr std::array<std::array<float, 2>, 19> kFigure{{{36, 86},
                                                        {37, 68},
                                                        {38, 50},
                                                        {58, 50},
                                                        {59, 68},
                                                        {60, 86},
                                                        {24, 52},
                                                        {28, 38},
                                                        {36, 26},
                                                        {60, 26},
                                                        {68, 38},
                                                        {72, 52},
                                                        {48, 22},
                                                        {48, 6},
                                                        {48, 14},
                                                        {51, 11},
                                                        {45, 11},
                                                        {54, 13},
                                                        {42, 13}}};

void drawDisc(std::vector<std::uint8_t> &picture, const Keypoint2D &at, const std::array<std::uint8_t, 3> &colour)
{
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            if (std::hypot(x + 0.5 - at.x, y + 0.5 - at.y) <= kDiscRadius)
                std::copy(colour.begin(), colour.end(), picture.begin() + 3 * (y * kSide + x));
        }
    }
}

std::array<std::uint8_t, 3> colourOf(int joint)
{
    Random random(99, static_cast<std::uint64_t>(joint));
    const auto channel = [&random] { return static_cast<std::uint8_t>(random.chance(0.5F) ? 230 : 30); };
    return {channel(), channel(), channel()};
}

PackedPerson drawPerson(const Skeleton &skeleton, Random &random)
{
    PackedPerson person;
    person.width = person.height = kSide;
    person.box = {22, 4, 52, 84};
    person.labels.resize(kFigure.size());
    person.teacher.resize(kFigure.size());
    std::vector<std::uint8_t> picture(3 * kSide * kSide);
    for (std::uint8_t &value : picture)
        value = static_cast<std::uint8_t>(100 + random.below(30));
    for (std::size_t j = 0; j < kFigure.size(); ++j) {
        Keypoint2D &label = person.labels[j];
        label.x = kFigure[j][0] + random.uniform(-4, 4);
        label.y = kFigure[j][1] + random.uniform(-4, 4);
        label.confidence = 1;
        label.state = KeypointState::Visible;
        const int joint = static_cast<int>(j);
        drawDisc(picture, label, colourOf(std::min(joint, skeleton.mirrored(joint))));
    }
    person.jpeg = jpegOf(picture, kSide, kSide);
    return person;
}

} // namespace

std::vector<std::uint8_t> jpegOf(std::span<const std::uint8_t> rgb, int width, int height)
{
    std::vector<std::uint8_t> bytes;
    const auto append = [](void *to, void *data, int size) {
        const auto *from = static_cast<const std::uint8_t *>(data);
        auto *target = static_cast<std::vector<std::uint8_t> *>(to);
        target->insert(target->end(), from, from + size);
    };
    stbi_write_jpg_to_func(append, &bytes, width, height, 3, rgb.data(), 95);
    return bytes;
}

KeypointPack syntheticPeople(int people, std::uint64_t seed)
{
    KeypointPack pack;
    pack.skeleton = *findSkeleton("person19");
    pack.description = "stick figures of a test";
    Random random(seed);
    for (int i = 0; i < people; ++i) {
        pack.people.push_back(drawPerson(pack.skeleton, random));
        pack.people.back().source = "figure" + std::to_string(i);
    }
    for (int i = 0; i < people; ++i) {
        pack.people.push_back(pack.people[static_cast<std::size_t>(i)]);
        pack.people.back().split = PackSplit::Validation;
    }
    return pack;
}
