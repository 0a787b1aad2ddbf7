#pragma once

#include "core/pose/skeleton.h"

#include <QColor>

namespace poselift {

/// Which of the (at most two) sets of people that a view shows at once.
enum class PoseLayer { Primary = 0, Secondary = 1 };
inline constexpr int kPoseLayerCount = 2;

/// How sides of the body are told apart.
enum class ColourScheme {
    ColourBlindSafe, ///< left solid blue, right dashed orange, middle grey (Okabe & Ito 2008)
    Mmpose,          ///< MMPose's left green, right orange, centre blue
    VideoPose3d,     ///< right red, everything else in the text colour
};

/// Look of one joint or bone: never hue alone in the default scheme.
struct PoseStyle
{
    QColor colour;
    bool dashed = false; ///< bones are drawn dashed (2D) or segmented (3D)
    friend bool operator==(const PoseStyle &, const PoseStyle &) = default;
};

/// Colours of a scheme for dark or light surroundings.
class PosePalette
{
public:
    explicit PosePalette(ColourScheme scheme = ColourScheme::ColourBlindSafe, bool dark = true)
        : m_scheme(scheme), m_dark(dark)
    {
    }

    ColourScheme scheme() const { return m_scheme; }
    bool isDark() const { return m_dark; }
    PoseStyle style(BodySide side, PoseLayer layer = PoseLayer::Primary) const;
    /// Colour of a track's label and list entry; differs from track to track, repeats after eight.
    static QColor trackColour(int track);
    friend bool operator==(const PosePalette &, const PosePalette &) = default;

private:
    ColourScheme m_scheme;
    bool m_dark;
};

/// Side of a joint by the skeleton's left/right pairs.
BodySide jointSide(const Skeleton &skeleton, int joint);
/// Side of a bone: that of its ends; a sided end wins over a middle one; left–right is middle.
BodySide boneSide(const Skeleton &skeleton, std::pair<int, int> bone);

} // namespace poselift
