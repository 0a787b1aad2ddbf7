#pragma once

#include "core/pose/skeleton.h"

#include <vector>

namespace poselift {

/// A skeleton's joints as a tree, for moving them with what hangs on them. Skeletons whose bones
/// make rings (COCO's shoulders and hips) are cut open: every joint hangs on the one through which
/// it is reached first from the root.
class KinematicTree
{
public:
    explicit KinematicTree(const Skeleton &skeleton);

    int jointCount() const { return static_cast<int>(m_parents.size()); }
    /// The joint on which @p joint hangs; −1 for roots. A skeleton whose root is derived ("mid_hip")
    /// has both hips as roots.
    int parent(int joint) const { return m_parents[static_cast<std::size_t>(joint)]; }
    const std::vector<int> &children(int joint) const { return m_children[static_cast<std::size_t>(joint)]; }
    /// All joints, every one after its parent.
    const std::vector<int> &order() const { return m_order; }
    /// A shoulder or a hip from which an elbow or a knee hangs.
    bool isLimbRoot(int joint) const { return m_limbRoots[static_cast<std::size_t>(joint)]; }
    /// What moves when the mouse moves @p joint: from the joint that stays (an ancestor: a limb's
    /// root, a joint from which several bones go out, or a root) down to @p joint itself. Only the
    /// joint itself when it is a root.
    std::vector<int> chainTo(int joint) const;

private:
    void grow(const Skeleton &skeleton, int from);
    void findLimbRoots(const Skeleton &skeleton);

    std::vector<int> m_parents;
    std::vector<std::vector<int>> m_children;
    std::vector<int> m_order;
    std::vector<bool> m_limbRoots;
};

} // namespace poselift
