#include "models/train/bodyvariation.h"

#include <algorithm>
#include <map>
#include <set>

namespace poselift {

namespace {

std::string withoutSide(const std::string &joint)
{
    for (const char *side : {"left_", "right_"}) {
        if (joint.starts_with(side))
            return joint.substr(std::string(side).size());
    }
    return joint;
}

} // namespace

BodyVariation::BodyVariation(const Skeleton &skeleton) : m_root(std::max(0, skeleton.indexOf(skeleton.root)))
{
    std::map<std::string, int> segmentOf;
    std::set<int> reached{m_root};
    for (bool grew = true; grew;) {
        grew = false;
        for (const auto &[parent, child] : skeleton.bones) {
            if (!reached.contains(parent) || reached.contains(child))
                continue;
            const std::string name = withoutSide(skeleton.joints[static_cast<std::size_t>(child)]);
            const int segment = segmentOf.try_emplace(name, static_cast<int>(segmentOf.size())).first->second;
            m_bones.push_back({parent, child, segment});
            reached.insert(child);
            grew = true;
        }
    }
    m_segments = static_cast<int>(segmentOf.size());
    for (const char *name : {"knee", "ankle"}) {
        if (const auto found = segmentOf.find(name); found != segmentOf.end())
            m_legSegments.push_back(found->second);
    }
}

BodyVariation::Scales BodyVariation::draw(const BodyVariationOptions &options, Random &random) const
{
    const auto scale = [&](float sigma) {
        return std::exp(sigma * std::clamp(random.normal(), -options.limit, options.limit));
    };
    const float height = scale(options.heightSigma);
    std::vector<float> segments(static_cast<std::size_t>(m_segments));
    for (float &segment : segments)
        segment = height * scale(options.segmentSigma);
    Scales scales;
    for (const Bone &bone : m_bones)
        scales.bone.push_back(segments[static_cast<std::size_t>(bone.segment)]);
    scales.root = legScale(segments, height);
    return scales;
}

float BodyVariation::legScale(const std::vector<float> &segments, float fallback) const
{
    float legs = 0;
    for (const int segment : m_legSegments)
        legs += segments[static_cast<std::size_t>(segment)] / static_cast<float>(m_legSegments.size());
    return m_legSegments.empty() ? fallback : legs;
}

BodyVariation::Scales BodyVariation::towards(std::span<const float> lengths, const float *pose) const
{
    constexpr float kShortest = 1e-3F; // m; a bone without a length keeps it
    const auto at = [pose](int joint) { return Eigen::Map<const Eigen::Vector3f>(pose + 3 * joint); };
    Scales scales;
    std::vector<float> segments(static_cast<std::size_t>(m_segments), 1.0F);
    for (std::size_t i = 0; i < m_bones.size(); ++i) {
        const float length = (at(m_bones[i].child) - at(m_bones[i].parent)).norm();
        scales.bone.push_back(length > kShortest ? lengths[i] / length : 1.0F);
        segments[static_cast<std::size_t>(m_bones[i].segment)] = scales.bone.back();
    }
    scales.root = legScale(segments, 1.0F);
    return scales;
}

void BodyVariation::apply(const Scales &scales, const Eigen::Vector3f *from, Eigen::Vector3f *to) const
{
    to[m_root] = scales.root * from[m_root];
    for (std::size_t i = 0; i < m_bones.size(); ++i) {
        const Bone &bone = m_bones[i];
        to[bone.child] = to[bone.parent] + scales.bone[i] * (from[bone.child] - from[bone.parent]);
    }
}

} // namespace poselift
