#pragma once

#include "widgets/scene3d/sceneview.h"

#include <memory>

namespace Qt3DCore {
class QEntity;
class QTransform;
} // namespace Qt3DCore
namespace Qt3DExtras {
class QForwardRenderer;
class Qt3DWindow;
} // namespace Qt3DExtras
namespace Qt3DRender {
class QCameraLens;
class QRenderCapture;
} // namespace Qt3DRender

namespace poselift {

class PoseSceneEntity;

/// SceneView drawn by Qt3D in a native child window. Only where openGlProblem() is empty.
class PoseSceneView : public SceneView
{
    Q_OBJECT
public:
    explicit PoseSceneView(QWidget *parent = nullptr);
    ~PoseSceneView() override;

    void captureImage(std::function<void(const QImage &)> done) override;
    QRect captureRect() const override;
    bool isPaintedByWidget() const override { return false; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void layerRebuilt(PoseLayer layer) override;
    void peopleMoved(PoseLayer layer) override;
    void selectionMoved() override;
    void sceneryChanged() override;
    void eyeMoved() override;

private:
    void updateJointRings();
    void makeWindow();
    void makeFrameGraph();
    void captureAfter(int framesToSkip, std::function<void(const QImage &)> done);

    Qt3DExtras::Qt3DWindow *m_window = nullptr; ///< owned by m_container
    QWidget *m_container = nullptr;
    PoseSceneEntity *m_scene = nullptr;
    Qt3DExtras::QForwardRenderer *m_renderer = nullptr;
    Qt3DRender::QRenderCapture *m_capture = nullptr;
    Qt3DRender::QCameraLens *m_lens = nullptr;
    Qt3DCore::QTransform *m_eyeTransform = nullptr;
    int m_framesToSettle; ///< drawn without all new meshes and shaders
};

} // namespace poselift
