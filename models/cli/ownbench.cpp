#include "models/cli/ownbench.h"

#include "models/cli/bench.h"
#include "models/detect/choosedetector.h"
#include "models/detect/ownfinder.h"
#include "models/detect/ownkeypoints.h"

#include <algorithm>
#include <chrono>

namespace poselift {

namespace {

using Clock = std::chrono::steady_clock;

std::optional<DetectorManifest> preferredOwn()
{
    for (const DetectorManifest &model : installedDetectors("keypoints")) {
        if (model.isOwn() && finderFor(model))
            return model;
    }
    return std::nullopt;
}

/// Median time of @p work, ms, after one run that warms up.
template <typename Work>
Result<double> medianMs(int repeats, Work work)
{
    std::vector<double> times;
    for (int i = 0; i <= repeats; ++i) {
        const Clock::time_point begin = Clock::now();
        if (Result<void> done = work(); !done)
            return done.error();
        if (i > 0)
            times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    }
    return percentile(std::move(times), 50);
}

Result<double> measureFrame(const DetectorManifest &model, const ImageView &picture, const Box &person, int repeats)
{
    const FinderSettings settings = *finderFor(model);
    Result<std::unique_ptr<PersonFinder>> finder =
        OwnFinder::load(settings.weights, settings.longSide, settings.scoreThreshold);
    if (!finder)
        return finder.error();
    Result<std::unique_ptr<KeypointEstimator>> keypoints = OwnKeypoints::load(model, /*threads=*/0);
    if (!keypoints)
        return keypoints.error();
    return medianMs(repeats, [&]() -> Result<void> {
        if (const Result<std::vector<PersonDetection>> found = (*finder)->find(picture); !found)
            return found.error();
        const Result<Pose2D> pose = (*keypoints)->estimate(picture, (*keypoints)->cropAround(person));
        return pose ? Result<void>() : Result<void>(pose.error());
    });
}

Result<double> measurePerson(const DetectorManifest &model, const ImageView &picture, const Box &person, int repeats)
{
    Result<std::unique_ptr<KeypointEstimator>> keypoints = OwnKeypoints::load(model, /*threads=*/1);
    if (!keypoints)
        return keypoints.error();
    return medianMs(repeats, [&]() -> Result<void> {
        const Result<Pose2D> pose = (*keypoints)->estimate(picture, (*keypoints)->cropAround(person));
        return pose ? Result<void>() : Result<void>(pose.error());
    });
}

} // namespace

Result<std::optional<OwnDetectorTimes>> measureOwnDetector(const ImageView &picture, const Box &person, int repeats)
{
    const std::optional<DetectorManifest> model = preferredOwn();
    if (!model)
        return std::optional<OwnDetectorTimes>();
    const Result<double> frame = measureFrame(*model, picture, person, repeats);
    if (!frame)
        return frame.error();
    const Result<double> one = measurePerson(*model, picture, person, repeats);
    if (!one)
        return one.error();
    return std::optional<OwnDetectorTimes>({*one, *frame});
}

} // namespace poselift
