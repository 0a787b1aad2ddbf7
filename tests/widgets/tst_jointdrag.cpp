// Joints under the mouse and the keys in a 3D view (drawn with QPainter): what the view asks for.
#include "testpeople.h"

#include "widgets/scene3d/jointdragger.h"
#include "widgets/scene3d/paintersceneview.h"
#include "widgets/scene3d/sceneframe.h"
#include "widgets/scene3d/scenery.h"

#include <QSignalSpy>
#include <QToolTip>
#include <QtTest/QtTest>

using namespace poselift;
using namespace poselift::test;

namespace {

const QSizeF kView(400, 300);
constexpr int kKnee = 2;

double distance(const Joint3D &a, const Joint3D &b)
{
    return std::hypot(a.x - b.x, a.y - b.y, a.z - b.z);
}

} // namespace

class TestJointDrag : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<PainterSceneView> m_view;
    const Pose3D m_pose = smallPose3D(0.3, 0.2, 4.0);

    QPointF seen(const Joint3D &joint) const { return *m_view->eye().project(sceneFromCamera(joint), kView); }
    QPoint at(int joint) const { return seen(m_pose[static_cast<std::size_t>(joint)]).toPoint(); }

    void mouse(QEvent::Type type, QPoint position, Qt::KeyboardModifiers modifiers = {},
               Qt::MouseButtons buttons = Qt::LeftButton) const
    {
        const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, QPointF(position), m_view->mapToGlobal(QPointF(position)), button, buttons, modifiers);
        QCoreApplication::sendEvent(m_view.get(), &event);
    }
    void press(QPoint position, Qt::KeyboardModifiers modifiers = {}) const
    {
        mouse(QEvent::MouseButtonPress, position, modifiers);
    }
    void move(QPoint position, Qt::KeyboardModifiers modifiers = {}) const
    {
        mouse(QEvent::MouseMove, position, modifiers);
    }
    void release(QPoint position) const { mouse(QEvent::MouseButtonRelease, position, {}, Qt::NoButton); }
    static Joint3D target(const QSignalSpy &dragged) { return dragged.last().at(0).value<Joint3D>(); }

private Q_SLOTS:
    void init()
    {
        m_view = std::make_unique<PainterSceneView>(QStringLiteral("test"));
        m_view->resize(kView.toSize());
        m_view->setSkeleton(smallSkeleton());
        m_view->setCamera(assumedIntrinsics(1920, 1080));
        m_view->setPeople({{3, m_pose}, {4, smallPose3D(-0.8, 0.2, 4.0)}});
        m_view->setSelectedTrack(3);
        m_view->setEditable(true);
        m_view->show();
    }

    void cleanup() { m_view.reset(); }

    void aDragStaysInThePlaneOfTheView_data()
    {
        QTest::addColumn<int>("preset");
        QTest::newRow("oblique") << -1;
        QTest::newRow("front") << static_cast<int>(ViewPreset::Front);
        QTest::newRow("side") << static_cast<int>(ViewPreset::Side);
        QTest::newRow("above") << static_cast<int>(ViewPreset::Top);
        QTest::newRow("camera") << static_cast<int>(ViewPreset::Camera);
    }

    void aDragStaysInThePlaneOfTheView()
    {
        QFETCH(int, preset);
        if (preset >= 0)
            m_view->showPreset(static_cast<ViewPreset>(preset));
        QSignalSpy started(m_view.get(), &SceneView::jointDragStarted);
        QSignalSpy dragged(m_view.get(), &SceneView::jointDragged);
        QSignalSpy ended(m_view.get(), &SceneView::jointDragEnded);
        const int joint = 4; // not hidden from above by another
        const Joint3D before = m_pose[joint];
        const QVector3D eyeBefore = m_view->eye().eye();
        const QPoint from = at(joint), way(31, -17);
        press(from);
        move(from + way / 2);
        move(from + way);
        release(from + way);
        QCOMPARE(started.count(), 1);
        QCOMPARE(started.at(0).at(0).toInt(), 3);
        QCOMPARE(started.at(0).at(1).toInt(), joint);
        QCOMPARE(dragged.count(), 2);
        QCOMPARE(ended.count(), 1);
        QCOMPARE(ended.at(0).at(0).toBool(), false);
        const QPointF landed = seen(target(dragged)) - seen(before);
        QVERIFY2(QLineF(landed, QPointF(way)).length() < 0.1, qPrintable(QString::number(landed.x())));
        const QMatrix4x4 view = m_view->eye().viewFromScene();
        QVERIFY(std::abs(view.map(sceneFromCamera(target(dragged))).z() - view.map(sceneFromCamera(before)).z())
                < 1e-4);
        QCOMPARE(m_view->eye().eye(), eyeBefore);
        QVERIFY(dragged.last().at(1).toBool()); // bone lengths held
    }

    void withCtrlItStaysOnTheVideoCamerasRay()
    {
        QSignalSpy dragged(m_view.get(), &SceneView::jointDragged);
        const Joint3D before = m_pose[kKnee];
        const QPoint from = at(kKnee);
        // Where a point 0.5 m farther away is seen.
        const Joint3D farther{before.x * 4.5 / 4, before.y * 4.5 / 4, 4.5, true};
        const QPoint to = (QPointF(from) + seen(farther) - seen(before)).toPoint();
        press(from, Qt::ControlModifier);
        move(to, Qt::ControlModifier);
        const Joint3D reached = target(dragged);
        QVERIFY(std::abs(reached.x / reached.z - before.x / before.z) < 1e-5);
        QVERIFY(std::abs(reached.y / reached.z - before.y / before.z) < 1e-5);
        QVERIFY2(std::abs(reached.z - 4.5) < 0.05, qPrintable(QString::number(reached.z)));
        release(to);
    }

    void throughTheVideoCameraDepthIsUpAndDown()
    {
        m_view->showPreset(ViewPreset::Camera);
        QSignalSpy dragged(m_view.get(), &SceneView::jointDragged);
        const QPoint from = at(kKnee);
        press(from, Qt::ControlModifier);
        move(from + QPoint(40, -20), Qt::ControlModifier);
        QVERIFY(target(dragged).z > 4.05);
        QVERIFY(std::abs(target(dragged).x / target(dragged).z - 0.5 / 4.0) < 1e-5);
        move(from + QPoint(40, 20), Qt::ControlModifier);
        QVERIFY(target(dragged).z < 3.95);
        release(from);
    }

    void shiftReleasesBoneLengthsAlsoDuringADrag()
    {
        QSignalSpy dragged(m_view.get(), &SceneView::jointDragged);
        const QPoint from = at(kKnee);
        press(from, Qt::ShiftModifier);
        move(from + QPoint(20, 0), Qt::ShiftModifier);
        QCOMPARE(dragged.last().at(1).toBool(), false);
        QKeyEvent shiftUp(QEvent::KeyRelease, Qt::Key_Shift, Qt::ShiftModifier);
        QCoreApplication::sendEvent(m_view.get(), &shiftUp);
        QCOMPARE(dragged.last().at(1).toBool(), true);
        QCOMPARE(dragged.count(), 2);
        m_view->setHoldsLengths(false);
        move(from + QPoint(25, 0));
        QCOMPARE(dragged.last().at(1).toBool(), false);
        release(from + QPoint(25, 0));
    }

    void theMouseThatComesBackWantsTheJointExactlyBack()
    {
        QSignalSpy dragged(m_view.get(), &SceneView::jointDragged);
        const QPoint from = at(kKnee);
        for (const Qt::KeyboardModifiers modifiers : {Qt::NoModifier, Qt::ControlModifier}) {
            press(from, modifiers);
            move(from + QPoint(30, 10), modifiers);
            move(from, modifiers);
            QVERIFY(distance(target(dragged), m_pose[kKnee]) < 1e-6);
            release(from);
        }
    }

    void escapeTakesTheDragBack()
    {
        QSignalSpy ended(m_view.get(), &SceneView::jointDragEnded);
        QSignalSpy dragged(m_view.get(), &SceneView::jointDragged);
        const QPoint from = at(kKnee);
        press(from);
        move(from + QPoint(30, 10));
        QVERIFY(m_view->isJointDragged());
        QTest::keyClick(m_view.get(), Qt::Key_Escape);
        QCOMPARE(ended.count(), 1);
        QCOMPARE(ended.at(0).at(0).toBool(), true);
        const double yaw = m_view->eye().yaw();
        move(from + QPoint(60, 10)); // the button is still down
        release(from + QPoint(60, 10));
        QCOMPARE(dragged.count(), 1);
        QCOMPARE(ended.count(), 1);
        QCOMPARE(m_view->eye().yaw(), yaw);
    }

    void aPressWithoutAMoveChooses()
    {
        QSignalSpy clicked(m_view.get(), &SceneView::jointClicked);
        QSignalSpy person(m_view.get(), &SceneView::personClicked);
        QSignalSpy dragged(m_view.get(), &SceneView::jointDragged);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, at(kKnee));
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.at(0).at(1).toInt(), kKnee);
        QCOMPARE(dragged.count(), 0);
        QCOMPARE(person.count(), 0);
        // Another person's joint chooses that person only.
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, seen(smallPose3D(-0.8, 0.2, 4.0)[1]).toPoint());
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(person.at(0).at(0).toInt(), 4);
    }

    void emptySpaceStillOrbits()
    {
        QSignalSpy dragged(m_view.get(), &SceneView::jointDragged);
        const double yaw = m_view->eye().yaw();
        press(QPoint(5, 5));
        move(QPoint(80, 5));
        release(QPoint(80, 5));
        QCOMPARE(dragged.count(), 0);
        QVERIFY(std::abs(m_view->eye().yaw() - yaw) > 10);
        m_view->setEditable(false);
        const double turned = m_view->eye().yaw();
        press(at(kKnee));
        move(at(kKnee) + QPoint(80, 0));
        release(at(kKnee));
        QCOMPARE(dragged.count(), 0);
        QVERIFY(std::abs(m_view->eye().yaw() - turned) > 10);
    }

    void theJointUnderTheMouseIsOutlinedAndNamed()
    {
        QSignalSpy hints(m_view.get(), &SceneView::hintChanged);
        const QImage before = m_view->grab().toImage();
        mouse(QEvent::MouseMove, at(kKnee), {}, Qt::NoButton);
        QCOMPARE(m_view->content().hoveredJoint, kKnee);
        const QString hint = hints.last().at(0).toString();
        QVERIFY2(hint.startsWith(QStringLiteral("left knee: x 500, y 650, z 4")), qPrintable(hint));
        QCOMPARE(QToolTip::text(), hint);
        const QImage after = m_view->grab().toImage();
        QVERIFY(before != after);
        mouse(QEvent::MouseMove, QPoint(2, 2), {}, Qt::NoButton);
        QCOMPARE(m_view->content().hoveredJoint, -1);
        QVERIFY(hints.last().at(0).toString().isEmpty());
        QCOMPARE(m_view->grab().toImage(), before);
    }

    void theHintSaysLengthsAndRefusals()
    {
        QSignalSpy hints(m_view.get(), &SceneView::hintChanged);
        bool refuse = false;
        connect(m_view.get(), &SceneView::jointDragged, this, [&] {
            if (refuse)
                m_view->setRefusal(QStringLiteral("locked"));
        });
        const QPoint from = at(kKnee);
        press(from);
        move(from + QPoint(10, 0));
        QVERIFY(hints.last().at(0).toString().endsWith(QStringLiteral("bone lengths kept")));
        move(from + QPoint(12, 0), Qt::ShiftModifier);
        QVERIFY(hints.last().at(0).toString().endsWith(QStringLiteral("bone lengths released")));
        refuse = true;
        move(from + QPoint(14, 0));
        QVERIFY(hints.last().at(0).toString().endsWith(QStringLiteral("locked")));
        release(from);
        QVERIFY(hints.last().at(0).toString().isEmpty());
    }

    void theChosenJointAndCorrectedOnesAreMarkedByShape()
    {
        const QImage plain = m_view->grab().toImage();
        m_view->setSelectedJoint(kKnee);
        const QImage chosen = m_view->grab().toImage();
        QVERIFY(plain != chosen);
        m_view->setSelectedJoint(-1);
        std::vector<bool> corrected(m_pose.size());
        corrected[kKnee] = true;
        m_view->setPeople({{3, m_pose, corrected}, {4, smallPose3D(-0.8, 0.2, 4.0)}});
        const QImage diamond = m_view->grab().toImage();
        QVERIFY(plain != diamond);
        // Straight above the joint, where the ball has ended and the diamond has not.
        const double ratio = diamond.devicePixelRatio();
        const double radius =
            figureSizes(false, true).joint * m_view->eye().pixelsPerMetre(sceneFromCamera(m_pose[kKnee]), kView);
        const QPointF above = (seen(m_pose[kKnee]) + QPointF(radius * 1.25, 0)) * ratio;
        QVERIFY(plain.pixelColor(above.toPoint()) != diamond.pixelColor(above.toPoint()));
    }

    void keysNudgeTheChosenJoint_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<QVector3D>("way"); // camera frame, seen from the front
        QTest::newRow("right") << int(Qt::Key_Right) << QVector3D(0.01F, 0, 0);
        QTest::newRow("left") << int(Qt::Key_Left) << QVector3D(-0.01F, 0, 0);
        QTest::newRow("up") << int(Qt::Key_Up) << QVector3D(0, -0.01F, 0);
        QTest::newRow("down") << int(Qt::Key_Down) << QVector3D(0, 0.01F, 0);
        const QVector3D ray = QVector3D(0.5F, 0.65F, 4.0F).normalized() * 0.01F;
        QTest::newRow("away") << int(Qt::Key_PageUp) << ray;
        QTest::newRow("nearer") << int(Qt::Key_PageDown) << -ray;
    }

    void keysNudgeTheChosenJoint()
    {
        QFETCH(int, key);
        QFETCH(QVector3D, way);
        QSignalSpy nudged(m_view.get(), &SceneView::jointNudged);
        m_view->showPreset(ViewPreset::Front);
        QTest::keyClick(m_view.get(), static_cast<Qt::Key>(key), Qt::AltModifier);
        QCOMPARE(nudged.count(), 0); // no joint is chosen
        m_view->setSelectedJoint(kKnee);
        QTest::keyClick(m_view.get(), static_cast<Qt::Key>(key), Qt::AltModifier);
        QTest::keyClick(m_view.get(), static_cast<Qt::Key>(key), Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(nudged.count(), 2);
        const Joint3D small = nudged.at(0).at(0).value<Joint3D>(), large = nudged.at(1).at(0).value<Joint3D>();
        QVERIFY(distance(small, {way.x(), way.y(), way.z(), true}) < 1e-6);
        QVERIFY(distance(large, {10 * way.x(), 10 * way.y(), 10 * way.z(), true}) < 1e-5);
    }

    void aFollowedPersonDoesNotMoveTheEyeDuringADrag()
    {
        m_view->setFollowSelected(true);
        const QPoint from = at(kKnee);
        press(from);
        move(from + QPoint(20, 0));
        const QVector3D eye = m_view->eye().eye();
        m_view->setPeople({{3, smallPose3D(0.6, 0.2, 4.0)}, {4, smallPose3D(-0.8, 0.2, 4.0)}});
        QCOMPARE(m_view->eye().eye(), eye);
        release(from);
    }
};

QTEST_MAIN(TestJointDrag)
#include "tst_jointdrag.moc"
