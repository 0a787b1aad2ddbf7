#include "widgets/tables/reviewtext.h"

#include "widgets/style/jointnames.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace poselift {

namespace {

constexpr std::size_t kNamedJoints = 3;

struct ReviewText
{
    Q_DECLARE_TR_FUNCTIONS(ReviewText)
};

QString jointName(const Skeleton &skeleton, int joint)
{
    return displayJointName(skeleton.joints[static_cast<std::size_t>(joint)]);
}

bool hasJoint(const Finding &finding, const Skeleton &skeleton, std::initializer_list<const char *> parts)
{
    return std::any_of(finding.joints.begin(), finding.joints.end(), [&](int joint) {
        const std::string &name = skeleton.joints[static_cast<std::size_t>(joint)];
        return std::any_of(parts.begin(), parts.end(), [&name](const char *part) { return name.ends_with(part); });
    });
}

QString exchangedText(const Finding &finding, const Skeleton &skeleton)
{
    const bool legs = hasJoint(finding, skeleton, {"_knee", "_ankle", "_hip"});
    const bool arms = hasJoint(finding, skeleton, {"_wrist", "_elbow", "_shoulder"});
    if (legs && arms)
        return ReviewText::tr("left and right look exchanged");
    if (legs)
        return ReviewText::tr("left and right legs look exchanged");
    if (arms)
        return ReviewText::tr("left and right arms look exchanged");
    //: %1 is a joint of one side, "left eye"
    return ReviewText::tr("%1 looks exchanged with the other side").arg(jointName(skeleton, finding.joints.front()));
}

QString boneText(const Finding &finding, const Skeleton &skeleton, const QString &percent)
{
    const auto [parent, child] = skeleton.bones[static_cast<std::size_t>(finding.bone)];
    //: a bone, from joint to joint, and its length
    return ReviewText::tr("%1 to %2: %3 of the usual length")
        .arg(jointName(skeleton, parent), jointName(skeleton, child), percent);
}

} // namespace

QString reviewReasonTitle(ReviewReason reason)
{
    switch (reason) {
    case ReviewReason::LowConfidence:
        return ReviewText::tr("Low confidence");
    case ReviewReason::Reprojection:
        return ReviewText::tr("Away from the 3D");
    case ReviewReason::Disagreement:
        return ReviewText::tr("Lifters disagree");
    case ReviewReason::BoneLength:
        return ReviewText::tr("Bone length");
    case ReviewReason::SideSwap:
        return ReviewText::tr("Left and right exchanged");
    case ReviewReason::Motion:
        return ReviewText::tr("Sudden motion");
    }
    return {};
}

QString reviewReasonExplanation(ReviewReason reason)
{
    switch (reason) {
    case ReviewReason::LowConfidence:
        return ReviewText::tr("The detector is less sure than it usually is of this person, or sees nothing.");
    case ReviewReason::Reprojection:
        return ReviewText::tr("The 3D that was lifted from the keypoints projects to another place in the picture.");
    case ReviewReason::Disagreement:
        return ReviewText::tr("Two lifters put the joint at different places. Lift with a second model to use this.");
    case ReviewReason::BoneLength:
        return ReviewText::tr("A bone is longer or shorter than it usually is for this person.");
    case ReviewReason::SideSwap:
        return ReviewText::tr("The pose fits the frames around it, or the 3D, better with left and right exchanged.");
    case ReviewReason::Motion:
        return ReviewText::tr("The keypoint leaves its path for some frames.");
    }
    return {};
}

QString findingJoints(const Finding &finding, const Skeleton &skeleton)
{
    QStringList names;
    for (std::size_t i = 0; i < std::min(finding.joints.size(), kNamedJoints); ++i)
        names << jointName(skeleton, finding.joints[i]);
    const int more = static_cast<int>(finding.joints.size() - static_cast<std::size_t>(names.size()));
    //: between the names of a list
    const QString listed = names.join(ReviewText::tr(", "));
    //: %1 is a list of joints
    return more > 0 ? ReviewText::tr("%1 and %n more", nullptr, more).arg(listed) : listed;
}

QString findingText(const Finding &finding, const Skeleton &skeleton)
{
    const QLocale locale;
    const QString worst = jointName(skeleton, finding.joints.front());
    switch (finding.reason) {
    case ReviewReason::LowConfidence:
        return finding.amount < 0 ? ReviewText::tr("%1: not seen").arg(worst)
                                  : ReviewText::tr("%1: the detector is only %2 % sure")
                                        .arg(worst, locale.toString(100 * finding.amount, 'f', 0));
    case ReviewReason::Reprojection:
        return ReviewText::tr("%1: %2 px from where the 3D projects")
            .arg(worst, locale.toString(finding.amount, 'f', 0));
    case ReviewReason::Disagreement:
        return ReviewText::tr("%1: two lifters are %2 mm apart")
            .arg(worst, locale.toString(1000 * finding.amount, 'f', 0));
    case ReviewReason::BoneLength:
        return boneText(finding, skeleton, ReviewText::tr("%1 %").arg(locale.toString(100 * finding.amount, 'f', 0)));
    case ReviewReason::SideSwap:
        return exchangedText(finding, skeleton);
    case ReviewReason::Motion:
        return ReviewText::tr("%1: %2 px off its path").arg(worst, locale.toString(finding.amount, 'f', 0));
    }
    return {};
}

} // namespace poselift
