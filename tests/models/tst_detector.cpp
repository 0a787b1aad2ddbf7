#include "core/base/paths.h"
#include "models/detect/networkinput.h"
#include "models/detector.h"
#include "models/installmodel.h"
#include "tests/support/detectormodels.h"

#include <opencv2/core/mat.hpp>

#include <QtTest/QtTest>

#include <cmath>
#include <limits>

using namespace poselift;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

struct Picture
{
    int width;
    int height;
    std::vector<std::uint8_t> pixels;

    ImageView view() const { return {pixels.data(), width, height, width * 4}; }
};

/// Red Gaussian blob on black around (x, y), px with pixel centres at + 0.5.
Picture blobPicture(int width, int height, double x, double y, double sigma)
{
    Picture picture{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width) * height * 4, 0)};
    for (int row = 0; row < height; ++row)
        for (int column = 0; column < width; ++column) {
            const double squared = std::pow(column + 0.5 - x, 2) + std::pow(row + 0.5 - y, 2);
            std::uint8_t *pixel = &picture.pixels[(static_cast<std::size_t>(row) * width + column) * 4];
            pixel[2] = static_cast<std::uint8_t>(std::lround(250 * std::exp(-squared / (2 * sigma * sigma))));
            pixel[3] = 255;
        }
    return picture;
}

/// 17 heatmaps at the input's resolution, each the red channel divided by 255.
std::string redHeatmapNetwork()
{
    OnnxWriter net({1, 3, 64, 64});
    std::vector<float> weight(17 * 3, 0.0F);
    for (int k = 0; k < 17; ++k)
        weight[k * 3] = 1.0F / 255; // channel 0 of RGB
    net.addFloats("w", {17, 3, 1, 1}, weight);
    net.addNode("Conv", {"input", "w"}, "heatmap", {{"kernel_shape", {1, 1}}});
    net.addOutput("heatmap", {1, 17, 64, 64});
    return net.bytes();
}

json redHeatmapManifest()
{
    json manifest = testManifest("keypoints", "crop");
    manifest["decoder"] = {{"type", "heatmaps"}, {"refinement", "taylor"}, {"alignment", "centre"}};
    return manifest;
}

/// Two overlapping people and one apart in the layout of YOLOv8-pose, input 64 × 64.
std::string yoloNetwork()
{
    constexpr int kCandidates = 3;
    std::vector<float> values(56 * kCandidates, 0.0F);
    const float people[kCandidates][5] = {{20, 32, 16, 32, 0.9F}, {21, 32, 16, 32, 0.8F}, {50, 32, 16, 32, 0.7F}};
    for (int i = 0; i < kCandidates; ++i) {
        for (int channel = 0; channel < 5; ++channel)
            values[channel * kCandidates + i] = people[i][channel];
        for (int k = 0; k < 17; ++k) {
            values[(5 + 3 * k) * kCandidates + i] = people[i][0];
            values[(6 + 3 * k) * kCandidates + i] = 16.0F + k;
            values[(7 + 3 * k) * kCandidates + i] = 0.9F;
        }
    }
    OnnxWriter net({1, 3, 64, 64});
    net.addConstantOutput("output0", {1, 56, kCandidates}, values);
    return net.bytes();
}

std::string errorOf(const DetectorOptions &options)
{
    const Result<std::unique_ptr<Detector2D>> detector = createDetector(options);
    return detector ? std::string("no error") : std::string(errorName(detector.error().code())) + ": " + detector.error().sentence();
}

} // namespace

class TestDetector : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void noDetectorIsSaid();
    void unknownNameListsTheInstalledOnes();
    void cropMapsBackToTheFrame_data();
    void cropMapsBackToTheFrame();
    void letterboxMapsBackToTheFrame();
    void coloursAndNormalisationReachTheNetwork();
    void boxesFeedTheKeypointNetwork();
    void yoloPoseFindsTwoPeople();
    void simccNetworkIsRead();
    void unsupportedOperatorIsNamed();
    void weightsThatAreNotNumbersAreRefused();
    void wrongShapesAreRefused();
    void damagedNetworkIsRefused();
    void channelNamesMustBeJoints();

private:
    fs::path root() const { return fs::path(m_folder->path().toStdString()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QTemporaryDir> m_resources;
};

// Resources of this test's own: the skeletons, but no bundled model.
void TestDetector::init()
{
    static const fs::path kSkeletons = resourceDirectory() / "skeletons";
    m_folder = std::make_unique<QTemporaryDir>();
    m_resources = std::make_unique<QTemporaryDir>();
    const fs::path resources = m_resources->path().toStdString();
    fs::create_directory_symlink(kSkeletons, resources / "skeletons");
    qputenv("POSELIFT_RESOURCES", m_resources->path().toUtf8());
    qputenv("POSELIFT_MODELS", m_folder->path().toUtf8());
}

void TestDetector::noDetectorIsSaid()
{
    const Result<std::unique_ptr<Detector2D>> detector = createDetector({});
    QVERIFY(!detector);
    QCOMPARE(detector.error().code(), ErrorCode::NoDetector);
}

void TestDetector::unknownNameListsTheInstalledOnes()
{
    writeModel(root(), "red", redHeatmapManifest(), redHeatmapNetwork());
    QCOMPARE(errorOf({"blue", "", 1}), std::string("ModelNotFound: Model 'blue' is not installed; installed are: red."));
    QCOMPARE(errorOf({"red", "boxes", 1}), std::string("ModelNotFound: Model 'boxes' is not installed; installed are: none."));
}

void TestDetector::cropMapsBackToTheFrame_data()
{
    QTest::addColumn<double>("x");
    QTest::addColumn<double>("y");
    QTest::addColumn<double>("side");
    QTest::addColumn<double>("sigma");
    QTest::newRow("enlarged") << 101.3 << 77.7 << 40.0 << 4.0;
    QTest::newRow("same size") << 101.3 << 77.7 << 64.0 << 4.0;
    QTest::newRow("shrunk by 1.4") << 150.8 << 99.2 << 90.0 << 6.0;
    QTest::newRow("shrunk by 2") << 150.8 << 99.2 << 128.0 << 8.0;
    QTest::newRow("shrunk by 3.1") << 160.4 << 120.9 << 200.0 << 12.0;
    QTest::newRow("reaches outside") << 12.4 << 225.1 << 64.0 << 4.0;
}

void TestDetector::cropMapsBackToTheFrame()
{
    QFETCH(double, x);
    QFETCH(double, y);
    QFETCH(double, side);
    QFETCH(double, sigma);
    writeModel(root(), "red", redHeatmapManifest(), redHeatmapNetwork());
    Result<std::unique_ptr<Detector2D>> detector = createDetector({"", "", 1});
    QVERIFY2(detector.ok(), detector ? "" : detector.error().sentence().c_str());
    const Picture picture = blobPicture(320, 240, x, y, sigma);
    // All 17 keypoints fall together, so that no second look moves the crop.
    const Box hint{x + 0.13 * side - side / 2, y - 0.07 * side - side / 2, side, side};
    const Result<std::vector<PersonDetection>> people = (*detector)->detect(picture.view(), std::vector<Box>{hint});
    QVERIFY(people.ok());
    QCOMPARE(people->size(), std::size_t(1));
    const Keypoint2D &found = people->front().pose[5];
    const double tolerance = 0.1 * std::max(1.0, side / 64);
    QVERIFY2(std::abs(found.x - x) < tolerance, qPrintable(QString::number(found.x - x)));
    QVERIFY2(std::abs(found.y - y) < tolerance, qPrintable(QString::number(found.y - y)));
    QVERIFY(found.confidence > 0.9F);
}

void TestDetector::letterboxMapsBackToTheFrame()
{
    // A 200 × 100 picture in 64 × 64: scale 3.125, 16 empty rows above and below.
    NetworkInput input;
    input.width = 64;
    input.height = 64;
    input.resize = ResizeMode::Letterbox;
    input.fill = 7;
    const Crop crop = cropOfPicture(200, 100, input);
    QCOMPARE(crop.inputV(0), 16.0);
    QCOMPARE(crop.inputV(100), 48.0);
    QCOMPARE(crop.pictureX(crop.inputU(123.4)), 123.4);

    const Picture picture = blobPicture(200, 100, 140, 40, 12);
    cv::Mat fed;
    fillInputPicture(picture.view(), crop, input, fed);
    QCOMPARE(int(fed.at<cv::Vec3b>(5, 30)[1]), 7);
    double sum = 0, sumU = 0, sumV = 0;
    for (int row = 17; row < 47; ++row)
        for (int column = 0; column < 64; ++column) {
            const double red = fed.at<cv::Vec3b>(row, column)[2];
            sum += red;
            sumU += red * (column + 0.5);
            sumV += red * (row + 0.5);
        }
    QVERIFY(std::abs(crop.pictureX(sumU / sum) - 140) < 0.3);
    QVERIFY(std::abs(crop.pictureY(sumV / sum) - 40) < 0.3);
}

void TestDetector::coloursAndNormalisationReachTheNetwork()
{
    Picture picture{8, 8, {}};
    for (int i = 0; i < 64; ++i)
        picture.pixels.insert(picture.pixels.end(), {10, 20, 30, 255}); // B, G, R
    NetworkInput input;
    input.width = 4;
    input.height = 4;
    input.scale = 0.5;
    input.mean = {1, 2, 3};
    input.std = {2, 4, 5};
    cv::Mat blob;
    fillBlob(picture.view(), cropOfPicture(8, 8, input), input, blob);
    const auto value = [&](int channel) { return blob.ptr<float>(0, channel)[5]; };
    QCOMPARE(value(0), (30 * 0.5F - 1) / 2); // RGB
    QCOMPARE(value(1), (20 * 0.5F - 2) / 4);
    QCOMPARE(value(2), (10 * 0.5F - 3) / 5);
    input.rgb = false;
    fillBlob(picture.view(), cropOfPicture(8, 8, input), input, blob);
    QCOMPARE(value(0), (10 * 0.5F - 1) / 2); // BGR
}

void TestDetector::boxesFeedTheKeypointNetwork()
{
    // A box network that always sees a person in cell (1, 2) of 4 × 4: centre (0.625, 0.375).
    std::vector<float> values(6 * 16, 0.0F);
    values[0 * 16 + 6] = 0.9F;
    values[1 * 16 + 6] = std::atanh(0.5F);
    values[2 * 16 + 6] = std::atanh(0.5F);
    values[3 * 16 + 6] = -1.0F;
    values[4 * 16 + 6] = -1.0F;
    values[5 * 16 + 6] = 0.9F;
    OnnxWriter boxes({1, 3, 64, 64});
    boxes.addConstantOutput("out", {1, 6, 4, 4}, values);
    json manifest = testManifest("boxes", "stretch");
    manifest["decoder"] = {{"type", "fastestdet"}, {"score_threshold", 0.5}, {"nms_iou", 0.45}};
    writeModel(root(), "boxes", manifest, boxes.bytes());
    writeModel(root(), "red", redHeatmapManifest(), redHeatmapNetwork());

    Result<std::unique_ptr<Detector2D>> detector = createDetector({"", "", 1});
    QVERIFY2(detector.ok(), detector ? "" : detector.error().sentence().c_str());
    const Picture picture = blobPicture(320, 240, 210, 85, 5);
    const Result<std::vector<PersonDetection>> people = (*detector)->detect(picture.view(), {});
    QVERIFY(people.ok());
    QCOMPARE(people->size(), std::size_t(1));
    QVERIFY(std::abs(people->front().pose[0].x - 210) < 0.2);
    // The same person as a hint is not looked at or reported twice.
    const Box hint{150, 40, 110, 90};
    QCOMPARE((*detector)->detect(picture.view(), std::vector<Box>{hint})->size(), std::size_t(1));
}

void TestDetector::yoloPoseFindsTwoPeople()
{
    json manifest = testManifest("keypoints", "letterbox");
    manifest["decoder"] = {{"type", "yolopose"}, {"score_threshold", 0.5}, {"nms_iou", 0.5}};
    writeModel(root(), "yolo", manifest, yoloNetwork());
    Result<std::unique_ptr<Detector2D>> detector = createDetector({"", "", 1});
    QVERIFY2(detector.ok(), detector ? "" : detector.error().sentence().c_str());
    const Picture picture = blobPicture(128, 64, 10, 10, 3); // scale 2, 16 empty rows above
    const Result<std::vector<PersonDetection>> people = (*detector)->detect(picture.view(), {});
    QVERIFY(people.ok());
    QCOMPARE(people->size(), std::size_t(2));
    QCOMPARE(people->at(0).box, (Box{24, 0, 32, 64}));
    QCOMPARE(people->at(1).box.x, 84.0);
    QCOMPARE(people->at(0).pose[3].x, 40.0);
    QCOMPARE(people->at(0).pose[3].y, (19.0 - 16) * 2);
}

void TestDetector::simccNetworkIsRead()
{
    std::vector<float> x(17 * 128, 0.0F), y(17 * 128, 0.0F);
    for (int k = 0; k < 17; ++k) {
        x[k * 128 + 2 * k] = 0.8F;
        y[k * 128 + 100] = 0.9F;
    }
    OnnxWriter net({1, 3, 64, 64});
    net.addConstantOutput("simcc_x", {1, 17, 128}, x);
    net.addConstantOutput("simcc_y", {1, 17, 128}, y);
    json manifest = testManifest("keypoints", "crop");
    manifest["decoder"] = {{"type", "simcc"}, {"bins_per_pixel", 2}, {"outputs", {{"x", "simcc_x"}, {"y", "simcc_y"}}}};
    writeModel(root(), "simcc", manifest, net.bytes());
    Result<std::unique_ptr<Detector2D>> detector = createDetector({"", "", 1});
    QVERIFY2(detector.ok(), detector ? "" : detector.error().sentence().c_str());
    const Picture picture = blobPicture(64, 64, 10, 10, 3);
    const Result<std::vector<PersonDetection>> people = (*detector)->detect(picture.view(), std::vector<Box>{{0, 0, 64, 64}});
    QVERIFY(people.ok());
    QCOMPARE(people->size(), std::size_t(1));
    // The keypoints' own box is smaller than the hint, so a second look may have moved the crop:
    // the order of the joints and the scores are what counts here.
    const Pose2D &pose = people->front().pose;
    QVERIFY(pose[16].x > pose[0].x);
    QCOMPARE(pose[4].confidence, 0.8F);
}

void TestDetector::unsupportedOperatorIsNamed()
{
    OnnxWriter net({1, 3, 64, 64});
    net.addNode("FancyAttention", {"input"}, "heatmap");
    net.addOutput("heatmap", {1, 17, 64, 64});
    writeModel(root(), "fancy", redHeatmapManifest(), net.bytes());
    const std::string error = errorOf({"", "", 1});
    QVERIFY2(error.starts_with("UnsupportedOperator"), error.c_str());
    QVERIFY2(error.find("'FancyAttention'") != std::string::npos, error.c_str());
}

void TestDetector::weightsThatAreNotNumbersAreRefused()
{
    OnnxWriter net({1, 3, 64, 64});
    std::vector<float> weight(17 * 3, 0.1F);
    weight[7] = std::numeric_limits<float>::quiet_NaN();
    net.addFloats("w", {17, 3, 1, 1}, weight);
    net.addNode("Conv", {"input", "w"}, "heatmap", {{"kernel_shape", {1, 1}}});
    net.addOutput("heatmap", {1, 17, 64, 64});
    writeModel(root(), "nan", redHeatmapManifest(), net.bytes());
    const std::string error = errorOf({"", "", 1});
    QVERIFY2(error.starts_with("NotFinite"), error.c_str());
}

void TestDetector::wrongShapesAreRefused()
{
    OnnxWriter net({1, 3, 64, 64});
    net.addConstantOutput("heatmap", {1, 2, 4, 4}, std::vector<float>(32, 0.0F));
    writeModel(root(), "small", redHeatmapManifest(), net.bytes());
    const std::string error = errorOf({"", "", 1});
    QVERIFY2(error.starts_with("WrongOutput"), error.c_str());
    QVERIFY2(error.find("expected the shape 1x17xrowsxcolumns, found 1x2x4x4") != std::string::npos, error.c_str());
}

void TestDetector::damagedNetworkIsRefused()
{
    const std::string bytes = redHeatmapNetwork();
    writeModel(root(), "cut", redHeatmapManifest(), bytes.substr(0, bytes.size() / 2));
    QVERIFY2(errorOf({"", "", 1}).starts_with("NetworkNotReadable"), errorOf({"", "", 1}).c_str());
    writeModel(root(), "cut", redHeatmapManifest(), "this is no network");
    QVERIFY2(errorOf({"", "", 1}).starts_with("NetworkNotReadable"), errorOf({"", "", 1}).c_str());
}

void TestDetector::channelNamesMustBeJoints()
{
    json manifest = redHeatmapManifest();
    manifest["channels"] = std::vector<std::string>(17, "nose");
    manifest["channels"][3] = "left_knuckle";
    writeModel(root(), "named", manifest, redHeatmapNetwork());
    QVERIFY(errorOf({"", "", 1}).find("field 'channels[3]'") != std::string::npos);
    manifest["channels"][3] = "left_eye";
    writeModel(root(), "named", manifest, redHeatmapNetwork());
    QVERIFY(errorOf({"", "", 1}).find("no 'right_eye'") != std::string::npos);
}

QTEST_APPLESS_MAIN(TestDetector)
#include "tst_detector.moc"
