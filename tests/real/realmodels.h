#pragma once

#include "models/detect/detectvideo.h"
#include "models/installmodel.h"

#include <QtTest/QtTest>

#include <filesystem>

/// Installs FastestDet and MoveNet of the real data into a folder of this test and runs them.
class RealModels
{
public:
    explicit RealModels(const std::filesystem::path &data)
    {
        qputenv("POSELIFT_MODELS", m_folder.path().toUtf8());
        const poselift::Result<std::vector<poselift::InstalledModel>> installed = poselift::installModel(data / "detectors");
        if (!installed)
            qWarning("%s", installed.error().sentence().c_str());
    }

    /// FastestDet and MoveNet over the whole video. Prints speed and tracks.
    poselift::Result<poselift::DetectedVideo> detect(const std::filesystem::path &video)
    {
        poselift::Result<std::unique_ptr<poselift::Detector2D>> detector =
            poselift::createDetector({"movenet-lightning", "fastestdet-coco", 0});
        if (!detector)
            return detector.error();
        poselift::Result<std::unique_ptr<poselift::FrameSource>> source = poselift::openFrameSource(video);
        if (!source)
            return source.error();
        poselift::Result<poselift::DetectedVideo> detected = poselift::detectVideo(**source, **detector, {});
        if (detected)
            print(*detected, video.filename().string());
        return detected;
    }

private:
    static void print(const poselift::DetectedVideo &detected, const std::string &name)
    {
        qInfo("%s: %lld frames, decode %.1f s, boxes %.1f s, keypoints %.1f s, wall %.1f s", name.c_str(),
              static_cast<long long>(detected.framesDone), detected.decodeSeconds, detected.findSeconds,
              detected.poseSeconds, detected.wallSeconds);
        for (const poselift::KeypointTrack &track : detected.layer.tracks) {
            int seen = 0;
            for (std::int64_t frame = track.firstFrame; frame < track.endFrame(); ++frame)
                seen += track.isPresent(frame) ? 1 : 0;
            qInfo("  track %d: frames %lld to %lld, seen in %d", track.id, static_cast<long long>(track.firstFrame),
                  static_cast<long long>(track.endFrame() - 1), seen);
        }
    }

    QTemporaryDir m_folder;
};
