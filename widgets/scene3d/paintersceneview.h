#pragma once

#include "widgets/scene3d/scenery.h"
#include "widgets/scene3d/sceneview.h"

class QLabel;

namespace poselift {

/// SceneView drawn with QPainter: lines and discs sorted by depth. Needs no OpenGL.
class PainterSceneView : public SceneView
{
    Q_OBJECT
public:
    /// @param reason  why OpenGL is not used; shown in a small label.
    explicit PainterSceneView(const QString &reason, QWidget *parent = nullptr);

    void captureImage(std::function<void(const QImage &)> done) override;
    bool isPaintedByWidget() const override { return true; }
    QString fallbackReason() const override { return m_reason; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void layerRebuilt(PoseLayer) override { update(); }
    void peopleMoved(PoseLayer) override { update(); }
    void selectionMoved() override { update(); }
    void sceneryChanged() override;
    void eyeMoved() override;

private:
    /// One stroke or shape in view coordinates.
    struct Stroke
    {
        float depth = 0.0F; ///< distance from the eye, m
        QPointF from;
        QPointF to; ///< equal to from for joints
        double width = 1.0;
        QColor colour;
        bool dashed = false;
        bool square = false;
        bool corrected = false; ///< a diamond
    };

    void drawLines(QPainter *painter, const std::vector<LineVertex> &lines, const QVector3D &offset, double width);
    void drawSelectionRing(QPainter *painter);
    void drawJointRing(QPainter *painter, int joint, double factor, double width);
    std::vector<Stroke> peopleStrokes() const;
    void addPersonStrokes(const ScenePerson &person, PoseLayer layer, std::vector<Stroke> *strokes) const;
    static void drawStroke(QPainter *painter, const Stroke &stroke);

    QString m_reason;
    QLabel *m_label;
    std::vector<LineVertex> m_grid;
    std::vector<LineVertex> m_frustum;
    std::vector<LineVertex> m_axes;
};

} // namespace poselift
