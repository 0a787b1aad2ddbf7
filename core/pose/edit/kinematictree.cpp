#include "core/pose/edit/kinematictree.h"

#include <algorithm>

namespace poselift {

namespace {

std::vector<int> rootsOf(const Skeleton &skeleton)
{
    if (const int root = skeleton.indexOf(skeleton.root); root >= 0)
        return {root};
    std::vector<int> roots;
    for (const char *name : {"left_hip", "right_hip"}) {
        if (const int hip = skeleton.indexOf(name); hip >= 0)
            roots.push_back(hip);
    }
    return roots;
}

} // namespace

KinematicTree::KinematicTree(const Skeleton &skeleton)
    : m_parents(skeleton.joints.size(), -1), m_children(skeleton.joints.size()), m_limbRoots(skeleton.joints.size())
{
    // Both hips before what hangs on them, so that the body does not hang on one of them.
    m_order = rootsOf(skeleton);
    for (std::size_t at = 0; at < m_order.size(); ++at)
        grow(skeleton, m_order[at]);
    for (int joint = 0; joint < skeleton.jointCount(); ++joint) {
        if (std::find(m_order.begin(), m_order.end(), joint) != m_order.end())
            continue;
        // Another root: a joint that no bone connects with the body.
        std::size_t at = m_order.size();
        for (m_order.push_back(joint); at < m_order.size(); ++at)
            grow(skeleton, m_order[at]);
    }
    findLimbRoots(skeleton);
}

void KinematicTree::grow(const Skeleton &skeleton, int from)
{
    for (const auto &[a, b] : skeleton.bones) {
        if (a != from && b != from)
            continue;
        const int other = a == from ? b : a;
        if (std::find(m_order.begin(), m_order.end(), other) != m_order.end())
            continue;
        m_parents[static_cast<std::size_t>(other)] = from;
        m_children[static_cast<std::size_t>(from)].push_back(other);
        m_order.push_back(other);
    }
}

void KinematicTree::findLimbRoots(const Skeleton &skeleton)
{
    for (const char *name : {"left_elbow", "right_elbow", "left_knee", "right_knee"}) {
        const int middle = skeleton.indexOf(name);
        if (middle >= 0 && parent(middle) >= 0)
            m_limbRoots[static_cast<std::size_t>(parent(middle))] = true;
    }
}

std::vector<int> KinematicTree::chainTo(int joint) const
{
    std::vector<int> chain{joint};
    for (int up = parent(joint); up >= 0; up = parent(up)) {
        chain.push_back(up);
        if (isLimbRoot(up) || children(up).size() > 1)
            break;
    }
    std::reverse(chain.begin(), chain.end());
    return chain;
}

} // namespace poselift
