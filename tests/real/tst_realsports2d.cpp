#include "core/metrics/trackcoverage.h"
#include "models/detect/choosedetector.h"
#include "models/detect/keypointnetwork.h"
#include "tests/real/realmodels.h"
#include "tests/support/environment.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

using namespace poselift;
namespace fs = std::filesystem;

namespace {

BoxByFrame readBoxes(const nlohmann::json &json)
{
    BoxByFrame boxes;
    for (const auto &[frame, box] : json.items())
        boxes[std::stoll(frame)] = {box[0], box[1], box[2], box[3]};
    return boxes;
}

} // namespace

class TestRealSports2d : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void squatAgreesWithTheReference();
    void bothPeopleKeepOneId();
};

// The reference is the output of Google's own int8 pipeline (movenet_squat_reference.csv: share of
// the picture). Tolerance as measured when the network was converted: mean 0.011, largest 0.038;
// our resampling differs, so a little more is allowed.
void TestRealSports2d::squatAgreesWithTheReference()
{
    POSELIFT_REQUIRE_DATA(data, "POSELIFT_REAL_DATA");
    const RealModels models(data);
    const QTemporaryDir folder;
    fs::copy_file(data / "detectors" / "squat.bmp", fs::path(folder.path().toStdString()) / "squat.bmp");
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(folder.path().toStdString());
    QVERIFY2(source.ok(), source ? "" : source.error().sentence().c_str());
    const Result<VideoFrame> picture = (*source)->frame(0);
    QVERIFY2(picture.ok(), picture ? "" : picture.error().sentence().c_str());
    Result<DetectorManifest> manifest = chooseDetector("keypoints", "movenet-lightning");
    QVERIFY(manifest.ok());
    Result<std::unique_ptr<KeypointNetwork>> network = KeypointNetwork::load(*manifest);
    QVERIFY(network.ok());
    // The reference saw the whole picture, squeezed to the network's square.
    const Crop whole{{0, 0, double(picture->width), double(picture->height)}, 192, 192};
    const Result<Pose2D> pose = (*network)->estimate(picture->view(), whole);
    QVERIFY(pose.ok());

    std::ifstream csv(data / "detectors" / "movenet_squat_reference.csv");
    std::string line;
    std::getline(csv, line);
    double sum = 0, largest = 0;
    int count = 0;
    while (std::getline(csv, line)) {
        std::replace(line.begin(), line.end(), ',', ' ');
        std::istringstream fields(line);
        double person, personScore, joint, score, x, y;
        fields >> person >> personScore >> joint >> score >> x >> y;
        const Keypoint2D &found = pose->at(static_cast<std::size_t>(joint));
        const double error = std::hypot(found.x / picture->width - x, found.y / picture->height - y);
        sum += error;
        largest = std::max(largest, error);
        ++count;
    }
    QCOMPARE(count, 17);
    qInfo("squat: mean %.4f, largest %.4f of the picture", sum / count, largest);
    QVERIFY2(sum / count < 0.02, qPrintable(QString::number(sum / count)));
    QVERIFY2(largest < 0.05, qPrintable(QString::number(largest)));
}

void TestRealSports2d::bothPeopleKeepOneId()
{
    POSELIFT_REQUIRE_DATA(data, "POSELIFT_REAL_DATA");
    RealModels models(data);
    std::ifstream file(QFINDTESTDATA("sports2d_boxes.json").toStdString());
    QVERIFY(file.good());
    const nlohmann::json json = nlohmann::json::parse(file);
    const Result<DetectedVideo> detected = models.detect(data / "video" / "sports2d_demo.mp4");
    QVERIFY2(detected.ok(), detected ? "" : detected.error().sentence().c_str());
    QVERIFY(detected->complete);

    const FollowingTrack woman = trackInBoxes(detected->layer.tracks, readBoxes(json["woman"]));
    const FollowingTrack man = trackInBoxes(detected->layer.tracks, readBoxes(json["man"]));
    QVERIFY(woman.track != nullptr && man.track != nullptr);
    qInfo("woman: id %d, %.1f %% of frames 45-200; man: id %d, %.1f %% of frames 0-150", woman.track->id,
          100 * woman.share, man.track->id, 100 * man.share);
    QVERIFY2(woman.share >= 0.95, qPrintable(QString::number(woman.share)));
    QVERIFY2(man.share >= 0.85, qPrintable(QString::number(man.share)));
    QVERIFY(woman.track->id != man.track->id);
}

QTEST_GUILESS_MAIN(TestRealSports2d)
#include "tst_realsports2d.moc"
