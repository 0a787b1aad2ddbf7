#include "widgets/style/posepalette.h"

#include <array>

namespace poselift {

namespace {

// Okabe & Ito, "Color Universal Design" (2008): blue, orange; bluish green, reddish purple.
PoseStyle colourBlindSafe(BodySide side, PoseLayer layer, bool dark)
{
    const bool primary = layer == PoseLayer::Primary;
    switch (side) {
    case BodySide::Left:
        return {primary ? (dark ? QColor(0x56, 0xb4, 0xe9) : QColor(0x00, 0x72, 0xb2))
                        : QColor(0x00, 0x9e, 0x73), false};
    case BodySide::Right:
        return {primary ? (dark ? QColor(0xe6, 0x9f, 0x00) : QColor(0xd5, 0x5e, 0x00))
                        : QColor(0xcc, 0x79, 0xa7), true};
    case BodySide::Middle:
        break;
    }
    return {primary ? (dark ? QColor(0xc8, 0xc8, 0xc8) : QColor(0x70, 0x70, 0x70))
                    : QColor(0x9a, 0x9a, 0x86), false};
}

// MMPose, configs/_base_/datasets/coco.py: RGB of left, right and middle links.
PoseStyle mmpose(BodySide side)
{
    switch (side) {
    case BodySide::Left:
        return {QColor(0, 255, 0), false};
    case BodySide::Right:
        return {QColor(255, 128, 0), false};
    case BodySide::Middle:
        break;
    }
    return {QColor(51, 153, 255), false};
}

// VideoPose3D, common/visualization.py: 'red' for joints_right, else 'black'.
PoseStyle videoPose3d(BodySide side, bool dark)
{
    if (side == BodySide::Right)
        return {QColor(0xe8, 0x1e, 0x1e), false};
    return {dark ? QColor(0xf0, 0xf0, 0xf0) : QColor(0x10, 0x10, 0x10), false};
}

} // namespace

PoseStyle PosePalette::style(BodySide side, PoseLayer layer) const
{
    if (m_scheme == ColourScheme::ColourBlindSafe || layer == PoseLayer::Secondary)
        return colourBlindSafe(side, layer, m_dark);
    return m_scheme == ColourScheme::Mmpose ? mmpose(side) : videoPose3d(side, m_dark);
}

QColor PosePalette::trackColour(int track)
{
    // Paul Tol's "bright" scheme and black's stand-in: distinct for most colour vision types.
    static const std::array<QColor, 8> colours{
        QColor(0x44, 0x77, 0xaa), QColor(0xee, 0x66, 0x77), QColor(0x22, 0x88, 0x33),
        QColor(0xcc, 0xbb, 0x44), QColor(0x66, 0xcc, 0xee), QColor(0xaa, 0x33, 0x77),
        QColor(0xbb, 0xbb, 0xbb), QColor(0x99, 0x66, 0x33)};
    const int count = static_cast<int>(colours.size());
    return colours[static_cast<std::size_t>(((track - 1) % count + count) % count)];
}

BodySide jointSide(const Skeleton &skeleton, int joint)
{
    for (const auto &[left, right] : skeleton.pairs) {
        if (joint == left)
            return BodySide::Left;
        if (joint == right)
            return BodySide::Right;
    }
    return BodySide::Middle;
}

BodySide boneSide(const Skeleton &skeleton, std::pair<int, int> bone)
{
    const BodySide parent = jointSide(skeleton, bone.first);
    const BodySide child = jointSide(skeleton, bone.second);
    if (parent == child || child == BodySide::Middle)
        return parent;
    return parent == BodySide::Middle ? child : BodySide::Middle;
}

} // namespace poselift
