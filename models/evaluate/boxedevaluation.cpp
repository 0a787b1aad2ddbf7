#include "models/evaluate/boxedevaluation.h"

#include "core/io/lspfile.h"
#include "models/evaluate/evaluationpicture.h"
#include "models/evaluate/keypointaccuracy.h"

namespace poselift {

namespace {

constexpr double kThreshold = 0.2; // of the torso
constexpr int kReliabilityBins = 10;

struct NamedEffect
{
    const char *name;
    PictureEffect effect;
};

constexpr NamedEffect kEffects[] = {
    {"as it is", {}},
    {"turned 20°", {20, 1, 0}},
    {"turned −20°", {-20, 1, 0}},
    {"turned 40°", {40, 1, 0}},
    {"turned −40°", {-40, 1, 0}},
    {"turned 90°", {90, 1, 0}},
    {"turned 180°", {180, 1, 0}},
    {"half size", {0, 0.5, 0}},
    {"quarter size", {0, 0.25, 0}},
    {"lower third cut off", {0, 1, 1.0 / 3}},
    {"lower half cut off", {0, 1, 0.5}},
};

Result<std::vector<EvaluationPicture>> readPictures(const AnnotatedPictures &annotated, const JobContext &job)
{
    std::vector<EvaluationPicture> pictures;
    for (const AnnotatedPicture &picture : annotated.pictures) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        for (const AnnotatedPerson &person : picture.people) {
            Result<std::optional<EvaluationPicture>> read = readEvaluationPicture(picture, person, annotated.skeleton);
            if (!read)
                return read.error();
            if (*read)
                pictures.push_back(**std::move(read));
        }
    }
    return pictures;
}

Result<Pose2D> estimateIn(KeypointEstimator &estimator, const EvaluationPicture &picture)
{
    return estimator.estimate(picture.frame.view(), estimator.cropAround(picture.box));
}

/// @p estimator on the first @p count pictures with @p effect.
Result<KeypointAccuracy> measure(KeypointEstimator &estimator, const std::vector<EvaluationPicture> &pictures,
                                 std::size_t count, const PictureEffect &effect, const Skeleton &skeleton,
                                 const JobContext &job)
{
    KeypointAccuracy accuracy(skeleton, estimator.skeleton());
    for (std::size_t i = 0; i < std::min(count, pictures.size()); ++i) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const EvaluationPicture picture = withEffect(pictures[i], effect);
        const Result<Pose2D> pose = estimateIn(estimator, picture);
        if (!pose)
            return pose.error();
        accuracy.add(*pose, picture.truth, picture.torso);
        job.report("evaluate " + estimator.name(), static_cast<std::int64_t>(i + 1),
                   static_cast<std::int64_t>(std::min(count, pictures.size())));
    }
    return accuracy;
}

void addAccuracyRow(ReportTable &table, const std::string &name, const KeypointAccuracy &accuracy)
{
    table.beginRow(name);
    table.addNumber(accuracy.people(), 0);
    table.addNumber(accuracy.limbPck(kThreshold), 3);
    table.addNumber(accuracy.limbPckEitherSide(kThreshold), 3);
    const PckResult pck = accuracy.pck(kThreshold);
    for (std::size_t joint = 0; joint < pck.perKeypoint.size(); ++joint) {
        if (pck.count[joint] > 0)
            table.addNumber(pck.perKeypoint[joint], 3);
        else
            table.addNothing();
    }
}

void addReliabilityRows(ReportTable &table, const std::string &name, const KeypointAccuracy &accuracy)
{
    for (const ReliabilityBin &bin : accuracy.reliability(kReliabilityBins, kThreshold)) {
        table.beginRow(name);
        table.addNumber(bin.from, 1);
        table.addNumber(bin.to, 1);
        table.addNumber(static_cast<double>(bin.count), 0);
        table.addNumber(bin.meanConfidence, 3);
        table.addNumber(bin.right, 3);
    }
}

Result<ReportTable> robustnessTable(const std::vector<EvaluationPicture> &pictures, const Skeleton &skeleton, int count,
                                    Estimators &estimators, const JobContext &job)
{
    std::vector<std::string> columns{"picture"};
    for (const auto &estimator : estimators)
        columns.push_back(estimator->name());
    ReportTable table("robustness",
                      "PCK@0.2 torso, mean of the 12 limb joints, first "
                          + std::to_string(std::min<std::size_t>(count, pictures.size()))
                          + " people; cut off: the joints that are left",
                      columns);
    for (const NamedEffect &effect : kEffects) {
        table.beginRow(effect.name);
        for (const auto &estimator : estimators) {
            const Result<KeypointAccuracy> accuracy =
                measure(*estimator, pictures, static_cast<std::size_t>(count), effect.effect, skeleton, job);
            if (!accuracy)
                return accuracy.error();
            table.addNumber(accuracy->limbPck(kThreshold), 3);
        }
    }
    return table;
}

} // namespace

Result<void> evaluateInBoxes(const DetectorEvaluationOptions &options, Estimators &estimators,
                             const TableReceiver &receive, const JobContext &job)
{
    const Result<AnnotatedPictures> annotated = readLspExtended(options.lsp, options.firstPicture, options.lastPicture);
    if (!annotated)
        return annotated.error();
    const Result<std::vector<EvaluationPicture>> pictures = readPictures(*annotated, job);
    if (!pictures)
        return pictures.error();

    std::vector<std::string> columns{"model", "people", "limbs", "limbs, either side"};
    columns.insert(columns.end(), annotated->skeleton.joints.begin(), annotated->skeleton.joints.end());
    ReportTable pck("pck",
                    "PCK@0.2 of the torso, LSP-extended pictures " + std::to_string(options.firstPicture) + " to "
                        + std::to_string(options.lastPicture) + ", the same boxes for all",
                    columns);
    ReportTable reliability("reliability", "Share of limb keypoints within 0.2 torso by confidence, the same people",
                            {"model", "from", "to", "keypoints", "mean confidence", "within 0.2"});
    for (const auto &estimator : estimators) {
        const Result<KeypointAccuracy> accuracy =
            measure(*estimator, *pictures, pictures->size(), {}, annotated->skeleton, job);
        if (!accuracy)
            return accuracy.error();
        addAccuracyRow(pck, estimator->name(), *accuracy);
        addReliabilityRows(reliability, estimator->name(), *accuracy);
    }
    receive(pck);
    receive(reliability);
    const Result<ReportTable> robustness =
        robustnessTable(*pictures, annotated->skeleton, options.robustnessPictures, estimators, job);
    if (!robustness)
        return robustness.error();
    receive(*robustness);
    return {};
}

} // namespace poselift
