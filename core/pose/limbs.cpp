#include "core/pose/limbs.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace poselift {

namespace {

enum class Limb
{
    None,
    Arm,
    Leg,
    Face
};

Limb limbOfName(std::string_view name)
{
    using namespace std::string_view_literals;
    const auto holdsOneOf = [name](const auto &words) {
        return std::any_of(words.begin(), words.end(),
                           [name](std::string_view word) { return name.find(word) != name.npos; });
    };
    if (holdsOneOf(std::array{"hip"sv, "knee"sv, "ankle"sv, "heel"sv, "toe"sv, "foot"sv}))
        return Limb::Leg;
    if (holdsOneOf(
            std::array{"collar"sv, "clavicle"sv, "shoulder"sv, "elbow"sv, "wrist"sv, "hand"sv, "thumb"sv, "finger"sv}))
        return Limb::Arm;
    if (holdsOneOf(std::array{"eye"sv, "ear"sv, "mouth"sv}))
        return Limb::Face;
    return Limb::None;
}

} // namespace

std::vector<int> limbOf(const Skeleton &skeleton, int joint)
{
    const std::string &name = skeleton.joints[static_cast<std::size_t>(joint)];
    const Limb limb = limbOfName(name);
    const BodySide side = sideOf(name);
    if (limb == Limb::None || side == BodySide::Middle)
        return {joint};
    std::vector<int> joints;
    for (int other = 0; other < skeleton.jointCount(); ++other) {
        const std::string &otherName = skeleton.joints[static_cast<std::size_t>(other)];
        if (limbOfName(otherName) == limb && sideOf(otherName) == side)
            joints.push_back(other);
    }
    return joints;
}

} // namespace poselift
