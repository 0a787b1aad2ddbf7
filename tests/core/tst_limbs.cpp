#include "core/pose/limbs.h"

#include <QtTest/QtTest>

#include <algorithm>

using namespace poselift;

namespace {

std::vector<std::string> limbNames(const Skeleton &skeleton, const std::string &joint)
{
    std::vector<std::string> names;
    for (const int index : limbOf(skeleton, skeleton.indexOf(joint)))
        names.push_back(skeleton.joints[static_cast<std::size_t>(index)]);
    return names;
}

using Names = std::vector<std::string>;

} // namespace

class TestLimbs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void armsAndLegsAreOfOneSide()
    {
        const Skeleton coco = *findSkeleton("coco17");
        const Names arm{"left_shoulder", "left_elbow", "left_wrist"};
        for (const std::string &joint : arm)
            QCOMPARE(limbNames(coco, joint), arm);
        QCOMPARE(limbNames(coco, "right_ankle"), (Names{"right_hip", "right_knee", "right_ankle"}));
    }

    void theFeetBelongToTheLegs()
    {
        const Skeleton body = *findSkeleton("body25");
        const std::vector<std::string> leg = limbNames(body, "left_knee");
        QCOMPARE(leg.size(), 6U);
        QVERIFY(std::find(leg.begin(), leg.end(), "left_small_toe") != leg.end());
        QVERIFY(std::find(leg.begin(), leg.end(), "mid_hip") == leg.end());
    }

    void theHeadIsOneWithBothSides()
    {
        QCOMPARE(limbNames(*findSkeleton("coco17"), "nose").size(), 5U);
        QCOMPARE(limbNames(*findSkeleton("h36m17"), "head"), (Names{"neck_base", "head"}));
    }

    void everyJointOfEveryBundledSkeletonHasALimbThatContainsIt()
    {
        for (const std::string &name : skeletonNames()) {
            const Skeleton skeleton = *findSkeleton(name);
            for (int joint = 0; joint < skeleton.jointCount(); ++joint) {
                const std::vector<int> limb = limbOf(skeleton, joint);
                QVERIFY(std::is_sorted(limb.begin(), limb.end()));
                QVERIFY(std::binary_search(limb.begin(), limb.end(), joint));
                QVERIFY2(static_cast<int>(limb.size()) < skeleton.jointCount(), name.c_str());
                for (const int other : limb)
                    QCOMPARE(limbOf(skeleton, other), limb);
            }
        }
    }

    void unknownNamesGoByTheBonesOfTheirSide()
    {
        Skeleton fish;
        fish.joints = {"snout", "left_fin_base", "left_fin_tip", "right_fin_base", "tail"};
        fish.bones = {{0, 1}, {1, 2}, {0, 3}, {0, 4}};
        QCOMPARE(limbOf(fish, 2), (std::vector<int>{1, 2}));
        QCOMPARE(limbOf(fish, 3), (std::vector<int>{3}));
        QCOMPARE(limbOf(fish, 4), (std::vector<int>{0, 4}));
    }

    void aBoneBetweenTwoLimbsIsItsTwoEnds()
    {
        const Skeleton coco = *findSkeleton("coco17");
        const int shoulder = coco.indexOf("left_shoulder");
        const int hip = coco.indexOf("left_hip");
        QCOMPARE(limbOfBone(coco, {hip, shoulder}), (std::vector<int>{shoulder, hip}));
        QCOMPARE(limbOfBone(coco, {hip, coco.indexOf("left_knee")}), limbOf(coco, hip));
    }
};

QTEST_APPLESS_MAIN(TestLimbs)
#include "tst_limbs.moc"
