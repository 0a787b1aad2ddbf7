#include "core/pose/posebox.h"
#include "models/finder/findercanvas.h"
#include "models/finder/finderdecode.h"
#include "models/finder/findertargets.h"
#include "models/finder/findertrainer.h"

#include "core/io/weightsfile.h"

#include <QtTest/QtTest>

#include <cmath>
#include <fstream>
#include <thread>

using namespace poselift;
namespace fs = std::filesystem;

namespace {

constexpr int kWidth = 192;
constexpr int kHeight = 128;

/// The maps that a perfect finder gives for @p people.
std::vector<FoundBox> foundInTargets(const std::vector<MarkedBox> &people)
{
    const FinderTargets targets = makeFinderTargets(people, kWidth, kHeight);
    std::vector<float> logits;
    for (const float value : targets.centre)
        logits.push_back(std::log(std::max(value, 1e-4F) / std::max(1 - value, 1e-4F)));
    return decodeFinder(logits, targets.shape, targets.rows, targets.columns, 0.3, 0.6);
}

FinderPicture plainPicture(int width, int height, std::uint8_t value, std::vector<MarkedBox> people)
{
    return {width, height, std::vector<std::uint8_t>(std::size_t(3) * width * height, value),
            std::move(people)};
}

} // namespace

class TestFinder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void boxesOfPerfectMapsAreExact();
    void twoPeopleInOneAnotherStayTwo();
    void nobodyIsFoundInAnEmptyMap();
    void duplicatesAreSuppressed();
    void lossDoesNotLookAtDoubtfulPeople();
    void packSurvivesTheFile();
    void packThatIsCutShortIsRefused();
    void packOfAnotherKindIsRefused();
    void canvasFollowsItsSeed();
    void boxesOfACanvasHoldTheirPeople();
    void resumedTrainingEqualsUninterrupted();
    void trainingStartsFromGivenWeights();

private:
    fs::path file(const char *name) const { return fs::path(m_folder.path().toStdString()) / name; }
    QTemporaryDir m_folder;
};

void TestFinder::boxesOfPerfectMapsAreExact()
{
    const std::vector<MarkedBox> people{{{20.3, 30.7, 24.9, 70.2}, true},
                                        {{110.0, 10.5, 60.4, 110.1}, true},
                                        {{88, 90, 9, 14}, true}};
    const std::vector<FoundBox> found = foundInTargets(people);
    QCOMPARE(found.size(), people.size());
    for (const MarkedBox &person : people) {
        const bool exact = std::any_of(found.begin(), found.end(), [&](const FoundBox &box) {
            return boxIou(box.box, person.box) > 0.999;
        });
        QVERIFY2(exact, qPrintable(QString::number(person.box.x)));
    }
}

void TestFinder::twoPeopleInOneAnotherStayTwo()
{
    const std::vector<FoundBox> found =
        foundInTargets({{{10, 10, 150, 110}, true}, {{30, 20, 20, 40}, true}});
    QCOMPARE(found.size(), std::size_t(2));
}

void TestFinder::nobodyIsFoundInAnEmptyMap()
{
    QVERIFY(foundInTargets({}).empty());
    QVERIFY(foundInTargets({{{-100, -100, 20, 50}, true}}).empty()); // centre outside
}

void TestFinder::duplicatesAreSuppressed()
{
    // Two peaks two cells apart that describe the same box.
    constexpr int kColumns = 8, kRows = 8;
    std::vector<float> centre(kColumns * kRows, -9.0F), shape(4 * kColumns * kRows, 0.0F);
    const auto put = [&](int column, float logit, float shiftX) {
        const int cell = 4 * kColumns + column;
        centre[cell] = logit;
        shape[cell] = shiftX;
        shape[2 * 64 + cell] = std::log(3.0F);
        shape[3 * 64 + cell] = std::log(5.0F);
    };
    put(3, 2.0F, 0.0F);
    put(5, 1.0F, -2.0F);
    const std::vector<FoundBox> found = decodeFinder(centre, shape, kRows, kColumns, 0.3, 0.6);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found[0].box, (Box{28 - 12, 36 - 20, 24, 40}));
    QVERIFY(std::abs(found[0].score - 1 / (1 + std::exp(-2.0F))) < 1e-6F);
}

void TestFinder::lossDoesNotLookAtDoubtfulPeople()
{
    const FinderTargets targets =
        makeFinderTargets(std::vector<MarkedBox>{{{64, 32, 32, 64}, false}}, kWidth, kHeight);
    QCOMPARE(*std::max_element(targets.centre.begin(), targets.centre.end()), 0.0F);
    QCOMPARE(targets.look[8 * targets.columns + 10], 0.0F); // (84, 68)
    QCOMPARE(targets.look[0], 1.0F);
}

void TestFinder::packSurvivesTheFile()
{
    FinderPack pack{"test",
                    {plainPicture(7, 5, 9, {{{1, 2, 3, 4}, true}, {{0, 0, 2, 2}, false}}),
                     plainPicture(4, 3, 200, {})}};
    pack.pictures[0].rgb[17] = 77;
    QVERIFY(writeFinderPack(pack, file("pack.h5")).ok());
    const Result<FinderPack> read = readFinderPack(file("pack.h5"));
    QVERIFY2(read.ok(), read ? "" : read.error().sentence().c_str());
    QCOMPARE(read->source, std::string("test"));
    QVERIFY(read->pictures == pack.pictures);
}

void TestFinder::packThatIsCutShortIsRefused()
{
    QVERIFY(writeFinderPack({"test", {plainPicture(40, 50, 9, {})}}, file("cut.h5")).ok());
    fs::resize_file(file("cut.h5"), fs::file_size(file("cut.h5")) / 2);
    QVERIFY(!readFinderPack(file("cut.h5")).ok());
}

void TestFinder::packOfAnotherKindIsRefused()
{
    WeightsFile weights;
    weights.arrays["a"] = {{1}, {1.0F}};
    QVERIFY(writeWeights(weights, file("weights.h5")).ok());
    const Result<FinderPack> read = readFinderPack(file("weights.h5"));
    QVERIFY(!read);
    QCOMPARE(read.error().code(), ErrorCode::WrongFormat);
    QCOMPARE(readFinderPack(file("absent.h5")).error().code(), ErrorCode::FileNotFound);
}

void TestFinder::canvasFollowsItsSeed()
{
    const std::vector<FinderPicture> pictures{
        plainPicture(60, 80, 100, {{{10, 10, 30, 60}, true}})};
    Random first(5, 1), again(5, 1), other(5, 2);
    const FinderPicture canvas = drawFinderCanvas(pictures, first);
    QVERIFY(canvas == drawFinderCanvas(pictures, again));
    QVERIFY(!(canvas == drawFinderCanvas(pictures, other)));
}

// A white person on black: what the canvas marks must be bright inside, whatever was done to it.
void TestFinder::boxesOfACanvasHoldTheirPeople()
{
    FinderPicture picture = plainPicture(90, 120, 0, {{{30, 20, 30, 80}, true}});
    for (int y = 20; y < 100; ++y)
        std::fill_n(picture.rgb.begin() + 3 * (y * 90 + 30), 90, std::uint8_t(255));
    int checked = 0;
    for (std::uint64_t i = 0; i < 60; ++i) {
        Random random(3, i);
        const FinderPicture canvas = drawFinderCanvas({picture}, random);
        for (const MarkedBox &person : canvas.people) {
            const int x = static_cast<int>(person.box.centreX()),
                      y = static_cast<int>(person.box.centreY());
            QVERIFY(x >= 0 && y >= 0 && x < canvas.width && y < canvas.height);
            const std::uint8_t *pixel = canvas.rgb.data() + 3 * (y * canvas.width + x);
            QVERIFY2(pixel[0] > 80, qPrintable(QString::number(i)));
            ++checked;
        }
    }
    QVERIFY(checked > 60);
}

void TestFinder::resumedTrainingEqualsUninterrupted()
{
    QVERIFY(writeFinderPack({"test", {plainPicture(60, 80, 100, {{{10, 10, 30, 60}, true}})}},
                            file("train.h5"))
                .ok());
    FinderTrainOptions options;
    options.data = file("train.h5");
    options.batch = 2;
    options.steps = 4;
    options.threads = 1;
    options.checkpointEvery = 2;
    options.out = file("whole");
    QVERIFY(trainFinder(options, {}).ok());

    options.out = file("parts");
    std::stop_source stop;
    const JobContext interrupted{stop.get_token(), {}};
    std::thread stopper([&] {
        while (!fs::exists(file("parts") / "checkpoint.h5"))
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        stop.request_stop();
    });
    const Result<FinderTrainReport> first = trainFinder(options, interrupted);
    stopper.join();
    if (!first)
        QVERIFY(first.error().isCancelled());
    options.resume = true;
    const Result<FinderTrainReport> second = trainFinder(options, {});
    QVERIFY2(second.ok(), second ? "" : second.error().sentence().c_str());
    QCOMPARE(second->steps, std::int64_t(4));
    QVERIFY(readWeights(file("parts") / "finder.h5")->arrays ==
            readWeights(file("whole") / "finder.h5")->arrays);
}

void TestFinder::trainingStartsFromGivenWeights()
{
    QVERIFY(writeFinderPack({"test", {plainPicture(60, 80, 100, {{{10, 10, 30, 60}, true}})}}, file("train.h5")).ok());
    FinderTrainOptions options;
    options.data = file("train.h5");
    options.batch = 2;
    options.steps = 1;
    options.threads = 1;
    options.out = file("first");
    QVERIFY(trainFinder(options, {}).ok());
    options.init = file("first/finder.h5");
    options.out = file("second");
    options.learningRate = 0;
    QVERIFY(trainFinder(options, {}).ok());
    const Result<WeightsFile> first = readWeights(options.init), second = readWeights(file("second/finder.h5"));
    QVERIFY(first.ok() && second.ok());
    // The statistics of the normalisation are those of the last batch; parameters do not move.
    QVERIFY(first->arrays.at("head.weight") == second->arrays.at("head.weight"));
    options.init = file("nowhere.h5");
    QCOMPARE(trainFinder(options, {}).error().code(), ErrorCode::FileNotFound);
}

QTEST_GUILESS_MAIN(TestFinder)
#include "tst_finder.moc"
