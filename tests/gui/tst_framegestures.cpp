// Choosing, moving, turning, scaling and placing joints with mouse, wheel and keys in the real window.

#include "tests/gui/editwindow.h"

#include <QMenuBar>

#include <cmath>

using namespace poselift;
using namespace poselift::test;

namespace {

using Joints = std::vector<int>;

enum Joint
{
    Nose,
    LeftShoulder,
    RightShoulder,
    LeftWrist,
    RightWrist
};

constexpr double kTolerancePx = 0.01; ///< files and tracks keep floats

bool isNear(const Keypoint2D &keypoint, double x, double y)
{
    return std::hypot(keypoint.x - x, keypoint.y - y) < kTolerancePx;
}

Joints sorted(Joints joints)
{
    std::sort(joints.begin(), joints.end());
    return joints;
}

} // namespace

class TestFrameGestures : public QObject
{
    Q_OBJECT

private:
    EditWindow m_desk;

    const Joints &chosen() const { return m_desk.selection()->joints(); }
    void choose(const Joints &joints) const
    {
        for (const int joint : joints)
            m_desk.click(m_desk.at(joint), joint == joints.front() ? Qt::NoModifier : Qt::ControlModifier);
        QCOMPARE(chosen(), joints);
    }
    /// Every pair of joints is as far apart as before, times @p scale.
    static bool isSameShape(const Pose2D &before, const Pose2D &after, double scale = 1.0)
    {
        for (std::size_t a = 0; a < before.size(); ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                const double was = std::hypot(before[a].x - before[b].x, before[a].y - before[b].y);
                const double is = std::hypot(after[a].x - after[b].x, after[a].y - after[b].y);
                if (std::abs(is - scale * was) > kTolerancePx)
                    return false;
            }
        }
        return true;
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QString problem = m_desk.makeClip();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void init() { m_desk.open(); }
    void cleanup() { m_desk.close(); }

    // Choosing

    void ctrlClickAndShiftClickToggleJoints()
    {
        choose({Nose, RightWrist});
        m_desk.click(m_desk.at(LeftWrist), Qt::ShiftModifier);
        QCOMPARE(chosen(), (Joints{Nose, RightWrist, LeftWrist}));
        QCOMPARE(m_desk.selection()->joint(), int(LeftWrist));
        m_desk.click(m_desk.at(RightWrist), Qt::ControlModifier);
        QCOMPARE(chosen(), (Joints{Nose, LeftWrist}));
        m_desk.click(m_desk.at(RightShoulder));
        QCOMPARE(chosen(), (Joints{RightShoulder}));
        QCOMPARE(m_desk.steps(), 0);
    }

    void ctrlClickOnAnotherPersonBeginsAnew()
    {
        m_desk.goTo(15);
        choose({Nose, LeftWrist});
        m_desk.click(m_desk.at(RightWrist, 2), Qt::ControlModifier);
        QCOMPARE(m_desk.selection()->track(), 2);
        QCOMPARE(chosen(), (Joints{RightWrist}));
    }

    void aDragFromEmptySpaceChoosesTheJointsInside()
    {
        m_desk.drag(m_desk.atPixel(20, 40), m_desk.atPixel(160, 160));
        QCOMPARE(m_desk.selection()->track(), 1);
        QCOMPARE(chosen(), (Joints{Nose, LeftShoulder, RightShoulder}));
        m_desk.drag(m_desk.atPixel(220, 80), m_desk.atPixel(260, 120), Qt::ShiftModifier);
        QCOMPARE(chosen(), (Joints{Nose, LeftShoulder, RightShoulder, RightWrist}));
        m_desk.drag(m_desk.atPixel(300, 200), m_desk.atPixel(310, 230)); // over nothing
        QVERIFY(chosen().empty());
        QCOMPARE(m_desk.steps(), 0);
    }

    /// Also where a joint is under the mouse, which it would move otherwise.
    void withShiftARectangleCanBeginOnAJoint()
    {
        m_desk.drag(m_desk.at(Nose) - QPoint(2, 2), m_desk.atPixel(110, 115), Qt::ShiftModifier);
        QCOMPARE(chosen(), (Joints{Nose, LeftShoulder}));
        QCOMPARE(m_desk.steps(), 0);
    }

    void aRectangleAroundTwoPeopleIsOfTheChosenOne()
    {
        m_desk.goTo(15);
        m_desk.selection()->setTrack(2);
        m_desk.drag(m_desk.atPixel(20, 40), m_desk.atPixel(60, 140)); // both noses
        QCOMPARE(m_desk.selection()->track(), 2);
        QCOMPARE(chosen(), (Joints{Nose}));
        m_desk.selection()->setTrack(0);
        m_desk.drag(m_desk.atPixel(20, 40), m_desk.atPixel(110, 130)); // nose and shoulder of 1, nose of 2
        QCOMPARE(m_desk.selection()->track(), 1);
        QCOMPARE(chosen(), (Joints{Nose, LeftShoulder}));
    }

    void aDoubleClickChoosesALimb()
    {
        m_desk.doubleClick(m_desk.at(LeftWrist));
        QCOMPARE(chosen(), (Joints{LeftShoulder, LeftWrist}));
        const QPoint rightArm = m_desk.atPixel(200, 116); // a little off the middle, beside no joint
        m_desk.doubleClick(rightArm, Qt::ControlModifier);
        QCOMPARE(sorted(chosen()), (Joints{LeftShoulder, RightShoulder, LeftWrist, RightWrist}));
        m_desk.wheel(3, Qt::NoModifier);
        QVERIFY(!m_desk.view()->transform().isFitted());
        m_desk.doubleClick(QPoint(5, 5));
        QVERIFY(m_desk.view()->transform().isFitted());
    }

    void theMenuChoosesAllALimbAndNothing()
    {
        choose({RightWrist});
        m_desk.key(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(chosen(), (Joints{RightShoulder, RightWrist}));
        m_desk.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(sorted(chosen()), (Joints{Nose, LeftShoulder, RightShoulder, LeftWrist, RightWrist}));
        QCOMPARE(m_desk.selection()->joint(), int(RightWrist)); // stays the current one
        m_desk.key(Qt::Key_Escape);
        QVERIFY(chosen().empty());
        QCOMPARE(m_desk.selection()->track(), 1);
        m_desk.key(Qt::Key_Escape);
        QCOMPARE(m_desk.selection()->track(), 0);
        QVERIFY(!m_desk.action("selectAllJointsAction")->isEnabled());
    }

    void aClickOnNothingChoosesNothing()
    {
        choose({Nose, LeftWrist});
        m_desk.click(QPoint(5, 5));
        QVERIFY(chosen().empty());
        QCOMPARE(m_desk.selection()->track(), 0);
    }

    // Moving

    void draggingAChosenJointTakesTheOthersAlong()
    {
        choose({LeftShoulder, LeftWrist});
        const Pose2D before = m_desk.pose();
        const double scale = m_desk.view()->transform().scale();
        m_desk.drag(m_desk.at(LeftShoulder), m_desk.at(LeftShoulder) + QPoint(33, -12));
        QCOMPARE(m_desk.steps(), 1);
        for (const int joint : {LeftShoulder, LeftWrist}) {
            const Keypoint2D &was = before[static_cast<std::size_t>(joint)];
            QVERIFY(isNear(m_desk.seen(joint), was.x + 33 / scale, was.y - 12 / scale));
        }
        QCOMPARE(m_desk.seen(Nose), before[Nose]);
        QCOMPARE(sorted(chosen()), (Joints{LeftShoulder, LeftWrist}));
        m_desk.undo();
        QCOMPARE(m_desk.pose(), before);
    }

    void draggingAnotherJointChoosesItAlone()
    {
        choose({LeftShoulder, LeftWrist});
        m_desk.drag(m_desk.at(Nose), m_desk.at(Nose) + QPoint(20, 20));
        QCOMPARE(chosen(), (Joints{Nose}));
        QVERIFY(isNear(m_desk.seen(LeftWrist), 190, 60));
    }

    void lockedJointsStayWhenTheOthersMove()
    {
        choose({LeftWrist});
        m_desk.key(Qt::Key_L);
        m_desk.key(Qt::Key_A, Qt::ControlModifier);
        m_desk.drag(m_desk.at(Nose), m_desk.at(Nose) + QPoint(30, 30));
        m_desk.wheel(2, Qt::AltModifier);
        QVERIFY(isNear(m_desk.seen(LeftWrist), 190, 60));
        QVERIFY(!isNear(m_desk.seen(Nose), 40, 60));
    }

    void altDragMovesTheWholePerson_data()
    {
        QTest::addColumn<QPointF>("from");
        QTest::newRow("by a joint") << QPointF(140, 140);
        QTest::newRow("by the body") << QPointF(120, 80);
    }

    void altDragMovesTheWholePerson()
    {
        QFETCH(QPointF, from);
        m_desk.selection()->setTrack(1);
        const Pose2D before = m_desk.pose();
        const double scale = m_desk.view()->transform().scale();
        const QPoint grab = m_desk.atPixel(from.x(), from.y());
        m_desk.drag(grab, grab + QPoint(-25, 40), Qt::AltModifier);
        QCOMPARE(m_desk.steps(), 1);
        for (int joint = Nose; joint <= RightWrist; ++joint) {
            const Keypoint2D &was = before[static_cast<std::size_t>(joint)];
            QVERIFY(isNear(m_desk.seen(joint), was.x - 25 / scale, was.y + 40 / scale));
        }
        QVERIFY(!m_desk.document()->undoStack()->undoText().isEmpty());
        m_desk.undo();
        QCOMPARE(m_desk.pose(), before);
    }

    void escapeTakesADragBack()
    {
        const Pose2D before = m_desk.pose();
        m_desk.dragHolding(m_desk.at(Nose), m_desk.at(Nose) + QPoint(40, 40));
        QVERIFY(m_desk.pose() != before);
        m_desk.key(Qt::Key_Escape);
        QCOMPARE(m_desk.pose(), before);
        QCOMPARE(m_desk.steps(), 0);
        const QPoint later = m_desk.atPixel(120, 190);
        QTest::mouseMove(m_desk.view(), later);
        QTest::mouseRelease(m_desk.view(), Qt::LeftButton, {}, later);
        QCOMPARE(m_desk.pose(), before);
        QCOMPARE(chosen(), (Joints{Nose}));
    }

    void arrowsNudgeAllChosenJoints()
    {
        choose({Nose, RightWrist});
        m_desk.key(Qt::Key_Right);
        m_desk.key(Qt::Key_Down, Qt::ShiftModifier);
        QVERIFY(isNear(m_desk.seen(Nose), 41, 70));
        QVERIFY(isNear(m_desk.seen(RightWrist), 241, 110));
        QVERIFY(isNear(m_desk.seen(LeftWrist), 190, 60));
        QCOMPARE(m_desk.steps(), 1);
        m_desk.undo();
        QVERIFY(isNear(m_desk.seen(Nose), 40, 60));
    }

    /// Without an undo step between: the nudges after an undo begin where the undo has led to.
    void anUndoBetweenTwoNudgesIsNotTakenBack()
    {
        choose({Nose});
        m_desk.key(Qt::Key_Right);
        m_desk.undo();
        m_desk.key(Qt::Key_Right);
        QVERIFY(isNear(m_desk.seen(Nose), 41, 60));
    }

    /// What follows from a drag, or becomes known of the video meanwhile, does not end the drag.
    void aChangeOfOtherThingsDoesNotEndADrag()
    {
        const QPoint from = m_desk.at(Nose);
        m_desk.dragHolding(from, from + QPoint(20, 0));
        PoseChange other;
        other.cameraChanged = true;
        Q_EMIT m_desk.document()->changed(other);
        const double before = m_desk.seen(Nose).x;
        QTest::mouseMove(m_desk.view(), from + QPoint(40, 0));
        QVERIFY(m_desk.seen(Nose).x > before);
        QTest::mouseRelease(m_desk.view(), Qt::LeftButton, {}, from + QPoint(40, 0));
        QCOMPARE(m_desk.steps(), 1);
    }

    // Turning and scaling

    void altWheelTurnsTheWholePersonInOneStep()
    {
        m_desk.selection()->setTrack(1);
        const Pose2D before = m_desk.pose();
        const double scale = m_desk.view()->transform().scale();
        for (int i = 0; i < 5; ++i)
            m_desk.wheel(-1, Qt::AltModifier);
        const Pose2D turned = m_desk.pose();
        QVERIFY(isSameShape(before, turned));
        const auto angle = [](const Pose2D &pose) {
            return std::atan2(pose[RightWrist].y - pose[Nose].y, pose[RightWrist].x - pose[Nose].x) * 180 / M_PI;
        };
        QVERIFY(std::abs(angle(turned) - angle(before) - 15.0) < 0.01); // towards me: clockwise
        QCOMPARE(m_desk.steps(), 1);
        QCOMPARE(m_desk.view()->transform().scale(), scale); // and does not zoom
        m_desk.undo();
        QCOMPARE(m_desk.pose(), before);
    }

    void altWheelTurnsOnlyTheChosenJointsAboutTheirCentre()
    {
        choose({LeftShoulder, LeftWrist}); // (90, 100) and (190, 60)
        m_desk.wheel(-30, Qt::AltModifier);
        QVERIFY(isNear(m_desk.seen(LeftShoulder), 120, 30)); // a quarter clockwise about (140, 80)
        QVERIFY(isNear(m_desk.seen(LeftWrist), 160, 130));
        QVERIFY(isNear(m_desk.seen(Nose), 40, 60));
    }

    void turningBackLeavesNoStep()
    {
        m_desk.selection()->setTrack(1);
        const Pose2D before = m_desk.pose();
        m_desk.wheel(3, Qt::AltModifier);
        m_desk.wheel(-3, Qt::AltModifier);
        QCOMPARE(m_desk.steps(), 0);
        QCOMPARE(m_desk.pose(), before);
    }

    void ctrlAltWheelScales()
    {
        m_desk.selection()->setTrack(1);
        const Pose2D before = m_desk.pose();
        m_desk.wheel(1, Qt::ControlModifier | Qt::AltModifier);
        m_desk.wheel(1, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(isSameShape(before, m_desk.pose(), 1.03 * 1.03));
        QCOMPARE(m_desk.steps(), 1);
        m_desk.undo();
        QCOMPARE(m_desk.pose(), before);
    }

    void afterAPauseTheWheelBeginsAnotherStep()
    {
        m_desk.selection()->setTrack(1);
        m_desk.wheel(1, Qt::AltModifier);
        auto *pause = m_desk.window()->findChild<QTimer *>(QStringLiteral("gesturePause"));
        QVERIFY(pause != nullptr && pause->isActive());
        QTRY_VERIFY_WITH_TIMEOUT(!pause->isActive(), EditWindow::kWaitMs);
        m_desk.wheel(1, Qt::AltModifier);
        QCOMPARE(m_desk.steps(), 2);
    }

    void theWheelDoesNotEditWhenNobodyIsChosen()
    {
        const double scale = m_desk.view()->transform().scale();
        m_desk.wheel(1, Qt::AltModifier);
        QCOMPARE(m_desk.steps(), 0);
        QCOMPARE(m_desk.view()->transform().scale(), scale);
    }

    void lettingGoOfAltAfterTheWheelKeepsTheFocus()
    {
        m_desk.selection()->setTrack(1);
        QTest::keyPress(m_desk.view(), Qt::Key_Alt, Qt::AltModifier);
        m_desk.wheel(1, Qt::AltModifier);
        QTest::keyRelease(m_desk.view(), Qt::Key_Alt);
        QVERIFY(m_desk.view()->hasFocus());
        QVERIFY(m_desk.window()->menuBar()->activeAction() == nullptr);
    }

    void theKeyboardAloneTurnsAndScales()
    {
        m_desk.selection()->setTrack(1);
        const Pose2D before = m_desk.pose();
        m_desk.key(Qt::Key_R);
        QVERIFY(isSameShape(before, m_desk.pose()));
        QVERIFY(m_desk.pose() != before);
        m_desk.key(Qt::Key_R, Qt::ShiftModifier);
        QCOMPARE(m_desk.pose(), before);
        m_desk.key(Qt::Key_S);
        QVERIFY(isSameShape(before, m_desk.pose(), 1.05));
        m_desk.key(Qt::Key_S, Qt::ShiftModifier);
        QCOMPARE(m_desk.pose(), before);
        QCOMPARE(m_desk.steps(), 0);
    }

    // What the chosen joints are

    void statesLocksAndDeletionsAreOfAllChosenJoints()
    {
        choose({LeftShoulder, LeftWrist});
        m_desk.key(Qt::Key_V);
        QCOMPARE(m_desk.seen(LeftShoulder).state, KeypointState::Occluded);
        QCOMPARE(m_desk.seen(LeftWrist).state, KeypointState::Occluded);
        QTest::mouseClick(m_desk.view(), Qt::RightButton, {}, m_desk.at(LeftShoulder));
        QCOMPARE(m_desk.seen(LeftWrist).state, KeypointState::Absent);
        QCOMPARE(chosen(), (Joints{LeftShoulder, LeftWrist}));
        m_desk.key(Qt::Key_L);
        QVERIFY(m_desk.seen(LeftShoulder).locked && m_desk.seen(LeftWrist).locked);
        QVERIFY(!m_desk.seen(Nose).locked);
        QCOMPARE(m_desk.steps(), 3);
    }

    void anAbsentJointCanBeDraggedBackFromItsLastPlace()
    {
        choose({Nose});
        m_desk.key(Qt::Key_V);
        m_desk.key(Qt::Key_V);
        QCOMPARE(m_desk.seen(Nose).state, KeypointState::Absent);
        const double scale = m_desk.view()->transform().scale();
        m_desk.drag(m_desk.atPixel(40, 60), m_desk.atPixel(40, 60) + QPoint(30, 0));
        QCOMPARE(m_desk.seen(Nose).state, KeypointState::Visible);
        QVERIFY(isNear(m_desk.seen(Nose), 40 + 30 / scale, 60));
    }

    // Placing

    void aNewPersonIsPlacedJointByJoint()
    {
        m_desk.action("newPersonAction")->trigger();
        const TrackId person = m_desk.selection()->track();
        QCOMPARE(person, 3);
        for (int joint = Nose; joint <= RightWrist; ++joint) {
            QCOMPARE(m_desk.selection()->joint(), joint);
            QVERIFY(!m_desk.view()->hint().isEmpty());
            const QPoint there = m_desk.atPixel(30 + 10 * joint, 200);
            m_desk.click(there);
            const QPointF where = m_desk.view()->transform().imageFromView(there);
            QVERIFY(isNear(m_desk.seen(joint, person), where.x(), where.y()));
            QCOMPARE(m_desk.seen(joint, person).state, KeypointState::Visible);
        }
        QVERIFY(m_desk.view()->hint().isEmpty());
        QCOMPARE(m_desk.steps(), 6); // the person and five joints
        m_desk.undo();
        QCOMPARE(m_desk.seen(RightWrist, person).state, KeypointState::Missing);
    }

    /// Quick clicks come as double-clicks, and joints may lie close to others.
    void placingIsNotDisturbedByDoubleClicksAndOtherJoints()
    {
        m_desk.action("newPersonAction")->trigger();
        m_desk.doubleClick(m_desk.at(LeftWrist)); // of person 1
        QCOMPARE(m_desk.selection()->track(), 3);
        QCOMPARE(m_desk.selection()->joint(), int(RightShoulder));
        QCOMPARE(m_desk.seen(LeftShoulder, 3).state, KeypointState::Visible);
    }

    void tabSkipsAndEscapeEnds()
    {
        m_desk.action("newPersonAction")->trigger();
        m_desk.click(m_desk.atPixel(30, 200));
        m_desk.key(Qt::Key_Tab);
        QCOMPARE(m_desk.selection()->joint(), int(RightShoulder));
        m_desk.click(m_desk.atPixel(60, 200));
        QCOMPARE(m_desk.seen(LeftShoulder, 3).state, KeypointState::Missing);
        QCOMPARE(m_desk.selection()->joint(), int(LeftWrist));
        m_desk.key(Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(m_desk.selection()->joint(), int(LeftShoulder)); // passes over what has been placed
        m_desk.key(Qt::Key_Escape);
        QVERIFY(m_desk.view()->hint().isEmpty());
        const int steps = m_desk.steps();
        m_desk.click(m_desk.atPixel(100, 210));
        QCOMPARE(m_desk.steps(), steps);
    }

    void tabToAJointWithoutAPlaceOffersToPlaceIt()
    {
        choose({LeftShoulder});
        m_desk.key(Qt::Key_Delete);
        QVERIFY(m_desk.view()->hint().isEmpty()); // a click after a deletion is not a placement
        choose({Nose});
        m_desk.key(Qt::Key_Tab);
        QVERIFY(m_desk.view()->hint().contains(QStringLiteral("left shoulder")));
        m_desk.click(m_desk.atPixel(70, 190));
        QCOMPARE(m_desk.seen(LeftShoulder).state, KeypointState::Visible);
        QVERIFY(m_desk.view()->hint().isEmpty());
    }

    void pPlacesWhatIsMissing()
    {
        QVERIFY(!m_desk.action("placeMissingAction")->isEnabled());
        choose({LeftShoulder, RightWrist});
        QVERIFY(!m_desk.action("placeMissingAction")->isEnabled());
        m_desk.key(Qt::Key_Delete);
        m_desk.key(Qt::Key_P);
        QCOMPARE(m_desk.selection()->joint(), int(RightWrist)); // the current one first
        m_desk.click(m_desk.atPixel(70, 190));
        QCOMPARE(m_desk.selection()->joint(), int(LeftShoulder));
        m_desk.click(m_desk.atPixel(90, 190));
        QVERIFY(m_desk.view()->hint().isEmpty());
        QVERIFY(!m_desk.action("placeMissingAction")->isEnabled());
    }

    void undoingTheNewPersonEndsPlacing()
    {
        m_desk.action("newPersonAction")->trigger();
        m_desk.undo();
        QVERIFY(m_desk.view()->hint().isEmpty());
        m_desk.click(m_desk.atPixel(70, 190));
        QCOMPARE(m_desk.document()->project().trackIds(), (std::vector<TrackId>{1, 2}));
    }
};

QTEST_MAIN(TestFrameGestures)
#include "tst_framegestures.moc"
