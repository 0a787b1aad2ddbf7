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
/// Shapes, beside hue: a disc is a visible joint, a ring an occluded one; squares belong to the
/// second layer; a white rim tells a corrected joint, a diamond a computed one (interpolated, from
/// 3D, triangulated), a bar below a locked one; dashed bones to the right side; faint and small means low confidence. Missing and
/// absent joints are not drawn.
class OverlayPainter
{
public:
    struct Look
    {
        PosePalette palette;
        bool jointNames = false;
        bool trackLabels = true;
        TrackId selectedTrack = 0; ///< 0: nobody
        int selectedJoint = -1;    ///< of the selected person, primary layer; -1: none
        QFont font;
    };

    OverlayPainter(QPainter *painter, const FrameTransform &transform, const Look &look);

    void drawPeople(const std::vector<OverlayPerson> &people, const Skeleton &skeleton, PoseLayer layer);

private:
    void drawPerson(const OverlayPerson &person, const Skeleton &skeleton, PoseLayer layer);
    void drawBones(const OverlayPerson &person, const Skeleton &skeleton, PoseLayer layer, const OverlaySizes &sizes);
    void drawJoint(const Keypoint2D &keypoint, const QColor &colour, PoseLayer layer, double radius);
    void drawCorrectedRim(QPointF centre, double radius);
    void drawLock(QPointF centre, double radius);
    void drawSelectionRing(const Keypoint2D &keypoint, double radius);
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
