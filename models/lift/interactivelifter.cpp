#include "models/interactivelifter.h"

#include "core/pose/edit/frameranges.h"
#include "models/lift/clipview.h"
#include "models/lift/liftingstages_torch.h"
#include "models/lift/torchthreads.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace poselift {

namespace {

/// Frames of one piece of liftNext(): what one edit affects at a receptive field of 243 samples fits.
constexpr std::int64_t kPieceFrames = 320;
/// Roots that are remembered of one track.
constexpr std::size_t kRememberedRoots = 4096;
constexpr double kSameTime = 1e-6; // of a sample

using Roots = std::vector<std::optional<Eigen::Vector3d>>;

/// A track that is being edited.
struct LiveTrack
{
    KeypointTrack now;
    KeypointTrack base;            ///< as it was when `affected` was last brought up to date
    std::vector<ClipFrames> clips; ///< of now
    FrameRanges edited;            ///< frames in which now may differ from base
    FrameRanges invalidated;       ///< frames whose keypoints changed before base
    FrameRanges affected;          ///< frames whose 3D is not up to date
    /// Roots before smoothing, as last computed; by sample, of the clip that begins with the key's frame.
    std::map<std::int64_t, std::unordered_map<std::int64_t, Eigen::Vector3d>> roots;
};

bool isSameRay(const PlacementPoint &a, const PlacementPoint &b)
{
    return a.ray == b.ray && a.confidence == b.confidence;
}

class TemporalInteractiveLifter final : public InteractiveLifter
{
public:
    TemporalInteractiveLifter(LiftingStages stages, int threads) : m_stages(std::move(stages)), m_threads(threads) {}

    const std::string &name() const override { return m_stages.description().name; }
    const Skeleton &skeleton() const override { return m_stages.description().outputSkeleton; }
    Result<void> setClip(InteractiveClip clip) override;
    Result<void> setKeypoint(TrackId track, std::int64_t frame, int joint, const Keypoint2D &keypoint) override;
    void invalidate(TrackId track, FrameRange frames) override;
    Result<std::optional<JointTrack>> liftFrame(TrackId track, std::int64_t frame) override;
    Result<std::optional<JointTrack>> liftNext(std::int64_t frame, std::stop_token stop) override;

private:
    /// Joints [S, J, 3] of consecutive samples, m, relative to the root in the camera's axes.
    struct Lifted
    {
        std::vector<float> joints;
        std::vector<Pose2D> seen;
    };

    ClipView viewOf(const KeypointTrack &track, const ClipFrames &frames) const
    {
        return {track, frames, m_clip.seconds, m_resampling};
    }
    const ClipFrames *clipAt(const LiveTrack &track, std::int64_t frame) const;

    // What an edit affects
    void update(LiveTrack &track);
    bool updateClips(LiveTrack &track);
    FrameRange affectedBy(const LiveTrack &track, const ClipFrames &frames, FrameRange changed, bool seenBefore) const;
    SampleRange changedFeatures(const ClipView &before, const ClipView &now, const SampleRange &range) const;
    bool areFeaturesLocal(const ClipView &clip, const SampleRange &range) const;
    std::vector<PlacementPoint> raysOf(const ClipView &clip, const SampleRange &range) const;
    SampleRange withUnseenNeighbours(const ClipView &clip, SampleRange range) const;

    // Lifting
    LiftingStages::Features featuresFor(const ClipView &clip, const SampleRange &range, bool *isLocal = nullptr) const;
    Result<Lifted> liftSamples(const ClipView &clip, const SampleRange &range, const std::stop_token &stop) const;
    Result<Lifted> liftSparsely(const ClipView &clip, const SampleRange &range) const;
    Roots rootsOf(LiveTrack &track, const ClipView &clip, const SampleRange &range,
                  std::span<const PlacementPoint> points) const;
    Result<void> liftPart(LiveTrack &track, const ClipView &clip, FrameRange frames, JointTrack &to,
                          const std::stop_token &stop) const;
    Result<JointTrack> liftFrames(LiveTrack &track, FrameRange frames, const std::stop_token &stop) const;
    Result<JointTrack> liftQuickly(LiveTrack &track, const ClipView &clip, std::int64_t frame) const;
    JointTrack emptyResult(TrackId id, FrameRange frames) const;
    void interpolate(const ClipView &clip, const SampleRange &range, std::span<const float> joints, std::int64_t frame,
                     JointTrack &to) const;
    PlacementOptions placement() const;
    template <typename Work>
    auto guarded(Work work) const -> decltype(work());

    LiftingStages m_stages;
    int m_threads;
    InteractiveClip m_clip;
    std::optional<LiftingStages::Mappings> m_mappings;
    ResampleOptions m_resampling;
    std::map<TrackId, LiveTrack> m_tracks;
};

/// Runs @p work with LibTorch set up; its exceptions become errors.
template <typename Work>
auto TemporalInteractiveLifter::guarded(Work work) const -> decltype(work())
{
    try {
        setTorchThreads(m_threads);
        const c10::InferenceMode inference;
        return work();
    } catch (const c10::Error &error) {
        return Error(ErrorCode::InferenceFailed, {{"path", name()}, {"detail", error.what_without_backtrace()}});
    }
}

PlacementOptions TemporalInteractiveLifter::placement() const
{
    PlacementOptions options;
    options.framesPerSecond = m_resampling.framesPerSecond;
    return options;
}

Result<void> TemporalInteractiveLifter::setClip(InteractiveClip clip)
{
    m_tracks.clear();
    m_mappings.reset();
    if (!clip.camera.isValid())
        return Error(ErrorCode::BadArgument,
                     {{"name", "camera"}, {"expected", "a positive focal length and picture size"}, {"found", "none"}});
    Result<LiftingStages::Mappings> mappings = m_stages.mappingsFrom(clip.skeleton);
    if (!mappings)
        return mappings.error();
    m_mappings = *std::move(mappings);
    m_clip = std::move(clip);
    m_resampling.framesPerSecond = m_stages.rateFor(m_clip.seconds);
    for (KeypointTrack &track : std::exchange(m_clip.tracks, {})) {
        LiveTrack &live = m_tracks[track.id];
        live.clips = clipFrames(track, m_clip.seconds, m_resampling);
        live.base = track;
        live.now = std::move(track);
    }
    return {};
}

Result<void> TemporalInteractiveLifter::setKeypoint(TrackId id, std::int64_t frame, int joint,
                                                    const Keypoint2D &keypoint)
{
    if (id <= 0 || frame < 0 || frame >= static_cast<std::int64_t>(m_clip.seconds.size()) || joint < 0
        || joint >= m_clip.skeleton.jointCount())
        return Error(ErrorCode::BadArgument,
                     {{"name", "edits"},
                      {"expected", "a keypoint of " + std::to_string(m_clip.seconds.size()) + " frames and "
                                       + std::to_string(m_clip.skeleton.jointCount()) + " joints"},
                      {"found", "track " + std::to_string(id) + ", frame " + std::to_string(frame) + ", joint "
                                    + std::to_string(joint)}});
    LiveTrack &track = m_tracks[id];
    track.now.id = track.base.id = id;
    track.now.jointCount = track.base.jointCount = m_clip.skeleton.jointCount();
    track.now.setKeypoint(frame, joint, keypoint);
    track.edited.add({frame, frame});
    return {};
}

void TemporalInteractiveLifter::invalidate(TrackId id, FrameRange frames)
{
    if (const auto found = m_tracks.find(id); found != m_tracks.end())
        found->second.invalidated.add({std::max<std::int64_t>(0, frames.first),
                                       std::min(frames.last, static_cast<std::int64_t>(m_clip.seconds.size()) - 1)});
}

const ClipFrames *TemporalInteractiveLifter::clipAt(const LiveTrack &track, std::int64_t frame) const
{
    const auto found = std::ranges::find_if(
        track.clips, [frame](const ClipFrames &clip) { return clip.front() <= frame && frame <= clip.back(); });
    return found != track.clips.end() ? &*found : nullptr;
}

/// Brings `clips` and `affected` up to date with the edits.
void TemporalInteractiveLifter::update(LiveTrack &track)
{
    if (track.edited.isEmpty() && track.invalidated.isEmpty())
        return;
    const bool presenceChanged = updateClips(track);
    for (const ClipFrames &clip : track.clips) {
        for (const FrameRange &range : track.edited.ranges())
            track.affected.add(affectedBy(track, clip, range, /*seenBefore=*/!presenceChanged));
        for (const FrameRange &range : track.invalidated.ranges())
            track.affected.add(affectedBy(track, clip, range, /*seenBefore=*/false));
    }
    for (const FrameRange &range : track.invalidated.ranges())
        track.affected.add(range); // the person may have been seen there before
    for (const FrameRange &range : track.edited.ranges()) {
        for (std::int64_t frame = range.first; frame <= range.last; ++frame)
            track.base.setPose(frame, track.now.pose(frame));
    }
    track.edited.clear();
    track.invalidated.clear();
}

/// A frame in which the person is seen no more, or for the first time, may move where clips begin
/// and end: these are affected as a whole. @return whether there are such frames
bool TemporalInteractiveLifter::updateClips(LiveTrack &track)
{
    bool presenceChanged = false;
    for (const FrameRange &range : track.edited.ranges()) {
        for (std::int64_t frame = range.first; frame <= range.last; ++frame)
            presenceChanged = presenceChanged || track.now.isPresent(frame) != track.base.isPresent(frame);
    }
    if (!presenceChanged)
        return false;
    const std::vector<ClipFrames> before =
        std::exchange(track.clips, clipFrames(track.now, m_clip.seconds, m_resampling));
    const auto addThoseNotIn = [&track](const std::vector<ClipFrames> &clips, const std::vector<ClipFrames> &others) {
        for (const ClipFrames &clip : clips) {
            const bool isThere = std::ranges::any_of(others, [&clip](const ClipFrames &other) {
                return clip.front() == other.front() && clip.back() == other.back();
            });
            if (!isThere)
                track.affected.add({clip.front(), clip.back()});
        }
    };
    addThoseNotIn(before, track.clips);
    addThoseNotIn(track.clips, before);
    track.roots.clear();
    return true;
}

/// Frames of a clip whose 3D depends on keypoints of @p changed. @p seenBefore: `base` holds the
/// keypoints that the present 3D is of, so that only what really differs counts.
FrameRange TemporalInteractiveLifter::affectedBy(const LiveTrack &track, const ClipFrames &frames, FrameRange changed,
                                                 bool seenBefore) const
{
    changed = {std::max(changed.first, frames.front()), std::min(changed.last, frames.back())};
    if (changed.count() == 0)
        return {};
    const ClipView now = viewOf(track.now, frames);
    const SampleRange touched = now.samplesTouchedBy(changed);
    const auto featureReach = static_cast<std::int64_t>(std::ceil(m_stages.featureReachSeconds() * now.framesPerSecond())) + 1;
    SampleRange features = touched.grown(featureReach, featureReach, now.sampleCount());
    SampleRange placed = touched;
    if (seenBefore) {
        const ClipView before = viewOf(track.base, frames);
        features = changedFeatures(before, now, features);
        if (std::ranges::equal(raysOf(before, touched), raysOf(now, touched), isSameRay))
            placed = {};
    } else if (!areFeaturesLocal(now, {features.first, touched.first + 1})
               || !areFeaturesLocal(now, {touched.end - 1, features.end})) {
        features = {0, now.sampleCount()}; // what they were is unknown, so that all may have changed
    }
    const InferenceNetwork &network = m_stages.network();
    if (!features.isEmpty())
        placed = placed.united(features.grown(network.paddingAfter(), network.paddingBefore(), now.sampleCount()));
    if (placed.isEmpty())
        return {};
    const std::int64_t reach = smoothingReach(placement());
    placed = withUnseenNeighbours(now, placed);
    return now.framesTouchedBy(withUnseenNeighbours(now, placed.grown(reach, reach, now.sampleCount())));
}

/// Samples of @p range, or of the whole clip where features depend on what is far away, whose
/// features differ.
SampleRange TemporalInteractiveLifter::changedFeatures(const ClipView &before, const ClipView &now,
                                                       const SampleRange &range) const
{
    const SampleRange whole{0, now.sampleCount()};
    SampleRange looked = range;
    bool wasLocal = true;
    bool isLocal = true;
    LiftingStages::Features old = featuresFor(before, looked, &wasLocal);
    LiftingStages::Features fresh = featuresFor(now, looked, &isLocal);
    if ((!wasLocal || !isLocal) && !(looked == whole)) {
        looked = whole;
        old = featuresFor(before, looked);
        fresh = featuresFor(now, looked);
    }
    SampleRange changed;
    const std::int64_t width = fresh.values.numel() / looked.count();
    const float *a = old.values.data_ptr<float>();
    const float *b = fresh.values.data_ptr<float>();
    for (std::int64_t sample = 0; sample < looked.count(); ++sample) {
        const auto index = static_cast<std::size_t>(sample);
        const bool isSame = std::equal(a + sample * width, a + (sample + 1) * width, b + sample * width)
                            && old.cameraFromResult[index] == fresh.cameraFromResult[index];
        if (!isSame)
            changed = changed.united({looked.first + sample, looked.first + sample + 1});
    }
    return changed;
}

/// Whether features of @p range depend on nothing that is farther away than the stages' featureReachSeconds().
bool TemporalInteractiveLifter::areFeaturesLocal(const ClipView &clip, const SampleRange &range) const
{
    bool isLocal = true;
    featuresFor(clip, range, &isLocal);
    return isLocal;
}

/// What placement sees of samples: points whose joints are not known yet.
std::vector<PlacementPoint> TemporalInteractiveLifter::raysOf(const ClipView &clip, const SampleRange &range) const
{
    const std::vector<Pose2D> seen = LiftingStages::mapped(clip.samples(range), *m_mappings).seen;
    const std::vector<float> nowhere(3 * seen.size() * static_cast<std::size_t>(m_stages.jointCount()), 0.0F);
    return m_stages.placementPoints(nowhere, seen, m_clip.camera);
}

/// Samples without a root take those of their neighbours: @p range with such samples at its ends,
/// up to the next ones that have a root of their own.
SampleRange TemporalInteractiveLifter::withUnseenNeighbours(const ClipView &clip, SampleRange range) const
{
    const auto isRooted = [&](std::int64_t sample) { return hasRoot(raysOf(clip, {sample, sample + 1})); };
    while (range.first > 0 && !(isRooted(range.first) && isRooted(range.first - 1)))
        --range.first;
    while (range.end < clip.sampleCount() && !(isRooted(range.end - 1) && isRooted(range.end)))
        ++range.end;
    return range;
}

/// Features of samples @p range as the whole clip would give them. @param isLocal set to whether a
/// part of the clip was enough for that
LiftingStages::Features TemporalInteractiveLifter::featuresFor(const ClipView &clip, const SampleRange &range,
                                                               bool *isLocal) const
{
    const auto margin = static_cast<std::int64_t>(std::ceil(m_stages.featureReachSeconds() * clip.framesPerSecond())) + 2;
    SampleRange around = range.grown(margin, margin, clip.sampleCount());
    std::vector<Pose2D> inputs = LiftingStages::mapped(clip.samples(around), *m_mappings).inputs;
    const bool enough =
        m_stages.areFeaturesLocal(inputs, clip.framesPerSecond(), range.first - around.first, range.end - around.first);
    if (isLocal != nullptr)
        *isLocal = enough;
    const SampleRange whole{0, clip.sampleCount()};
    if (!enough && !(around == whole)) {
        around = whole;
        inputs = LiftingStages::mapped(clip.samples(around), *m_mappings).inputs;
    }
    LiftingStages::Features features = m_stages.featuresOf(inputs, m_clip.camera, clip.framesPerSecond());
    features.values = features.values.narrow(0, range.first - around.first, range.count()).contiguous();
    const auto begin = features.cameraFromResult.begin() + static_cast<std::ptrdiff_t>(range.first - around.first);
    features.cameraFromResult = {begin, begin + static_cast<std::ptrdiff_t>(range.count())};
    return features;
}

Result<TemporalInteractiveLifter::Lifted> TemporalInteractiveLifter::liftSamples(const ClipView &clip,
                                                                                 const SampleRange &range,
                                                                                 const std::stop_token &stop) const
{
    const InferenceNetwork &network = m_stages.network();
    const SampleRange needed = range.grown(network.paddingBefore(), network.paddingAfter(), clip.sampleCount());
    const LiftingStages::Features features = featuresFor(clip, needed);
    const torch::Tensor index = torch::arange(range.first - network.paddingBefore(), range.end + network.paddingAfter())
                                    .clamp(0, clip.sampleCount() - 1)
                                    .sub_(needed.first);
    const torch::Tensor lifted = liftPadded(network, features.values.index_select(0, index), m_stages.flip(), stop);
    if (!lifted.defined())
        return Error(ErrorCode::Cancelled);
    Result<std::vector<float>> joints = m_stages.inCameraAxes(
        lifted, std::span(features.cameraFromResult).subspan(static_cast<std::size_t>(range.first - needed.first)));
    if (!joints)
        return joints.error();
    return Lifted{*std::move(joints), LiftingStages::mapped(clip.samples(range), *m_mappings).seen};
}

/// The same for a few samples, each by itself.
Result<TemporalInteractiveLifter::Lifted> TemporalInteractiveLifter::liftSparsely(const ClipView &clip,
                                                                                  const SampleRange &range) const
{
    const InferenceNetwork &network = m_stages.network();
    const SampleRange needed = range.grown(network.paddingBefore(), network.paddingAfter(), clip.sampleCount());
    const LiftingStages::Features features = featuresFor(clip, needed);
    std::vector<torch::Tensor> windows;
    for (std::int64_t sample = range.first; sample < range.end; ++sample) {
        const torch::Tensor index = torch::arange(sample - network.paddingBefore(), sample + network.paddingAfter() + 1)
                                        .clamp(0, clip.sampleCount() - 1)
                                        .sub_(needed.first);
        windows.push_back(features.values.index_select(0, index));
    }
    const torch::Tensor lifted = liftWindows(network, torch::stack(windows), m_stages.flip());
    Result<std::vector<float>> joints = m_stages.inCameraAxes(
        lifted, std::span(features.cameraFromResult).subspan(static_cast<std::size_t>(range.first - needed.first)));
    if (!joints)
        return joints.error();
    return Lifted{*std::move(joints), LiftingStages::mapped(clip.samples(range), *m_mappings).seen};
}

/// Roots before smoothing; they are remembered for liftQuickly().
Roots TemporalInteractiveLifter::rootsOf(LiveTrack &track, const ClipView &clip, const SampleRange &range,
                                         std::span<const PlacementPoint> points) const
{
    auto &remembered = track.roots[clip.firstFrame()];
    if (remembered.size() > kRememberedRoots)
        remembered.clear();
    const auto width = static_cast<std::size_t>(m_stages.jointCount());
    Roots roots;
    for (std::int64_t sample = range.first; sample < range.end; ++sample) {
        roots.push_back(
            rootOfFrame(points.subspan(static_cast<std::size_t>(sample - range.first) * width, width), placement()));
        if (roots.back())
            remembered[sample] = *roots.back();
    }
    return roots;
}

void TemporalInteractiveLifter::interpolate(const ClipView &clip, const SampleRange &range,
                                            std::span<const float> joints, std::int64_t frame, JointTrack &to) const
{
    const auto at = static_cast<std::size_t>((frame - to.firstFrame) * to.jointCount);
    const double start = clip.start() + static_cast<double>(range.first) / clip.framesPerSecond();
    interpolateJoints(joints, to.jointCount, start, clip.framesPerSecond(), clip.secondsOf(frame), &to.xyz[at * 3]);
    std::fill_n(to.valid.begin() + static_cast<std::ptrdiff_t>(at), to.jointCount, std::uint8_t{1});
}

JointTrack TemporalInteractiveLifter::emptyResult(TrackId id, FrameRange frames) const
{
    JointTrack result;
    result.id = id;
    result.jointCount = m_stages.jointCount();
    result.firstFrame = frames.first;
    result.xyz.assign(static_cast<std::size_t>(frames.count() * result.jointCount * 3), 0.0F);
    result.valid.assign(static_cast<std::size_t>(frames.count() * result.jointCount), 0);
    return result;
}

/// The exact 3D of @p frames of one clip.
Result<void> TemporalInteractiveLifter::liftPart(LiveTrack &track, const ClipView &clip, FrameRange frames,
                                                 JointTrack &to, const std::stop_token &stop) const
{
    const SampleRange placed = withUnseenNeighbours(clip, clip.samplesFor(frames));
    const std::int64_t reach = smoothingReach(placement());
    const SampleRange range = placed.grown(reach, reach, clip.sampleCount());
    Result<Lifted> lifted = liftSamples(clip, range, stop);
    if (!lifted)
        return lifted.error();
    const std::vector<PlacementPoint> points = m_stages.placementPoints(lifted->joints, lifted->seen, m_clip.camera);
    const Roots roots = rootsOf(track, clip, range, points);
    addRoots(lifted->joints, m_stages.jointCount(), smoothRoots(points, m_stages.jointCount(), roots, placement()));
    for (std::int64_t frame = frames.first; frame <= frames.last; ++frame)
        interpolate(clip, range, lifted->joints, frame, to);
    return {};
}

Result<JointTrack> TemporalInteractiveLifter::liftFrames(LiveTrack &track, FrameRange frames,
                                                         const std::stop_token &stop) const
{
    JointTrack result = emptyResult(track.now.id, frames);
    for (const ClipFrames &clip : track.clips) {
        const FrameRange part{std::max(frames.first, clip.front()), std::min(frames.last, clip.back())};
        if (part.count() == 0)
            continue;
        if (const Result<void> lifted = liftPart(track, viewOf(track.now, clip), part, result, stop); !lifted)
            return lifted.error();
    }
    return result;
}

/// One frame from its own samples; their depth is smoothed with the roots that are remembered.
Result<JointTrack> TemporalInteractiveLifter::liftQuickly(LiveTrack &track, const ClipView &clip,
                                                          std::int64_t frame) const
{
    const double place = clip.placeOf(frame);
    const auto nearest = static_cast<std::int64_t>(std::lround(place));
    const bool isSample = std::abs(place - static_cast<double>(nearest)) < kSameTime;
    const auto before = static_cast<std::int64_t>(place);
    const SampleRange range =
        isSample ? SampleRange{nearest, nearest + 1} : SampleRange{before, before + 1}.grown(1, 2, clip.sampleCount());
    Result<Lifted> lifted = liftSparsely(clip, range);
    if (!lifted)
        return lifted.error();
    const std::int64_t reach = smoothingReach(placement());
    const SampleRange around = range.grown(reach, reach, clip.sampleCount());
    const std::vector<PlacementPoint> own = m_stages.placementPoints(lifted->joints, lifted->seen, m_clip.camera);
    const Roots ownRoots = rootsOf(track, clip, range, own);
    const auto &remembered = track.roots[clip.firstFrame()];
    const auto width = static_cast<std::size_t>(m_stages.jointCount());
    // Only the samples of the range are placed: the others need a root, no points.
    std::vector<PlacementPoint> points(static_cast<std::size_t>(around.count()) * width,
                                       PlacementPoint{{0, 0, 0}, {0, 0}, 1});
    std::ranges::copy(own, points.begin() + (range.first - around.first) * static_cast<std::ptrdiff_t>(width));
    Roots roots;
    for (std::int64_t sample = around.first; sample < around.end; ++sample) {
        const auto found = remembered.find(sample);
        if (sample >= range.first && sample < range.end)
            roots.push_back(ownRoots[static_cast<std::size_t>(sample - range.first)]);
        else
            roots.push_back(found != remembered.end() ? std::optional(found->second) : std::nullopt);
    }
    const std::vector<Eigen::Vector3d> smooth = smoothRoots(points, m_stages.jointCount(), roots, placement());
    addRoots(lifted->joints, m_stages.jointCount(),
             std::span(smooth).subspan(static_cast<std::size_t>(range.first - around.first)));
    JointTrack result = emptyResult(track.now.id, {frame, frame});
    interpolate(clip, range, lifted->joints, frame, result);
    return result;
}

Result<std::optional<JointTrack>> TemporalInteractiveLifter::liftFrame(TrackId id, std::int64_t frame)
{
    const auto found = m_tracks.find(id);
    if (found == m_tracks.end())
        return std::optional<JointTrack>();
    LiveTrack &track = found->second;
    return guarded([&]() -> Result<std::optional<JointTrack>> {
        // Where the edit itself is, what it affects need not be known first.
        const bool isEdited = track.edited.contains(frame) && track.now.isPresent(frame) && track.base.isPresent(frame);
        if (!isEdited)
            update(track);
        const ClipFrames *clip = clipAt(track, frame);
        if (clip == nullptr || (!isEdited && !track.affected.contains(frame)))
            return std::optional<JointTrack>();
        track.affected.add({frame, frame});
        Result<JointTrack> lifted = liftQuickly(track, viewOf(track.now, *clip), frame);
        if (!lifted)
            return lifted.error();
        return std::optional<JointTrack>(*std::move(lifted));
    });
}

Result<std::optional<JointTrack>> TemporalInteractiveLifter::liftNext(std::int64_t frame, std::stop_token stop)
{
    return guarded([&]() -> Result<std::optional<JointTrack>> {
        LiveTrack *next = nullptr;
        FrameRange piece;
        for (auto &[id, track] : m_tracks) {
            update(track);
            const std::optional<FrameRange> candidate = track.affected.pieceNear(frame, kPieceFrames);
            const auto distance = [frame](const FrameRange &range) {
                return std::max<std::int64_t>({0, range.first - frame, frame - range.last});
            };
            if (candidate && (next == nullptr || distance(*candidate) < distance(piece))) {
                next = &track;
                piece = *candidate;
            }
        }
        if (next == nullptr)
            return std::optional<JointTrack>();
        Result<JointTrack> lifted = liftFrames(*next, piece, stop);
        if (!lifted)
            return lifted.error();
        next->affected.remove(piece);
        return std::optional<JointTrack>(*std::move(lifted));
    });
}

} // namespace

Result<std::unique_ptr<InteractiveLifter>> createInteractiveLifter(const LifterOptions &options)
{
    Result<LiftingStages> stages = createLiftingStages(options);
    if (!stages)
        return stages.error();
    return std::unique_ptr<InteractiveLifter>(
        std::make_unique<TemporalInteractiveLifter>(*std::move(stages), options.threads));
}

} // namespace poselift
