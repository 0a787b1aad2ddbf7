#include "core/pose/limbs.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace poselift {

namespace {

enum class Limb
{
    Arm,
    Leg,
    Head,
    Spine,
    Unknown
};

struct LimbWord
{
    std::string_view word;
    Limb limb;
};

constexpr std::array<LimbWord, 26> kLimbWords{{
    {"shoulder", Limb::Arm}, {"collar", Limb::Arm},   {"clavicle", Limb::Arm}, {"elbow", Limb::Arm},
    {"wrist", Limb::Arm},    {"hand", Limb::Arm},     {"thumb", Limb::Arm},    {"finger", Limb::Arm},
    {"hip", Limb::Leg},      {"knee", Limb::Leg},     {"ankle", Limb::Leg},    {"foot", Limb::Leg},
    {"heel", Limb::Leg},     {"toe", Limb::Leg},      {"head", Limb::Head},    {"neck", Limb::Head},
    {"nose", Limb::Head},    {"eye", Limb::Head},     {"ear", Limb::Head},     {"mouth", Limb::Head},
    {"jaw", Limb::Head},     {"pelvis", Limb::Spine}, {"root", Limb::Spine},   {"spine", Limb::Spine},
    {"thorax", Limb::Spine}, {"chest", Limb::Spine},
}};

Limb limbByWord(std::string_view word)
{
    // "spine1", "toes", …
    const auto found = std::find_if(kLimbWords.begin(), kLimbWords.end(),
                                    [word](const LimbWord &known) { return word.starts_with(known.word); });
    return found != kLimbWords.end() ? found->limb : Limb::Unknown;
}

Limb limbByName(std::string_view joint)
{
    Limb limb = Limb::Unknown;
    for (std::string_view rest = joint; !rest.empty() && limb == Limb::Unknown;) {
        const std::size_t end = std::min(rest.find('_'), rest.size());
        limb = limbByWord(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    // Between the hips or the shoulders: "mid_hip".
    const bool isPaired = limb == Limb::Arm || limb == Limb::Leg;
    return isPaired && sideOf(joint) == BodySide::Middle ? Limb::Spine : limb;
}

/// Head and spine have one of their kind, arms and legs one on each side.
bool isSameLimb(const std::string &a, const std::string &b)
{
    const Limb limb = limbByName(a);
    if (limb != limbByName(b))
        return false;
    return limb == Limb::Head || limb == Limb::Spine || sideOf(a) == sideOf(b);
}

/// Joints of a limb without a known name: all that bones reach from @p joint without leaving it.
std::vector<int> reachedByBones(const Skeleton &skeleton, int joint)
{
    const auto name = [&skeleton](int index) { return skeleton.joints[static_cast<std::size_t>(index)]; };
    std::vector<int> reached{joint};
    for (std::size_t next = 0; next < reached.size(); ++next) {
        for (const auto &[a, b] : skeleton.bones) {
            if (a != reached[next] && b != reached[next])
                continue;
            const int other = a == reached[next] ? b : a;
            const bool isNew = std::find(reached.begin(), reached.end(), other) == reached.end();
            if (isNew && isSameLimb(name(joint), name(other)))
                reached.push_back(other);
        }
    }
    std::sort(reached.begin(), reached.end());
    return reached;
}

} // namespace

std::vector<int> limbOf(const Skeleton &skeleton, int joint)
{
    const std::string &name = skeleton.joints[static_cast<std::size_t>(joint)];
    if (limbByName(name) == Limb::Unknown)
        return reachedByBones(skeleton, joint);
    std::vector<int> limb;
    for (int other = 0; other < skeleton.jointCount(); ++other) {
        if (isSameLimb(name, skeleton.joints[static_cast<std::size_t>(other)]))
            limb.push_back(other);
    }
    return limb;
}

std::vector<int> limbOfBone(const Skeleton &skeleton, std::pair<int, int> bone)
{
    std::vector<int> limb = limbOf(skeleton, bone.first);
    if (std::find(limb.begin(), limb.end(), bone.second) != limb.end())
        return limb;
    return {std::min(bone.first, bone.second), std::max(bone.first, bone.second)};
}

} // namespace poselift
