#include "models/lifter.h"

#include "models/lift/liftingstages_torch.h"
#include "models/lift/resample.h"
#include "models/lift/torchthreads.h"

#include <algorithm>

namespace poselift {

namespace {

/// The lifter of VideoPose3D: a track becomes even clips, and these go through the stages as a whole.
class TemporalLifter final : public Lifter
{
public:
    TemporalLifter(LiftingStages stages, int threads) : m_stages(std::move(stages)), m_threads(threads) {}

    const std::string &name() const override { return m_stages.description().name; }
    const Skeleton &skeleton() const override { return m_stages.description().outputSkeleton; }
    double framesPerSecond() const override { return m_stages.description().framesPerSecond; }
    Result<JointTrack> lift(const KeypointTrack &track, const Skeleton &from, std::span<const double> seconds,
                            const CameraIntrinsics &camera, const JobContext &job) override;

private:
    Result<std::vector<float>> liftClip(const EvenClip &clip, const LiftingStages::Mappings &mappings, const CameraIntrinsics &camera,
                                        std::int64_t doneBefore, std::int64_t total, const JobContext &job) const;

    LiftingStages m_stages;
    int m_threads;
};

/// [S, J, 3] in the camera, m.
Result<std::vector<float>> TemporalLifter::liftClip(const EvenClip &clip, const LiftingStages::Mappings &mappings, const CameraIntrinsics &camera,
                                                    std::int64_t doneBefore, std::int64_t total, const JobContext &job) const
{
    const LiftingStages::MappedPoses poses = LiftingStages::mapped(clip.poses, mappings);
    const LiftingStages::Features features = m_stages.featuresOf(poses.inputs, camera, clip.framesPerSecond);
    SequenceOptions sequence;
    sequence.flipAveraging = m_stages.flip();
    sequence.doneBefore = doneBefore;
    sequence.total = total;
    const Result<torch::Tensor> lifted = liftSequence(m_stages.network(), features.values, sequence, job);
    if (!lifted)
        return lifted.error();
    Result<std::vector<float>> joints = m_stages.inCameraAxes(*lifted, features.cameraFromResult);
    if (!joints)
        return joints.error();
    PlacementOptions placement;
    placement.framesPerSecond = clip.framesPerSecond;
    addRoots(*joints, m_stages.jointCount(),
             placeInCamera(m_stages.placementPoints(*joints, poses.seen, camera), m_stages.jointCount(), placement));
    return joints;
}

Result<JointTrack> TemporalLifter::lift(const KeypointTrack &track, const Skeleton &from, std::span<const double> seconds,
                                        const CameraIntrinsics &camera, const JobContext &job)
{
    if (!camera.isValid())
        return Error(ErrorCode::BadArgument, {{"name", "camera"}, {"expected", "a positive focal length and picture size"}, {"found", "none"}});
    const Result<LiftingStages::Mappings> mappings = m_stages.mappingsFrom(from);
    if (!mappings)
        return mappings.error();
    setTorchThreads(m_threads);
    const c10::InferenceMode inference;
    ResampleOptions resampling;
    resampling.framesPerSecond = m_stages.rateFor(seconds);
    const std::vector<EvenClip> clips = resampleTrack(track, seconds, resampling);
    std::int64_t total = 0;
    for (const EvenClip &clip : clips)
        total += static_cast<std::int64_t>(clip.poses.size());

    JointTrack result;
    result.id = track.id;
    result.jointCount = m_stages.jointCount();
    result.firstFrame = track.firstFrame;
    result.xyz.assign(static_cast<std::size_t>(track.frameCount() * result.jointCount * 3), 0.0F);
    result.valid.assign(static_cast<std::size_t>(track.frameCount() * result.jointCount), 0);
    std::int64_t done = 0;
    try {
        for (const EvenClip &clip : clips) {
            const Result<std::vector<float>> joints = liftClip(clip, *mappings, camera, done, total, job);
            if (!joints)
                return joints.error();
            done += static_cast<std::int64_t>(clip.poses.size());
            for (std::int64_t frame = clip.firstFrame; frame <= clip.lastFrame; ++frame) {
                const auto at = static_cast<std::size_t>((frame - track.firstFrame) * result.jointCount);
                interpolateJoints(*joints, result.jointCount, clip.start, clip.framesPerSecond,
                                  seconds[static_cast<std::size_t>(frame)], &result.xyz[at * 3]);
                std::fill_n(result.valid.begin() + static_cast<std::ptrdiff_t>(at), result.jointCount, std::uint8_t{1});
            }
        }
    } catch (const c10::Error &error) {
        return Error(ErrorCode::InferenceFailed, {{"path", name()}, {"detail", error.what_without_backtrace()}});
    }
    return result;
}

} // namespace

Result<std::unique_ptr<Lifter>> createLifter(const LifterOptions &options)
{
    Result<LiftingStages> stages = createLiftingStages(options);
    if (!stages)
        return stages.error();
    return std::unique_ptr<Lifter>(std::make_unique<TemporalLifter>(*std::move(stages), options.threads));
}

} // namespace poselift
