#include "widgets/charts/trainingtext.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace poselift {

namespace {

class Text
{
    Q_DECLARE_TR_FUNCTIONS(TrainingText)
};

QString spaced(const std::string &name)
{
    return QString::fromStdString(name).replace(u'_', u' ');
}

} // namespace

QString lossTermText(const std::string &term)
{
    if (term == "loss")
        return Text::tr("Loss");
    if (term == "mpjpe")
        return Text::tr("3D error");
    if (term == "bone_length")
        return Text::tr("Bone lengths");
    if (term == "reprojection")
        return Text::tr("Reprojection");
    if (term == "adversarial" || term == "generator")
        return Text::tr("Looks unreal (generator)");
    if (term == "discriminator")
        return Text::tr("Discriminator");
    if (term == "trajectory")
        return Text::tr("Trajectory");
    if (term == "prior")
        return Text::tr("Near the first poses");
    if (term == "imitation")
        return Text::tr("Moves like this person");
    if (term == "heatmap")
        return Text::tr("Keypoint maps");
    return term == "rehearsal" ? Text::tr("Rehearsal") : spaced(term);
}

QString metricText(const std::string &metric)
{
    if (metric == "mpjpe_mm")
        return Text::tr("MPJPE");
    if (metric == "p_mpjpe_mm")
        return Text::tr("P-MPJPE");
    return metric == "pixels" ? Text::tr("Pixel error") : spaced(metric);
}

QString metricUnit(const std::string &metric)
{
    return metric == "pixels" ? Text::tr("px") : Text::tr("mm");
}

QString objectiveText(const std::string &objective)
{
    if (objective == "auto")
        return Text::tr("Automatic");
    if (objective == "supervised")
        return Text::tr("3D truth (supervised)");
    if (objective == "semi")
        return Text::tr("3D truth and 2D together (semi-supervised)");
    if (objective == "adversarial")
        return Text::tr("2D alone (adversarial)");
    return objective == "reprojection" ? Text::tr("2D corrections (reprojection)") : spaced(objective);
}

QString changeSymbol(const ErrorChange &change)
{
    if (change.isBetter())
        return QStringLiteral("▼");
    return change.isWorse() ? QStringLiteral("▲") : QStringLiteral("≈");
}

QString signedText(double value, int decimals)
{
    const QString size = QLocale().toString(std::abs(value), 'f', decimals);
    if (size == QLocale().toString(0.0, 'f', decimals))
        return size;
    return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + size;
}

QString changeText(const ErrorChange &change, const std::string &metric)
{
    const QString size =
        QStringLiteral("%1 %2").arg(QLocale().toString(std::abs(change.difference), 'f', 1), metricUnit(metric));
    if (change.isBetter())
        return Text::tr("better by %1").arg(size);
    return change.isWorse() ? Text::tr("worse by %1").arg(size) : Text::tr("no clear change");
}

} // namespace poselift
