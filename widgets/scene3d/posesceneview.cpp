#include "widgets/scene3d/posesceneview.h"

#include "widgets/scene3d/cameracontroller.h"
#include "widgets/scene3d/posesceneentity.h"
#include "widgets/scene3d/scenery.h"

#include <QResizeEvent>
#include <QTimer>
#include <QVBoxLayout>
#include <Qt3DCore/QTransform>
#include <Qt3DExtras/QForwardRenderer>
#include <Qt3DExtras/Qt3DWindow>
#include <Qt3DRender/QCameraLens>
#include <Qt3DRender/QRenderCapture>
#include <Qt3DRender/QRenderSettings>

#include <algorithm>
#include <utility>

namespace poselift {

namespace {

constexpr int kCaptureTimeoutMs = 8000;
// Qt3D draws before its jobs have loaded all meshes and shaders: such frames lack things.
constexpr int kFramesAtStart = 4;
constexpr int kFramesAfterNewEntities = 1;

/// Lens and place of the eye; a QCamera would impose its own projection.
Qt3DCore::QEntity *makeEye(Qt3DCore::QNode *parent, Qt3DRender::QCameraLens **lens, Qt3DCore::QTransform **transform)
{
    auto *eye = new Qt3DCore::QEntity(parent);
    *lens = new Qt3DRender::QCameraLens(eye);
    *transform = new Qt3DCore::QTransform(eye);
    eye->addComponent(*lens);
    eye->addComponent(*transform);
    return eye;
}

} // namespace

PoseSceneView::PoseSceneView(QWidget *parent) : SceneView(parent), m_framesToSettle(kFramesAtStart)
{
    makeWindow();
    auto *root = new Qt3DCore::QEntity;
    m_scene = new PoseSceneEntity(root);
    Qt3DCore::QEntity *eye = makeEye(root, &m_lens, &m_eyeTransform);
    makeFrameGraph();
    m_renderer->setCamera(eye);
    m_window->setRootEntity(root);
    m_scene->rebuildLayer(content(), PoseLayer::Primary);
    m_scene->rebuildLayer(content(), PoseLayer::Secondary);
    sceneryChanged();
    eyeMoved();
}

PoseSceneView::~PoseSceneView() = default;

void PoseSceneView::makeWindow()
{
    // The scene's own shader is OpenGL; Qt 6 may otherwise choose its RHI renderer.
    if (!qEnvironmentVariableIsSet("QT3D_RENDERER"))
        qputenv("QT3D_RENDERER", "opengl");
    m_window = new Qt3DExtras::Qt3DWindow;
    // Focus stays with this widget: shortcuts of the main window go on working after a click.
    m_window->setFlag(Qt::WindowDoesNotAcceptFocus);
    m_container = QWidget::createWindowContainer(m_window, this);
    m_container->setObjectName(QStringLiteral("sceneWindow"));
    m_container->setAccessibleName(accessibleName());
    m_container->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_container);
    controller()->watch(m_window);
}

void PoseSceneView::makeFrameGraph()
{
    // Drawn when something moved, not 60 times a second: software OpenGL would eat a core.
    m_window->renderSettings()->setRenderPolicy(Qt3DRender::QRenderSettings::OnDemand);
    m_renderer = new Qt3DExtras::QForwardRenderer;
    m_renderer->setSurface(m_window);
    m_renderer->setFrustumCullingEnabled(false);
    m_capture = new Qt3DRender::QRenderCapture;
    m_renderer->setParent(m_capture);
    m_window->setActiveFrameGraph(m_capture);
}

QRect PoseSceneView::captureRect() const
{
    return m_container->geometry();
}

void PoseSceneView::resizeEvent(QResizeEvent *event)
{
    SceneView::resizeEvent(event);
    viewResized(event->size());
}

void PoseSceneView::layerRebuilt(PoseLayer layer)
{
    m_scene->rebuildLayer(content(), layer);
    m_framesToSettle = std::max(m_framesToSettle, kFramesAfterNewEntities);
}

void PoseSceneView::peopleMoved(PoseLayer layer)
{
    m_scene->updatePeople(content(), layer);
    updateJointRings();
    // There may be more people, or joints of another shape, than ever before.
    m_framesToSettle = std::max(m_framesToSettle, kFramesAfterNewEntities);
}

void PoseSceneView::selectionMoved()
{
    m_scene->updateSelection(content());
    updateJointRings();
    m_framesToSettle = std::max(m_framesToSettle, kFramesAfterNewEntities);
}

void PoseSceneView::updateJointRings()
{
    m_scene->updateJointRings(content(), eye().viewFromScene().inverted());
}

void PoseSceneView::sceneryChanged()
{
    m_renderer->setClearColor(sceneColours(content().dark).background);
    m_scene->updateScenery(content(), ground());
}

void PoseSceneView::eyeMoved()
{
    const QSizeF size = controller()->viewSize();
    const QMatrix4x4 sceneFromEye = eye().viewFromScene().inverted();
    m_lens->setProjectionMatrix(eye().projection(size));
    m_eyeTransform->setMatrix(sceneFromEye);
    m_scene->updateJointRings(content(), sceneFromEye);
    m_scene->setLightDirection(sceneFromEye.mapVector(QVector3D(0.4F, -0.6F, -1.0F)).normalized());
}

void PoseSceneView::captureImage(std::function<void(const QImage &)> done)
{
    captureAfter(std::exchange(m_framesToSettle, 0), std::move(done));
}

void PoseSceneView::captureAfter(int framesToSkip, std::function<void(const QImage &)> done)
{
    if (!m_window->isExposed()) {
        QTimer::singleShot(0, this, [done = std::move(done)] { done(QImage()); });
        return;
    }
    auto *reply = m_capture->requestCapture();
    auto *timeout = new QTimer(reply);
    timeout->setSingleShot(true);
    const auto finish = [this, reply, framesToSkip, done = std::move(done)](const QImage &image) {
        reply->disconnect();
        reply->deleteLater();
        if (framesToSkip > 0 && !image.isNull())
            captureAfter(framesToSkip - 1, done);
        else
            done(image);
    };
    connect(reply, &Qt3DRender::QRenderCaptureReply::completed, this,
            [reply, finish] { finish(reply->image()); });
    connect(timeout, &QTimer::timeout, this, [finish] { finish(QImage()); });
    timeout->start(kCaptureTimeoutMs);
}

} // namespace poselift
