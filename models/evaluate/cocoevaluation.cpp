#include "models/evaluate/boxedevaluation.h"

#include "core/io/cocofile.h"
#include "core/media/framesource.h"
#include "core/metrics/keypointmetrics.h"
#include "core/metrics/trackcoverage.h"
#include "models/detector.h"
#include "models/evaluate/keypointaccuracy.h"

#include <algorithm>

namespace poselift {

namespace {

/// Means over people.
struct CocoFigures
{
    int people = 0;
    double limbs = 0.0;
    double all = 0.0; ///< over the joints that the model has
    int found = 0;    ///< by the whole detector, with an OKS of at least 0.5
    int extra = 0;    ///< poses of the whole detector that are nobody marked
};

double oksOf(const Pose2D &found, const AnnotatedPerson &person, const Skeleton &skeleton,
             std::span<const double> sigmas)
{
    constexpr double kFar = 1e6;
    std::vector<double> prediction, truth;
    std::vector<std::uint8_t> known;
    for (std::size_t joint = 0; joint < skeleton.joints.size(); ++joint) {
        const Keypoint2D &wanted = person.pose[joint];
        prediction.insert(prediction.end(), {found[joint].isKnown() ? found[joint].x : kFar, found[joint].y});
        truth.insert(truth.end(), {wanted.x, wanted.y});
        known.push_back(wanted.isKnown() && sigmas[joint] > 0 ? 1 : 0);
    }
    return oks(prediction, truth, known, person.area, sigmas);
}

/// Sigmas of the joints that both have; of the limbs only, or of all.
std::vector<double> sharedSigmas(const Skeleton &coco, const Skeleton &model, bool limbsOnly)
{
    std::vector<double> sigmas = coco.oksSigmas;
    const std::vector<std::string> &limbs = limbJoints();
    for (std::size_t joint = 0; joint < sigmas.size(); ++joint) {
        const std::string &name = coco.joints[joint];
        const bool limb = std::find(limbs.begin(), limbs.end(), name) != limbs.end();
        if (model.indexOf(name) < 0 || (limbsOnly && !limb))
            sigmas[joint] = 0;
    }
    return sigmas;
}

Result<std::vector<VideoFrame>> readFrames(const AnnotatedPictures &annotated)
{
    std::vector<VideoFrame> frames;
    for (const AnnotatedPicture &picture : annotated.pictures) {
        Result<std::unique_ptr<FrameSource>> source = openFrameSource(picture.path);
        if (!source)
            return source.error();
        Result<VideoFrame> frame = (*source)->firstFrame();
        if (!frame)
            return frame.error();
        frames.push_back(*std::move(frame));
    }
    return frames;
}

Result<void> measureInBoxes(KeypointEstimator &estimator, const AnnotatedPictures &annotated,
                            const std::vector<VideoFrame> &frames, CocoFigures &figures)
{
    const std::vector<double> limbs = sharedSigmas(annotated.skeleton, estimator.skeleton(), true);
    const std::vector<double> all = sharedSigmas(annotated.skeleton, estimator.skeleton(), false);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        for (const AnnotatedPerson &person : annotated.pictures[i].people) {
            const Result<Pose2D> pose = estimator.estimate(frames[i].view(), estimator.cropAround(person.box));
            if (!pose)
                return pose.error();
            const Pose2D named = poseByName(*pose, estimator.skeleton(), annotated.skeleton);
            ++figures.people;
            figures.limbs += oksOf(named, person, annotated.skeleton, limbs);
            figures.all += oksOf(named, person, annotated.skeleton, all);
        }
    }
    const double count = std::max(figures.people, 1);
    figures.limbs /= count;
    figures.all /= count;
    return {};
}

Result<void> measureWhole(Detector2D &detector, const AnnotatedPictures &annotated,
                          const std::vector<VideoFrame> &frames, CocoFigures &figures)
{
    constexpr double kFoundOks = 0.5;
    const std::vector<double> sigmas = sharedSigmas(annotated.skeleton, detector.skeleton(), false);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const Result<std::vector<PersonDetection>> people = detector.detect(frames[i].view(), {});
        if (!people)
            return people.error();
        int matched = 0;
        for (const AnnotatedPerson &person : annotated.pictures[i].people) {
            matched += std::any_of(people->begin(), people->end(), [&](const PersonDetection &found) {
                const Pose2D named = poseByName(found.pose, detector.skeleton(), annotated.skeleton);
                return oksOf(named, person, annotated.skeleton, sigmas) >= kFoundOks;
            });
        }
        figures.found += matched;
        figures.extra += std::max(0, static_cast<int>(people->size()) - matched);
    }
    return {};
}

} // namespace

Result<void> evaluateOnCoco(const DetectorEvaluationOptions &options, Estimators &estimators,
                            const TableReceiver &receive, const JobContext &job)
{
    const Result<AnnotatedPictures> annotated = readCocoKeypoints(options.coco);
    if (!annotated)
        return annotated.error();
    const Result<std::vector<VideoFrame>> frames = readFrames(*annotated);
    if (!frames)
        return frames.error();
    ReportTable table("oks", "OKS on the COCO samples' people; found: whole detector, OKS at least 0.5",
                      {"model", "people", "limbs, true boxes", "all its joints, true boxes", "found", "others"});
    for (const auto &estimator : estimators) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        CocoFigures figures;
        if (Result<void> measured = measureInBoxes(*estimator, *annotated, *frames, figures); !measured)
            return measured;
        Result<std::unique_ptr<Detector2D>> detector = createDetector({estimator->name(), {}, options.threads});
        if (!detector)
            return detector.error();
        if (Result<void> measured = measureWhole(**detector, *annotated, *frames, figures); !measured)
            return measured;
        table.beginRow(estimator->name());
        table.addNumber(figures.people, 0);
        table.addNumber(figures.limbs, 3);
        table.addNumber(figures.all, 3);
        table.addNumber(figures.found, 0);
        table.addNumber(figures.extra, 0);
    }
    receive(table);
    return {};
}

} // namespace poselift
