#include "core/media/framesource.h"
#include "tests/support/environment.h"

#include <QtTest/QtTest>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <filesystem>
#include <vector>

using namespace poselift;
namespace fs = std::filesystem;

// Some pose2sim clips are 1080 px wide, the others and the calibration 1088 px, all 1920 px high. Each
// camera stood still between the two takes, one of which is 1088 and one 1080 px wide, so that the
// background tells how one came from the other: by a scaling with 1088 / 1080 in both directions, about
// the left border in x and about the middle row in y. (The 1088 px pictures show fewer rows of the
// scene.) A pixel (x, y) of a 1080 px clip is therefore
//     (x · 1088 / 1080, 960 + (y − 960) · 1088 / 1080)
// in the calibration's pictures. Nothing was cut from the left, and nothing is padding.

namespace {

constexpr int kPatch = 256;
constexpr double kSmallestResponse = 0.2; ///< of phase correlation: below it a patch shows nothing fixed

/// Where a patch of the narrow picture is in the wide one: position and offset along one axis.
struct Offset
{
    double position = 0.0; ///< px of the narrow picture, the patch's middle
    double offset = 0.0;   ///< px to add
};

struct Offsets
{
    std::vector<Offset> x;
    std::vector<Offset> y;
};

/// First frame in grey, float.
Result<cv::Mat> background(const fs::path &video)
{
    const Result<std::unique_ptr<FrameSource>> source = openFrameSource(video.string());
    if (!source)
        return source.error();
    const Result<VideoFrame> frame = (*source)->firstFrame();
    if (!frame)
        return frame.error();
    const ImageView view = frame->view();
    const cv::Mat colour(view.height, view.width, CV_8UC4, const_cast<std::uint8_t *>(view.data),
                         static_cast<std::size_t>(view.strideBytes));
    cv::Mat grey, values;
    cv::cvtColor(colour, grey, cv::COLOR_BGRA2GRAY);
    grey.convertTo(values, CV_32F);
    return values;
}

Offsets measure(const cv::Mat &narrow, const cv::Mat &wide)
{
    cv::Mat window;
    cv::createHanningWindow(window, {kPatch, kPatch}, CV_32F);
    Offsets offsets;
    for (int top = 0; top + kPatch <= narrow.rows; top += 104) {
        for (int left = 0; left + kPatch <= narrow.cols; left += 103) {
            const cv::Rect place(left, top, kPatch, kPatch);
            double response = 0;
            // Without their means: else the window itself, which does not move, is what correlates.
            const cv::Mat from = narrow(place) - cv::mean(narrow(place)), to = wide(place) - cv::mean(wide(place));
            const cv::Point2d shift = cv::phaseCorrelate(from, to, window, &response);
            if (response < kSmallestResponse)
                continue;
            offsets.x.push_back({left + kPatch / 2.0, shift.x});
            offsets.y.push_back({top + kPatch / 2.0, shift.y});
        }
    }
    return offsets;
}

double median(std::vector<double> values)
{
    std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
    return values[values.size() / 2];
}

struct Line
{
    double slope = 0.0;
    double root = 0.0; ///< position without offset
};

/// Theil–Sen line: people moved between the takes, so that some patches are wrong.
Line fit(const std::vector<Offset> &offsets)
{
    std::vector<double> slopes, intercepts;
    for (const Offset &a : offsets) {
        for (const Offset &b : offsets) {
            if (b.position > a.position)
                slopes.push_back((b.offset - a.offset) / (b.position - a.position));
        }
    }
    Line line;
    line.slope = median(slopes);
    for (const Offset &offset : offsets)
        intercepts.push_back(offset.offset - line.slope * offset.position);
    line.root = -median(intercepts) / line.slope;
    return line;
}

} // namespace

class TestPose2simFraming : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void narrowClipsAreScaledAlikeInBothDirections_data();
    void narrowClipsAreScaledAlikeInBothDirections();
};

void TestPose2simFraming::narrowClipsAreScaledAlikeInBothDirections_data()
{
    QTest::addColumn<QString>("camera");
    for (const char *camera : {"cam01", "cam02", "cam03", "cam04"})
        QTest::newRow(camera) << QString::fromLatin1(camera);
}

void TestPose2simFraming::narrowClipsAreScaledAlikeInBothDirections()
{
    POSELIFT_REQUIRE_DATA(data, "POSELIFT_REAL_DATA");
    QFETCH(QString, camera);
    std::vector<cv::Mat> pictures;
    for (const char *take : {"S00_P00_T00_StaticTrial", "S00_P00_T01_BalancingTrial"}) {
        const Result<cv::Mat> picture =
            background(data / "multiview_pose2sim" / take / "videos" / (camera.toStdString() + ".mp4"));
        QVERIFY2(picture.ok(), picture ? "" : picture.error().sentence().c_str());
        pictures.push_back(*picture);
    }
    std::ranges::sort(pictures, {}, &cv::Mat::cols);
    QCOMPARE(pictures[0].size(), cv::Size(1080, 1920));
    QCOMPARE(pictures[1].size(), cv::Size(1088, 1920));
    const Offsets offsets = measure(pictures[0], pictures[1]);
    QVERIFY(offsets.x.size() >= 10);
    const Line x = fit(offsets.x);
    const Line y = fit(offsets.y);
    qInfo("%s: scale x %.4f about %.0f, y %.4f about %.0f (%zu patches; 1088/1080 = %.4f)", qPrintable(camera),
          1 + x.slope, x.root, 1 + y.slope, y.root, offsets.x.size(), 1088.0 / 1080.0);
    QVERIFY(std::abs(x.slope - 8.0 / 1080) < 0.0015);
    QVERIFY(std::abs(y.slope - 8.0 / 1080) < 0.0015);
    QVERIFY(std::abs(x.root) < 150);
    QVERIFY(std::abs(y.root - 960) < 150);
}

QTEST_GUILESS_MAIN(TestPose2simFraming)
#include "tst_pose2simframing.moc"
