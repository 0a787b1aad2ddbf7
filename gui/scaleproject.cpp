#include "gui/scaleproject.h"

#include "core/io/projectfile.h"
#include "core/media/framesource.h"
#include "core/pose/edit/stale3d.h"

#include <QDir>
#include <QProcess>
#include <QStringList>

#include <array>
#include <cmath>
#include <numbers>

namespace poselift {

namespace {

constexpr int kWidth = 192;
constexpr int kHeight = 144;
constexpr int kFps = 30;
constexpr int kLoopSeconds = 40;
constexpr std::int64_t kCorrectedEvery = 250; ///< frames
constexpr int kCorrectedJoints = 3;
constexpr std::int64_t kGapEvery = 20000; ///< frames: then nobody sees the person for a while
constexpr std::int64_t kGapFrames = 400;
constexpr std::size_t kStep = 997; ///< frames of the walk that is repeated; prime, so that nothing is in step

/// A standing person in COCO's order, height 1, middle of the hips at (0, 0), y down.
constexpr std::array<std::array<float, 2>, 17> kStanding{{{0.00F, -0.45F},
                                                          {0.02F, -0.47F},
                                                          {-0.02F, -0.47F},
                                                          {0.04F, -0.45F},
                                                          {-0.04F, -0.45F},
                                                          {0.11F, -0.32F},
                                                          {-0.11F, -0.32F},
                                                          {0.14F, -0.16F},
                                                          {-0.14F, -0.16F},
                                                          {0.15F, 0.00F},
                                                          {-0.15F, 0.00F},
                                                          {0.06F, 0.00F},
                                                          {-0.06F, 0.00F},
                                                          {0.07F, 0.22F},
                                                          {-0.07F, 0.22F},
                                                          {0.07F, 0.45F},
                                                          {-0.07F, 0.45F}}};

/// How far the joints are off their standing place, [kStep][17]: left and right in turn.
std::vector<float> swings()
{
    std::vector<float> values;
    for (std::size_t t = 0; t < kStep; ++t) {
        for (std::size_t joint = 0; joint < kStanding.size(); ++joint) {
            const double phase = 2 * std::numbers::pi * 20.0 * static_cast<double>(t) / kStep;
            const double side = joint % 2 == 0 ? 1 : -1;
            values.push_back(static_cast<float>(side * std::sin(phase) * 0.1 * std::abs(kStanding[joint][1])));
        }
    }
    return values;
}

bool isInGap(TrackId id, std::int64_t frame)
{
    return (frame + id * kGapEvery / 3) % kGapEvery < kGapFrames;
}

KeypointTrack detectedTrack(TrackId id, const MediaReference &media, const std::vector<float> &swing)
{
    KeypointTrack track{id, {}, static_cast<int>(kStanding.size()), 0, {}, {}, {}};
    const auto keypoints = static_cast<std::size_t>(media.frameCount) * kStanding.size();
    track.xy.resize(2 * keypoints);
    track.confidence.resize(keypoints);
    track.state.resize(keypoints);
    const float size = 0.8F * static_cast<float>(media.height);
    const float middle = static_cast<float>(media.width) * (id == 1 ? 0.3F : 0.7F);
    std::size_t at = 0;
    for (std::int64_t frame = 0; frame < media.frameCount; ++frame) {
        const float *row = &swing[static_cast<std::size_t>(frame) % kStep * kStanding.size()];
        const bool seen = !isInGap(id, frame);
        for (std::size_t joint = 0; joint < kStanding.size(); ++joint, ++at) {
            if (!seen)
                continue;
            track.xy[2 * at] = middle + size * (kStanding[joint][0] + row[joint]);
            track.xy[2 * at + 1] = size * (kStanding[joint][1] + 0.6F);
            track.confidence[at] = 0.55F + 0.4F * static_cast<float>((at * 7919U) % 101U) / 101.0F;
            track.state[at] = packedState({0, 0, 0, KeypointState::Visible});
        }
    }
    return track;
}

/// Arrays as long as the clip, as they are after someone has gone through it.
KeypointTrack correctedTrack(const KeypointTrack &detected)
{
    KeypointTrack track{detected.id, {}, detected.jointCount, 0, {}, {}, {}};
    track.xy.resize(detected.xy.size());
    track.confidence.resize(detected.confidence.size());
    track.state.resize(detected.state.size());
    for (std::int64_t frame = 0; frame < track.frameCount(); frame += kCorrectedEvery) {
        for (int i = 0; i < kCorrectedJoints; ++i) {
            const int joint = static_cast<int>((frame / kCorrectedEvery + i) % track.jointCount);
            Keypoint2D keypoint = detected.keypoint(frame, joint);
            track.setKeypoint(
                frame, joint,
                {keypoint.x + 1.5, keypoint.y - 1.5, 1, KeypointState::Visible, KeypointOrigin::Corrected});
        }
    }
    return track;
}

JointTrack liftedTrack(const KeypointTrack &detected, const MediaReference &media, const std::vector<float> &swing)
{
    JointTrack track{detected.id, detected.jointCount, 0, {}, {}};
    track.xyz.resize(3 * detected.state.size());
    track.valid.resize(detected.state.size());
    const float side = detected.id == 1 ? -0.6F : 0.6F;
    std::size_t at = 0;
    for (std::int64_t frame = 0; frame < media.frameCount; ++frame) {
        const float *row = &swing[static_cast<std::size_t>(frame) % kStep * kStanding.size()];
        const bool seen = !isInGap(detected.id, frame);
        for (std::size_t joint = 0; joint < kStanding.size(); ++joint, ++at) {
            if (!seen)
                continue;
            track.xyz[3 * at] = side + 1.75F * kStanding[joint][0];
            track.xyz[3 * at + 1] = 1.75F * kStanding[joint][1];
            track.xyz[3 * at + 2] = 4.0F + 1.75F * row[joint];
            track.valid[at] = 1;
        }
    }
    return track;
}

Error failure(const QString &what)
{
    return Error(ErrorCode::CannotWrite, {{"path", "the bench's video"}, {"detail", what.toStdString()}});
}

/// Runs the ffmpeg command; the bench has nothing else to do meanwhile.
bool ffmpeg(QStringList arguments)
{
    arguments = QStringList{QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-y")} + arguments;
    return QProcess::execute(QStringLiteral("ffmpeg"), arguments) == 0;
}

bool makeVideo(const QString &folder, const QString &video, qint64 frameCount)
{
    const QString loop = QDir(folder).filePath(QStringLiteral("loop.mp4"));
    const QString picture =
        QStringLiteral("testsrc=size=%1x%2:rate=%3:duration=%4").arg(kWidth).arg(kHeight).arg(kFps).arg(kLoopSeconds);
    const qint64 repeats = frameCount / (qint64(kFps) * kLoopSeconds);
    return ffmpeg({QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"), picture, QStringLiteral("-c:v"),
                   QStringLiteral("libx264"), QStringLiteral("-crf"), QStringLiteral("40"), QStringLiteral("-g"),
                   QStringLiteral("12"), QStringLiteral("-bf"), QStringLiteral("0"), QStringLiteral("-pix_fmt"),
                   QStringLiteral("yuv420p"), loop})
           && ffmpeg({QStringLiteral("-stream_loop"), QString::number(repeats), QStringLiteral("-i"), loop,
                      QStringLiteral("-c"), QStringLiteral("copy"), QStringLiteral("-frames:v"),
                      QString::number(frameCount), video});
}

Result<MediaReference> mediaFacts(const QString &video)
{
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(video.toStdString());
    if (!source)
        return source.error();
    Result<FrameIndex> index = (*source)->buildIndex();
    if (!index)
        return index.error();
    const MediaInfo &info = (*source)->info();
    MediaReference media;
    media.path = QFileInfo(video).fileName().toStdString();
    media.sizeBytes = info.sizeBytes;
    media.frameCount = index->frameCount();
    media.width = info.width;
    media.height = info.height;
    media.ptsHash = ptsHash(*index);
    media.seconds = std::move(index->seconds);
    return media;
}

} // namespace

Project makeScaleProject(const MediaReference &media)
{
    Project project;
    project.uuid = newUuid();
    project.media = media;
    if (const auto skeleton = findSkeleton("coco17"))
        project.skeleton = *skeleton;
    project.camera = assumedIntrinsics(media.width, media.height);
    project.keypointLayers.push_back({"detected", project.skeleton, "the scale bench", {}});
    project.jointLayers.push_back({"lifted/scale", project.skeleton, "the scale bench", {}});
    project.meta[kStale3d] = {}; // all 3D follows the 2D, as the program notes when it saves
    const std::vector<float> swing = swings();
    for (const TrackId id : {1, 2}) {
        KeypointTrack detected = detectedTrack(id, media, swing);
        project.tracks.push_back(correctedTrack(detected));
        project.jointLayers[0].tracks.push_back(liftedTrack(detected, media, swing));
        project.keypointLayers[0].tracks.push_back(std::move(detected));
    }
    return project;
}

Result<QString> makeScaleFiles(const QString &folder, qint64 frameCount)
{
    const QString video = QDir(folder).filePath(QStringLiteral("scale.mp4"));
    if (!makeVideo(folder, video, frameCount))
        return failure(QStringLiteral("the ffmpeg command failed"));
    Result<MediaReference> media = mediaFacts(video);
    if (!media)
        return media.error();
    const QString path = QDir(folder).filePath(QStringLiteral("scale.poselift"));
    if (Result<void> written = writeProject(makeScaleProject(*media), path.toStdString()); !written)
        return written.error();
    return path;
}

} // namespace poselift
