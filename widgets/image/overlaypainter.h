#pragma once

#include "widgets/image/overlaygeometry.h"
#include "widgets/style/posepalette.h"

#include <QFont>

#include <vector>

class QPainter;

namespace poselift {

/// Draws people over a frame in view coordinates. Used by the frame view and wherever a picture
/// with an overlay is wanted; holds no state between calls but the look.
///
/// Joints are drawn as JointMark says. Bones of the right side are dashed; faint and thin means low
/// confidence. Missing joints are not drawn, absent ones only of the selected person.
class OverlayPainter
{
public:
    struct Look
    {
        PosePalette palette;
        bool jointNames = false;
        bool trackLabels = true;
        TrackId selectedTrack = 0; ///< 0: nobody
        std::vector<int> selectedJoints; ///< of the selected person, primary layer; the last is current
        QFont font;
    };

    OverlayPainter(QPainter *painter, const FrameTransform &transform, const Look &look);

    void drawPeople(const std::vector<OverlayPerson> &people, const Skeleton &skeleton, PoseLayer layer);

private:
    void drawPerson(const OverlayPerson &person, const Skeleton &skeleton, PoseLayer layer);
    void drawBones(const OverlayPerson &person, const Skeleton &skeleton, PoseLayer layer, const OverlaySizes &sizes);
    void drawJoints(const OverlayPerson &person, const Skeleton &skeleton, PoseLayer layer,
                    const OverlaySizes &sizes);
    void drawTrackLabel(const OverlayPerson &person, PoseLayer layer);
    void drawJointNames(const OverlayPerson &person, const Skeleton &skeleton, double radius);
    void drawHaloText(QPointF baseline, const QString &text, const QColor &colour);
    bool isSelected(const OverlayPerson &person) const;
    QPointF viewPoint(const Keypoint2D &keypoint) const;

    QPainter *m_painter;
    const FrameTransform &m_transform;
    const Look &m_look;
    std::vector<QRectF> m_takenByText;
};

/// "#3" or the user's label.
QString trackTitle(const OverlayPerson &person);

} // namespace poselift
