// The 3D scene without a window: the QEntity tree, the eye's arithmetic, the painter's fallback.
#include "testpeople.h"

#include "widgets/scene3d/cameracontroller.h"
#include "widgets/scene3d/linesentity.h"
#include "widgets/scene3d/openglcheck.h"
#include "widgets/scene3d/orbitcamera.h"
#include "widgets/scene3d/paintersceneview.h"
#include "widgets/scene3d/posesceneentity.h"
#include "widgets/scene3d/sceneframe.h"
#include "widgets/scene3d/scenery.h"

#include <QLabel>
#include <QSignalSpy>
#include <Qt3DCore/QTransform>
#include <Qt3DRender/QGeometryRenderer>
#include <QtTest/QtTest>

using namespace poselift;
using namespace poselift::test;

namespace {

const QSizeF kView(400, 300);

SceneContent contentWith(std::vector<ScenePerson> people)
{
    SceneContent content;
    content.camera = assumedIntrinsics(1920, 1080);
    content.layer(PoseLayer::Primary).skeleton = smallSkeleton();
    content.layer(PoseLayer::Secondary).skeleton = smallSkeleton();
    content.layer(PoseLayer::Primary).people = std::move(people);
    return content;
}

Qt3DCore::QTransform *transformOf(Qt3DCore::QEntity *entity)
{
    const auto found = entity->componentsOfType<Qt3DCore::QTransform>();
    return found.isEmpty() ? nullptr : found.first();
}

int colourDistance(QColor a, QColor b)
{
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
}

std::unique_ptr<PainterSceneView> makePainterView()
{
    auto view = std::make_unique<PainterSceneView>(QStringLiteral("test"));
    view->resize(kView.toSize());
    view->setSkeleton(smallSkeleton());
    view->setCamera(assumedIntrinsics(1920, 1080));
    view->setPeople({{3, smallPose3D(0.0, 0.5, 4.0)}});
    view->show();
    return view;
}

} // namespace

class TestScene : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cameraFrameBecomesYUp();
    void jointsAndBonesLieWhereThePoseSays();
    void invalidJointsAndTheirBonesAreHidden();
    void frameChangeMakesNoEntities();
    void absentPeopleAreHiddenNotDeleted();
    void selectedPersonIsLargerAndStandsOnARing();
    void rightSideIsDashedAndSecondLayerIsCubes();
    void gridFadesIntoTheBackground();
    void gridLiesOnTheGround();
    void frustumHasTheCamerasAngles();
    void groundIsEstimatedFromTheFeet();
    void wildPosesAndPassersByAreNotFitted();
    void videoCameraProjectsLikeTheIntrinsics();
    void presetsLookAlongTheirAxes();
    void fitShowsEveryone();
    void peopleStayInSightWhenTheViewIsResized();
    void panMovesThePointWithTheMouse();
    void pointsAreFoundUnderTheMouse();
    void painterViewDrawsJointsWhereTheEyeProjectsThem();
    void painterViewSaysThatItIsAFallback();
    void mouseAndKeysMoveTheEye();
    void clickChoosesThePerson();
    void followedPersonStaysInPlace();
    void captureGivesThePicture();
    void offscreenPlatformHasNoOpenGl();
};

void TestScene::cameraFrameBecomesYUp()
{
    QCOMPARE(sceneFromCamera(1, 2, 3), QVector3D(1, -2, -3));
    // A proper rotation: cross products keep their sign.
    QCOMPARE(QVector3D::crossProduct(sceneFromCamera(1, 0, 0), sceneFromCamera(0, 1, 0)), sceneFromCamera(0, 0, 1));
}

void TestScene::jointsAndBonesLieWhereThePoseSays()
{
    PoseSceneEntity scene;
    const Pose3D pose = smallPose3D(0.2, 0.5, 4.0);
    scene.rebuildLayer(contentWith({{3, pose}}), PoseLayer::Primary);
    QCOMPARE(scene.people(PoseLayer::Primary).size(), std::size_t{1});
    SkeletonEntity *person = scene.people(PoseLayer::Primary).front();
    auto *knee = person->findChild<Qt3DCore::QEntity *>(QStringLiteral("left_knee"));
    QVERIFY(knee != nullptr && knee->isEnabled());
    QCOMPARE(transformOf(knee)->translation(), sceneFromCamera(pose[2]));

    const auto bones = person->findChildren<Qt3DCore::QEntity *>(QStringLiteral("bone"));
    QCOMPARE(bones.size(), 5);
    const QMatrix4x4 placed = transformOf(bones.at(0))->matrix(); // pelvis – head
    QVERIFY((placed.map(QVector3D(0, -0.5F, 0)) - sceneFromCamera(pose[0])).length() < 1e-5F);
    QVERIFY((placed.map(QVector3D(0, 0.5F, 0)) - sceneFromCamera(pose[1])).length() < 1e-5F);
}

void TestScene::invalidJointsAndTheirBonesAreHidden()
{
    PoseSceneEntity scene;
    Pose3D pose = smallPose3D(0, 0.5, 4);
    pose[4].valid = false;
    scene.rebuildLayer(contentWith({{3, pose}}), PoseLayer::Primary);
    SkeletonEntity *person = scene.people(PoseLayer::Primary).front();
    QVERIFY(!person->findChild<Qt3DCore::QEntity *>(QStringLiteral("left_ankle"))->isEnabled());
    QVERIFY(person->findChild<Qt3DCore::QEntity *>(QStringLiteral("right_ankle"))->isEnabled());
    const auto bones = person->findChildren<Qt3DCore::QEntity *>(QStringLiteral("bone"));
    QVERIFY(!bones.at(3)->isEnabled()); // left knee – left ankle
    QVERIFY(bones.at(4)->isEnabled());
}

void TestScene::frameChangeMakesNoEntities()
{
    PoseSceneEntity scene;
    SceneContent content = contentWith({{3, smallPose3D(0, 0.5, 4)}, {5, smallPose3D(1, 0.5, 4)}});
    scene.rebuildLayer(content, PoseLayer::Primary);
    const QList<Qt3DCore::QNode *> before = scene.findChildren<Qt3DCore::QNode *>();
    for (int frame = 0; frame < 20; ++frame) {
        content.layer(PoseLayer::Primary).people = {{5, smallPose3D(frame * 0.01, 0.5, 4)}};
        scene.updatePeople(content, PoseLayer::Primary);
        content.layer(PoseLayer::Primary).people = {{3, smallPose3D(0, 0.5, 4)}, {5, smallPose3D(1, 0.5, 4)}};
        scene.updatePeople(content, PoseLayer::Primary);
    }
    QCOMPARE(scene.findChildren<Qt3DCore::QNode *>(), before);
}

void TestScene::absentPeopleAreHiddenNotDeleted()
{
    PoseSceneEntity scene;
    SceneContent content = contentWith({{3, smallPose3D(0, 0.5, 4)}, {5, smallPose3D(1, 0.5, 4)}});
    scene.rebuildLayer(content, PoseLayer::Primary);
    content.layer(PoseLayer::Primary).people.pop_back();
    scene.updatePeople(content, PoseLayer::Primary);
    QCOMPARE(scene.people(PoseLayer::Primary).size(), std::size_t{2});
    QVERIFY(scene.people(PoseLayer::Primary)[0]->isEnabled());
    QVERIFY(!scene.people(PoseLayer::Primary)[1]->isEnabled());
}

void TestScene::selectedPersonIsLargerAndStandsOnARing()
{
    PoseSceneEntity scene;
    SceneContent content = contentWith({{3, smallPose3D(0, 0.5, 4)}, {5, smallPose3D(1, 0.5, 4)}});
    content.groundHeight = 1.25;
    scene.rebuildLayer(content, PoseLayer::Primary);
    auto *ring = scene.findChild<Qt3DCore::QEntity *>(QStringLiteral("selectionRing"));
    QVERIFY(!ring->isEnabled());
    content.selectedTrack = 5;
    scene.updateSelection(content);
    const auto &people = scene.people(PoseLayer::Primary);
    const auto radius = [](SkeletonEntity *person) {
        return transformOf(person->findChild<Qt3DCore::QEntity *>(QStringLiteral("head")))->scale();
    };
    QVERIFY(radius(people[1]) > radius(people[0]) * 1.2F);
    QVERIFY(ring->isEnabled());
    QCOMPARE(transformOf(ring)->translation().y(), -1.25F);
    QVERIFY(std::abs(transformOf(ring)->translation().x() - 1.0F) < 0.05F);
}

void TestScene::rightSideIsDashedAndSecondLayerIsCubes()
{
    PoseSceneEntity scene;
    SceneContent content = contentWith({{3, smallPose3D(0, 0.5, 4)}});
    content.layer(PoseLayer::Secondary).people = content.layer(PoseLayer::Primary).people;
    scene.rebuildLayer(content, PoseLayer::Primary);
    scene.rebuildLayer(content, PoseLayer::Secondary);
    const auto meshOf = [](Qt3DCore::QEntity *entity) {
        return entity->componentsOfType<Qt3DRender::QGeometryRenderer>().value(0);
    };
    SkeletonEntity *first = scene.people(PoseLayer::Primary).front();
    SkeletonEntity *second = scene.people(PoseLayer::Secondary).front();
    const auto bones = first->findChildren<Qt3DCore::QEntity *>(QStringLiteral("bone"));
    QVERIFY(meshOf(bones.at(1)) != nullptr);
    QVERIFY(meshOf(bones.at(1)) != meshOf(bones.at(2))); // left whole, right dashed
    const QString head = QStringLiteral("head");
    QVERIFY(meshOf(first->findChild<Qt3DCore::QEntity *>(head))->inherits("Qt3DExtras::QSphereMesh"));
    QVERIFY(meshOf(second->findChild<Qt3DCore::QEntity *>(head))->inherits("Qt3DExtras::QCuboidMesh"));
}

void TestScene::gridFadesIntoTheBackground()
{
    const SceneColours colours = sceneColours(true);
    const std::vector<LineVertex> lines = gridLines(5.0, colours);
    QCOMPARE(lines.size() % 2, std::size_t{0});
    bool anyAtEdge = false;
    for (const LineVertex &vertex : lines) {
        QCOMPARE(vertex.position.y(), 0.0F);
        QVERIFY(vertex.position.length() < 5.001F);
        if (vertex.position.length() > 4.999F) {
            anyAtEdge = true;
            QVERIFY(colourDistance(vertex.colour, colours.background) <= 3);
        }
    }
    QVERIFY(anyAtEdge);
}

void TestScene::gridLiesOnTheGround()
{
    SceneContent content = contentWith({{3, smallPose3D(2.2, 0.5, 6.7)}});
    content.groundHeight = 1.1;
    QCOMPARE(content.gridCentre(), QVector3D(2, -1.1F, -7));
    PoseSceneEntity scene;
    scene.updateScenery(content, content.gridCentre());
    QCOMPARE(scene.grid()->transform()->translation(), QVector3D(2, -1.1F, -7));
    QVERIFY(scene.grid()->lineCount() > 30);
    QCOMPARE(scene.frustum()->lineCount(), 11);
}

void TestScene::frustumHasTheCamerasAngles()
{
    const CameraIntrinsics camera = assumedIntrinsics(1920, 1080);
    const std::vector<LineVertex> lines = frustumLines(camera, 0.5, Qt::white);
    // The first line runs from the centre to the picture's top left corner.
    QCOMPARE(lines[0].position, QVector3D());
    QVERIFY((lines[1].position - sceneFromCamera(-960 / camera.fx / 2, -540 / camera.fy / 2, 0.5)).length() < 1e-6F);
    QVERIFY(frustumLines(CameraIntrinsics(), 0.5, Qt::white).empty());
}

void TestScene::groundIsEstimatedFromTheFeet()
{
    JointLayer layer;
    layer.skeleton = smallSkeleton();
    JointTrack track;
    track.id = 1;
    track.jointCount = 6;
    for (int frame = 0; frame < 50; ++frame) {
        Pose3D pose = smallPose3D(0, 0.3, 4);
        pose[4].y = frame % 2 == 0 ? 1.42 : 1.0; // one foot up at a time
        pose[5].y = frame % 2 == 0 ? 1.0 : 1.42;
        if (frame == 10)
            pose[4].y = 9.0; // a wild pose
        track.setPose(frame, pose);
    }
    layer.tracks = {track};
    QVERIFY(std::abs(estimateGroundHeight(layer) - 1.42) < 1e-4);
    QCOMPARE(scenePeopleAt(layer, 7).size(), std::size_t{1});
    QCOMPARE(scenePeopleAt(layer, 70).size(), std::size_t{0});
    QCOMPARE(estimateGroundHeight(JointLayer()), 1.5);
}

void TestScene::wildPosesAndPassersByAreNotFitted()
{
    const auto walk = [](TrackId id, int frames, double x, double z) {
        JointTrack track;
        track.id = id;
        track.jointCount = 6;
        for (int frame = 0; frame < frames; ++frame)
            track.setPose(frame, smallPose3D(x + 0.01 * frame, 0.3, z));
        return track;
    };
    JointLayer layer;
    layer.skeleton = smallSkeleton();
    layer.tracks = {walk(1, 200, 0, 4), walk(2, 90, 2, 5), walk(3, 20, 1, 40)};
    layer.tracks[0].setPose(199, smallPose3D(0, 0.3, 60)); // the last frame is always a sample
    const std::vector<ScenePerson> people = peopleOfWholeClip(layer);
    const auto samplesOf = [&people](TrackId id) {
        return std::count_if(people.begin(), people.end(), [id](const ScenePerson &person) { return person.track == id; });
    };
    QCOMPARE(samplesOf(1), 8); // one of nine was wild
    QCOMPARE(samplesOf(2), 9);
    QCOMPARE(samplesOf(3), 0); // there for a tenth of the time, far behind
    QVERIFY(peopleOfWholeClip(JointLayer()).empty());
}

void TestScene::videoCameraProjectsLikeTheIntrinsics()
{
    CameraIntrinsics camera = assumedIntrinsics(1920, 1080);
    camera.cx = 900; // off the middle
    OrbitCamera eye;
    eye.setIntrinsics(camera);
    eye.lookThroughVideoCamera();
    const Eigen::Vector3d point(0.7, -0.4, 5.0);
    const Eigen::Vector2d pixel = project(camera, point);
    const QVector3D inScene = sceneFromCamera(point.x(), point.y(), point.z());
    // A view of the picture's shape shows exactly the picture.
    const auto same = eye.project(inScene, {960, 540});
    QVERIFY(same && QLineF(*same, QPointF(pixel.x() / 2, pixel.y() / 2)).length() < 0.01);
    // In a square view the picture is as wide as the view and in the middle.
    const auto square = eye.project(inScene, {960, 960});
    QVERIFY(square && QLineF(*square, QPointF(pixel.x() / 2, pixel.y() / 2 + 210)).length() < 0.01);
}

void TestScene::presetsLookAlongTheirAxes()
{
    auto view = makePainterView();
    const auto forward = [&] { return view->eye().viewFromScene().inverted().mapVector({0, 0, -1}); };
    view->showPreset(ViewPreset::Front);
    QVERIFY((forward() - QVector3D(0, 0, -1)).length() < 1e-5F);
    view->showPreset(ViewPreset::Side);
    QVERIFY((forward() - QVector3D(-1, 0, 0)).length() < 1e-5F);
    view->showPreset(ViewPreset::Top);
    QVERIFY((forward() - QVector3D(0, -1, 0)).length() < 1e-5F);
    view->showPreset(ViewPreset::Camera);
    QVERIFY(view->eye().isVideoCamera());
    QVERIFY(view->eye().eye().length() < 1e-6F);
}

void TestScene::fitShowsEveryone()
{
    OrbitCamera eye;
    eye.setDirection(40, 20);
    const std::vector<QVector3D> points{{-3, -1, -9}, {2, 0.7F, -4}, {0, 0, -6}};
    eye.fitPoints(points, kView);
    for (const QVector3D &point : points) {
        const auto p = eye.project(point, kView);
        QVERIFY(p && QRectF(QPointF(), kView).contains(*p));
    }
}

void TestScene::peopleStayInSightWhenTheViewIsResized()
{
    auto view = makePainterView();
    const double distance = view->eye().distance();
    view->resize(50, 300); // narrow: the eye must step back
    QVERIFY(view->eye().distance() > distance * 1.1);
    QTest::keyClick(view.get(), Qt::Key_Plus); // from here on the user decides
    const double chosen = view->eye().distance();
    view->resize(400, 300);
    QCOMPARE(view->eye().distance(), chosen);
}

void TestScene::panMovesThePointWithTheMouse()
{
    OrbitCamera eye;
    eye.setDirection(40, 20);
    const QVector3D point = eye.target();
    const QPointF before = *eye.project(point, kView);
    eye.pan({25, -10}, kView);
    const QPointF moved = *eye.project(point, kView) - before;
    QVERIFY(QLineF(moved, QPointF(25, -10)).length() < 0.01);
}

void TestScene::pointsAreFoundUnderTheMouse()
{
    OrbitCamera eye;
    CameraIntrinsics camera = assumedIntrinsics(1920, 1080);
    camera.cx = 700; // not in the middle
    eye.setIntrinsics(camera);
    const QVector3D reference(0.3F, -0.2F, -4.0F);
    for (const bool throughVideo : {false, true}) {
        eye.setDirection(40, 20);
        if (throughVideo)
            eye.lookThroughVideoCamera();
        QVERIFY((eye.pointAtDepthOf(reference, *eye.project(reference, kView), kView) - reference).length() < 1e-4F);
        const QVector3D point = eye.pointAtDepthOf(reference, QPointF(123, 45), kView);
        QVERIFY(QLineF(*eye.project(point, kView), QPointF(123, 45)).length() < 1e-2);
        const QMatrix4x4 view = eye.viewFromScene();
        QVERIFY(std::abs(view.map(point).z() - view.map(reference).z()) < 1e-4F);
    }
}

void TestScene::painterViewDrawsJointsWhereTheEyeProjectsThem()
{
    auto view = makePainterView();
    const QImage picture = view->grab().toImage();
    const Pose3D pose = smallPose3D(0.0, 0.5, 4.0);
    const PosePalette palette;
    for (const auto &[joint, side] : {std::pair(2, BodySide::Left), std::pair(3, BodySide::Right)}) {
        const auto p = view->eye().project(sceneFromCamera(pose[static_cast<std::size_t>(joint)]), kView);
        QVERIFY(p);
        const QPointF pixel = *p * picture.devicePixelRatio();
        QVERIFY(colourDistance(picture.pixelColor(pixel.toPoint()), palette.style(side).colour) < 20);
    }
}

void TestScene::painterViewSaysThatItIsAFallback()
{
    auto view = makePainterView();
    QCOMPARE(view->fallbackReason(), QStringLiteral("test"));
    auto *label = view->findChild<QLabel *>(QStringLiteral("fallbackLabel"));
    QVERIFY(label != nullptr && label->isVisible());
    QVERIFY(!label->text().isEmpty());
    QVERIFY(!view->accessibleName().isEmpty());
}

void TestScene::mouseAndKeysMoveTheEye()
{
    auto view = makePainterView();
    const double yaw = view->eye().yaw();
    QTest::mousePress(view.get(), Qt::LeftButton, {}, QPoint(100, 100));
    QMouseEvent move(QEvent::MouseMove, QPointF(160, 100), view->mapToGlobal(QPointF(160, 100)),
                     Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(view.get(), &move);
    QTest::mouseRelease(view.get(), Qt::LeftButton, {}, QPoint(160, 100));
    QVERIFY(std::abs(view->eye().yaw() - yaw) > 10);
    const double distance = view->eye().distance();
    QTest::keyClick(view.get(), Qt::Key_Plus);
    QVERIFY(view->eye().distance() < distance);
    QTest::keyClick(view.get(), Qt::Key_7);
    QCOMPARE(view->eye().pitch(), 90.0);
    QTest::keyClick(view.get(), Qt::Key_Down, Qt::ControlModifier);
    QVERIFY(view->eye().pitch() < 90.0);
    QTest::keyClick(view.get(), Qt::Key_0);
    QVERIFY(view->eye().isVideoCamera());
    QTest::keyClick(view.get(), Qt::Key_F);
    QVERIFY(!view->eye().isVideoCamera());
}

void TestScene::clickChoosesThePerson()
{
    auto view = makePainterView();
    QSignalSpy clicked(view.get(), &SceneView::personClicked);
    const auto knee = view->eye().project(sceneFromCamera(smallPose3D(0, 0.5, 4)[2]), kView);
    QTest::mouseClick(view.get(), Qt::LeftButton, {}, knee->toPoint());
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(clicked.at(0).at(0).toInt(), 3);
    QTest::mouseClick(view.get(), Qt::LeftButton, {}, QPoint(3, 3));
    QCOMPARE(clicked.at(1).at(0).toInt(), 0);
}

void TestScene::followedPersonStaysInPlace()
{
    auto view = makePainterView();
    view->setSelectedTrack(3);
    const auto place = [&](double x) {
        return *view->eye().project(sceneFromCamera(smallPose3D(x, 0.5, 4)[0]), kView);
    };
    const QPointF before = place(0.0);
    view->setPeople({{3, smallPose3D(0.5, 0.5, 4)}});
    QVERIFY(QLineF(place(0.5), before).length() > 10.0);
    view->setFollowSelected(true);
    const QPointF followed = place(0.5);
    view->setPeople({{3, smallPose3D(1.5, 0.5, 4)}});
    QVERIFY(QLineF(place(1.5), followed).length() < 0.01);
}

void TestScene::captureGivesThePicture()
{
    auto view = makePainterView();
    QImage captured, grabbed;
    view->captureImage([&](const QImage &image) {
        captured = image;
        grabbed = view->grab().toImage(); // at the same moment: the focus may come in between
    });
    QTRY_VERIFY(!captured.isNull());
    QCOMPARE(captured, grabbed);
}

void TestScene::offscreenPlatformHasNoOpenGl()
{
    QCOMPARE(QGuiApplication::platformName(), QStringLiteral("offscreen"));
    QVERIFY(!openGlProblem().isEmpty());
    const std::unique_ptr<SceneView> view(createSceneView());
    QVERIFY(view->isPaintedByWidget());
    QVERIFY(!view->fallbackReason().isEmpty());
}

QTEST_MAIN(TestScene)
#include "tst_scene.moc"
