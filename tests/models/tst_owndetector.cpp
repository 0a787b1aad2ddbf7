#include "models/detect/ownfinder.h"
#include "models/detect/topdowndetector.h"
#include "models/tracker.h"

#include "core/media/framesource.h"
#include "models/registry.h"
#include "tests/support/detectormodels.h"

#include <opencv2/imgcodecs.hpp>

#include <QtTest/QtTest>

#include <cmath>

using namespace poselift;
namespace fs = std::filesystem;

namespace {

constexpr double kFps = 30.0;

/// A person who walks and is hidden for a while; the faces of our detector see it as they would.
struct Scene
{
    int frame = 0;
    int hiddenFrom = -1;
    int hiddenUntil = -1;

    bool isHidden() const { return frame >= hiddenFrom && frame < hiddenUntil; }
    Box person() const { return {200.0 + 0.5 * frame, 100, 80, 200}; }
};

class SceneFinder : public PersonFinder
{
public:
    explicit SceneFinder(const Scene &scene) : m_scene(scene) {}
    Result<std::vector<PersonDetection>> find(const ImageView &) override
    {
        if (m_scene.isHidden())
            return std::vector<PersonDetection>();
        return std::vector<PersonDetection>{{m_scene.person(), 0.8F, {}}};
    }

private:
    const Scene &m_scene;
};

/// Keypoints of the person where the crop shows it, unsure ones elsewhere.
class SceneEstimator : public KeypointEstimator
{
public:
    explicit SceneEstimator(const Scene &scene) : m_scene(scene), m_skeleton(*findSkeleton("lsp14")) {}
    const std::string &name() const override { return m_name; }
    const Skeleton &skeleton() const override { return m_skeleton; }
    Crop cropAround(const Box &person) const override
    {
        const double side = 1.25 * std::max(person.width, person.height);
        return {{person.centreX() - side / 2, person.centreY() - side / 2, side, side}, 128, 128};
    }
    Result<Pose2D> estimate(const ImageView &, const Crop &crop) override
    {
        const Box person = m_scene.person();
        const bool seen = !m_scene.isHidden() && std::abs(crop.source.centreX() - person.centreX()) < person.width;
        Pose2D pose;
        for (int joint = 0; joint < m_skeleton.jointCount(); ++joint) {
            const double x = seen ? person.x + (joint % 3) * person.width / 2 : crop.source.centreX();
            const double y = seen ? person.y + joint * person.height / 13 : crop.source.centreY();
            pose.push_back({x, y, seen ? 0.8F : 0.03F, KeypointState::Visible, KeypointOrigin::Detected});
        }
        return pose;
    }

private:
    const Scene &m_scene;
    std::string m_name = "scene";
    Skeleton m_skeleton;
};

std::unique_ptr<Detector2D> sceneDetector(const Scene &scene)
{
    return std::make_unique<TopDownDetector>(std::make_unique<SceneEstimator>(scene),
                                             std::make_unique<SceneFinder>(scene));
}

/// Tracks of @p frames frames of @p scene.
std::vector<KeypointTrack> follow(Scene &scene, int frames)
{
    const std::unique_ptr<Detector2D> detector = sceneDetector(scene);
    const std::unique_ptr<PoseTracker> tracker = createTracker(detector->skeleton());
    const std::vector<std::uint8_t> pixels(16 * 16 * 4, 128);
    for (scene.frame = 0; scene.frame < frames; ++scene.frame) {
        const double seconds = scene.frame / kFps;
        const auto people = detector->detect({pixels.data(), 16, 16, 64}, tracker->predictedBoxes(seconds));
        tracker->add(scene.frame, seconds, *people);
    }
    return tracker->finish();
}

/// A grey figure of bars on a lighter ground, cut by the right border.
cv::Mat figureAtTheBorder(int type)
{
    const double scale = CV_MAT_DEPTH(type) == CV_16U ? 257 : 1;
    cv::Mat picture(240, 160, type, cv::Scalar::all(200 * scale));
    picture(cv::Rect(130, 40, 30, 160)).setTo(cv::Scalar::all(60 * scale));
    return picture;
}

} // namespace

class TestOwnDetector : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finderSeesTheWholePicture_data();
    void finderSeesTheWholePicture();
    void twoSecondsBehindAWallKeepTheId();
    void hintsFollowWhomTheFinderMisses();
    void ourOwnIsUsedWhenNothingElseIsInstalled();
    void namedBoxModelIsUsed();
    void withoutAnyModelNoDetectorIsSaid();
    void everyPictureFileIsRead_data();
    void everyPictureFileIsRead();
    void oddSizesAreSeen_data();
    void oddSizesAreSeen();
    void emptyPictureIsRefused();

private:
    fs::path root() const { return fs::path(m_folder.path().toStdString()); }
    static bool hasBundled();
    QTemporaryDir m_folder;
};

bool TestOwnDetector::hasBundled()
{
    const std::vector<InstalledModel> models = installedModels();
    return std::any_of(models.begin(), models.end(),
                       [](const InstalledModel &model) { return model.bundled && model.kind == "keypoints"; });
}

void TestOwnDetector::finderSeesTheWholePicture_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("1080p") << 1920 << 1080;
    QTest::newRow("portrait") << 1080 << 1920;
    QTest::newRow("small") << 100 << 90;
    QTest::newRow("one pixel") << 1 << 1;
    QTest::newRow("very wide") << 12000 << 80;
}

void TestOwnDetector::finderSeesTheWholePicture()
{
    QFETCH(int, width);
    QFETCH(int, height);
    const Crop crop = finderCrop(width, height, 320);
    QCOMPARE(crop.inputWidth % kFinderInputStep, 0);
    QCOMPARE(crop.inputHeight % kFinderInputStep, 0);
    QCOMPARE(std::max(crop.inputWidth, crop.inputHeight), 320);
    QVERIFY(std::abs(crop.scaleX() - crop.scaleY()) < 1e-9 * crop.scaleX());
    QVERIFY(crop.source.x <= 1e-6 && crop.source.x + crop.source.width >= width - 1e-6);
    QVERIFY(crop.source.y <= 1e-6 && crop.source.y + crop.source.height >= height - 1e-6);
}

void TestOwnDetector::twoSecondsBehindAWallKeepTheId()
{
    Scene scene;
    scene.hiddenFrom = 45;
    scene.hiddenUntil = 105;
    const std::vector<KeypointTrack> tracks = follow(scene, 150);
    QCOMPARE(tracks.size(), std::size_t(1));
    QVERIFY(tracks[0].isPresent(44) && !tracks[0].isPresent(60) && tracks[0].isPresent(106));
}

void TestOwnDetector::hintsFollowWhomTheFinderMisses()
{
    Scene scene;
    const std::unique_ptr<Detector2D> detector = sceneDetector(scene);
    const std::vector<std::uint8_t> pixels(16 * 16 * 4, 128);
    const std::vector<Box> hint{scene.person()};
    const auto people = detector->estimatePoses({pixels.data(), 16, 16, 64}, {}, hint);
    QVERIFY(people.ok());
    QCOMPARE(people->size(), std::size_t(1));
}

void TestOwnDetector::ourOwnIsUsedWhenNothingElseIsInstalled()
{
    qputenv("POSELIFT_MODELS", m_folder.path().toUtf8());
    QVERIFY2(hasBundled(), "resources/models has no detector of our own");
    const auto alone = createDetector({});
    QVERIFY2(alone.ok(), alone ? "" : alone.error().sentence().c_str());
    QCOMPARE((*alone)->name(), std::string("person19"));
    // Who installs another network has chosen it; ours can still be named.
    nlohmann::json manifest = testManifest("keypoints", "crop");
    manifest["priority"] = 30;
    manifest["decoder"] = {{"type", "heatmaps"}, {"refinement", "none"}, {"alignment", "centre"}};
    OnnxWriter net({1, 3, 64, 64});
    net.addFloats("w", {17, 3, 1, 1}, std::vector<float>(17 * 3, 0.001F));
    net.addNode("Conv", {"input", "w"}, "heatmap", {{"kernel_shape", {1, 1}}});
    net.addOutput("heatmap", {1, 17, 64, 64});
    writeModel(root(), "other", manifest, net.bytes());
    const auto both = createDetector({});
    QVERIFY(both.ok());
    QCOMPARE((*both)->name(), std::string("other"));
    QCOMPARE((*createDetector({"person19", "", 1}))->name(), std::string("person19"));
}

void TestOwnDetector::namedBoxModelIsUsed()
{
    qputenv("POSELIFT_MODELS", m_folder.path().toUtf8());
    const auto detector = createDetector({"", "boxes", 1});
    QVERIFY(!detector);
    QCOMPARE(detector.error().code(), ErrorCode::ModelNotFound);
}

void TestOwnDetector::withoutAnyModelNoDetectorIsSaid()
{
    const QByteArray resources = qgetenv("POSELIFT_RESOURCES");
    const QTemporaryDir empty;
    qputenv("POSELIFT_RESOURCES", empty.path().toUtf8());
    qputenv("POSELIFT_MODELS", empty.path().toUtf8());
    const auto detector = createDetector({});
    qputenv("POSELIFT_RESOURCES", resources);
    QVERIFY(!detector);
    QCOMPARE(detector.error().code(), ErrorCode::NoDetector);
}

void TestOwnDetector::everyPictureFileIsRead_data()
{
    QTest::addColumn<int>("type");
    QTest::newRow("grey") << CV_8UC1;
    QTest::newRow("16-bit grey") << CV_16UC1;
    QTest::newRow("16-bit colour") << CV_16UC3;
    QTest::newRow("alpha") << CV_8UC4;
    QTest::newRow("colour") << CV_8UC3;
}

// A person cut by the border, in every kind of file: whatever is found lies near the picture.
void TestOwnDetector::everyPictureFileIsRead()
{
    QFETCH(int, type);
    qputenv("POSELIFT_MODELS", m_folder.path().toUtf8());
    const fs::path path = root() / (std::string(QTest::currentDataTag()) + ".png");
    QVERIFY(cv::imwrite(path.string(), figureAtTheBorder(type)));
    auto source = openFrameSource(path);
    QVERIFY2(source.ok(), source ? "" : source.error().sentence().c_str());
    const Result<VideoFrame> frame = (*source)->firstFrame();
    QVERIFY(frame.ok());
    const auto detector = createDetector({"person19", "", 0});
    QVERIFY2(detector.ok(), detector ? "" : detector.error().sentence().c_str());
    const std::vector<Box> hint{{110, 30, 90, 180}};
    const auto people = (*detector)->detect(frame->view(), hint);
    QVERIFY2(people.ok(), people ? "" : people.error().sentence().c_str());
    for (const PersonDetection &person : *people) {
        for (const Keypoint2D &keypoint : person.pose)
            QVERIFY(std::isfinite(keypoint.x) && std::isfinite(keypoint.y) && std::abs(keypoint.x) < 1000);
    }
}

void TestOwnDetector::oddSizesAreSeen_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("one pixel") << 1 << 1;
    QTest::newRow("one row") << 300 << 1;
    QTest::newRow("12k x 8k") << 12000 << 8000;
}

// Plain pictures show nobody.
void TestOwnDetector::oddSizesAreSeen()
{
    QFETCH(int, width);
    QFETCH(int, height);
    qputenv("POSELIFT_MODELS", m_folder.path().toUtf8());
    const auto detector = createDetector({"person19", "", 0});
    QVERIFY2(detector.ok(), detector ? "" : detector.error().sentence().c_str());
    const std::vector<std::uint8_t> pixels(std::size_t(4) * width * height, 90);
    const auto people = (*detector)->detect({pixels.data(), width, height, 4 * width}, {});
    QVERIFY2(people.ok(), people ? "" : people.error().sentence().c_str());
    QVERIFY(people->empty());
}

void TestOwnDetector::emptyPictureIsRefused()
{
    qputenv("POSELIFT_MODELS", m_folder.path().toUtf8());
    const auto detector = createDetector({"person19", "", 0});
    QVERIFY(detector.ok());
    const auto people = (*detector)->detect(ImageView(), {});
    QVERIFY(!people);
    QCOMPARE(people.error().code(), ErrorCode::BadArgument);
}

QTEST_GUILESS_MAIN(TestOwnDetector)
#include "tst_owndetector.moc"
