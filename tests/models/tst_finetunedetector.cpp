#include "core/io/projectfile.h"
#include "core/io/weightsfile.h"
#include "models/detect/choosedetector.h"
#include "models/detector.h"
#include "models/finetune/correctedpieces.h"
#include "models/finetune/detectorworth.h"
#include "models/finetune/finetunedetector.h"
#include "models/finetune/projectmedia.h"
#include "models/installmodel.h"
#include "models/keypoints/pixels.h"

#include <QImage>
#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <fstream>

using namespace poselift;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

constexpr const char *kModel = "person19";

Keypoint2D keypoint(double x, double y, KeypointOrigin origin)
{
    return {x, y, 0.5F, KeypointState::Visible, origin, false};
}

/// A person of COCO-17 in ten frames: by hand in frame 2, accepted in 4, interpolated in 6; the detector
/// (our joints) saw everything.
Project smallProject()
{
    Project project;
    project.skeleton = *findSkeleton("coco17");
    KeypointTrack annotated;
    annotated.id = 3;
    annotated.jointCount = project.skeleton.jointCount();
    const auto put = [&](std::int64_t frame, const char *joint, double x, double y, KeypointOrigin origin) {
        annotated.setKeypoint(frame, project.skeleton.indexOf(joint), keypoint(x, y, origin));
    };
    put(2, "left_wrist", 10, 20, KeypointOrigin::Corrected);
    put(2, "left_elbow", 11, 21, KeypointOrigin::Interpolated);
    put(2, "left_shoulder", 12, 22, KeypointOrigin::Detected);
    put(4, "left_wrist", 13, 23, KeypointOrigin::Detected);
    put(6, "left_wrist", 14, 24, KeypointOrigin::Interpolated);
    project.tracks.push_back(annotated);
    KeypointLayer detected{"detected", *findSkeleton(kModel), "", {}};
    KeypointTrack seen;
    seen.id = 3;
    seen.jointCount = detected.skeleton.jointCount();
    for (std::int64_t frame = 0; frame < 10; ++frame) {
        for (int joint = 0; joint < seen.jointCount; ++joint)
            seen.setKeypoint(frame, joint, keypoint(100 + joint, 200 + 3 * joint, KeypointOrigin::Detected));
    }
    detected.tracks.push_back(seen);
    project.keypointLayers.push_back(detected);
    return project;
}

std::vector<std::int64_t> framesOf(const std::vector<CorrectedPerson> &people)
{
    std::vector<std::int64_t> frames;
    for (const CorrectedPerson &person : people)
        frames.push_back(person.frame);
    return frames;
}

/// One white pixel-sized spot on black, at the keypoint that is to be learnt, in pictures of a folder.
void writeSpots(const fs::path &folder, const std::vector<std::pair<int, int>> &places)
{
    fs::create_directories(folder);
    for (std::size_t i = 0; i < places.size(); ++i) {
        QImage picture(600, 400, QImage::Format_RGB32);
        picture.fill(Qt::black);
        for (int dy = -6; dy <= 6; ++dy)
            for (int dx = -6; dx <= 6; ++dx)
                picture.setPixel(places[i].first + dx, places[i].second + dy, 0xffffffff);
        picture.save(QString::fromStdString((folder / (std::to_string(i) + ".png")).string()));
    }
}

std::string bytesOf(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

class TestFinetuneDetector : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void correctedFramesAreLearntFrom();
    void wantedFramesAreLearntFromWhenAccepted();
    void detectionsStandInForOtherJoints();
    void onlyChosenPeopleAreLearntFrom();
    void piecesShowWhatTheirLabelsSay();
    void piecesSurviveTheirFiles();
    void thirtyCorrectedFramesHalveTheError();
    void trainedModelCanBeInstalled();
    void reportFollowsItsFormat();
    void trialOnlyEstimates();
    void interruptedRunEqualsAnUninterruptedOne();
    void rehearsalIsMeasured();
    void frozenBlocksStay();
    void tooFewFramesAreRefused();
    void movedVideoIsSaid();
    void anotherVideoIsSaid();
    void modelsOfOtherKindsAreRefused_data();
    void modelsOfOtherKindsAreRefused();

private:
    FinetuneOptions shortRun(const char *name, int steps) const;
    QTemporaryDir m_folder;
    fs::path m_root;
    fs::path m_project; ///< of the clip of thirtyCorrectedFramesHalveTheError()
    fs::path m_run;
};

void TestFinetuneDetector::initTestCase()
{
    m_root = m_folder.path().toStdString();
    qputenv("POSELIFT_MODELS", QByteArray::fromStdString((m_root / "models").string()));
    m_project = m_root / "worth" / "clip.poselift";
    m_run = m_root / "worth" / "run";
}

FinetuneOptions TestFinetuneDetector::shortRun(const char *name, int steps) const
{
    FinetuneOptions options;
    options.project = m_project;
    options.run = m_root / name;
    options.model = kModel;
    options.steps = steps;
    options.batch = 2;
    options.threads = 1;
    return options;
}

void TestFinetuneDetector::correctedFramesAreLearntFrom()
{
    const Skeleton skeleton = *findSkeleton(kModel);
    const std::vector<CorrectedPerson> people = correctedPeople(smallProject(), skeleton, {});
    QCOMPARE(framesOf(people), std::vector<std::int64_t>{2});
    QCOMPARE(people[0].track, 3);
    const auto label = [&](const char *joint) {
        return people[0].labels[static_cast<std::size_t>(skeleton.indexOf(joint))];
    };
    QCOMPARE(label("left_wrist").x, 10.0);
    QCOMPARE(label("left_wrist").confidence, 1.0F);
    QCOMPARE(label("left_shoulder").y, 22.0);                    // accepted
    QCOMPARE(label("left_elbow").state, KeypointState::Missing); // interpolated
    QCOMPARE(label("neck").state, KeypointState::Missing);       // not marked, only derivable
}

void TestFinetuneDetector::wantedFramesAreLearntFromWhenAccepted()
{
    const Skeleton skeleton = *findSkeleton(kModel);
    QCOMPARE(framesOf(correctedPeople(smallProject(), skeleton, {{{0, 10}}, {}})), (std::vector<std::int64_t>{2, 4}));
    QCOMPARE(framesOf(correctedPeople(smallProject(), skeleton, {{{3, 5}, {6, 8}}, {}})), std::vector<std::int64_t>{4});
}

void TestFinetuneDetector::detectionsStandInForOtherJoints()
{
    const Skeleton skeleton = *findSkeleton(kModel);
    const CorrectedPerson person = correctedPeople(smallProject(), skeleton, {}).front();
    const auto other = [&](const char *joint) {
        return person.others[static_cast<std::size_t>(skeleton.indexOf(joint))];
    };
    QCOMPARE(other("left_wrist").state, KeypointState::Missing); // has a label
    QCOMPARE(other("left_elbow").x, 100.0 + skeleton.indexOf("left_elbow"));
    QCOMPARE(other("left_elbow").confidence, 0.5F);
    QVERIFY(person.box.x < 10 && person.box.x + person.box.width > 118);
}

void TestFinetuneDetector::onlyChosenPeopleAreLearntFrom()
{
    const Skeleton skeleton = *findSkeleton(kModel);
    QVERIFY(correctedPeople(smallProject(), skeleton, {{}, {4}}).empty());
    QCOMPARE(correctedPeople(smallProject(), skeleton, {{}, {3, 4}}).size(), std::size_t(1));
}

void TestFinetuneDetector::piecesShowWhatTheirLabelsSay()
{
    const std::vector<std::pair<int, int>> places{{300, 200}, {90, 60}, {520, 330}};
    writeSpots(m_root / "spots", places);
    const Skeleton skeleton = *findSkeleton(kModel);
    std::vector<CorrectedPerson> people;
    for (std::size_t i = 0; i < places.size(); ++i) {
        CorrectedPerson person;
        person.frame = static_cast<std::int64_t>(i);
        person.track = 1;
        person.labels.resize(skeleton.joints.size());
        person.others.resize(skeleton.joints.size());
        person.labels[6] = keypoint(places[i].first + 0.5, places[i].second + 0.5, KeypointOrigin::Corrected);
        person.box = {places[i].first - 130.0, places[i].second - 120.0, 250, 230};
        people.push_back(person);
    }
    auto source = openFrameSource(m_root / "spots");
    QVERIFY(source.ok());
    const LearningBlocks blocks{{{0, 1}}, {{1, 2}}, {{2, 3}}, 0};
    const Result<CorrectedPieces> pieces = cutCorrectedPieces(**source, people, blocks, skeleton, {});
    QVERIFY(pieces.ok());
    QCOMPARE(pieces->pack.people.size(), places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        const PackedPerson &person = pieces->pack.people[i];
        QCOMPARE(static_cast<std::size_t>(pieces->origins[i].use), i);
        QVERIFY(pieces->origins[i].scale < 1);
        const Result<RgbPicture> picture = decodePicture(person.jpeg, person.source);
        QVERIFY(picture.ok());
        double sum = 0, x = 0, y = 0;
        for (int row = 0; row < picture->height; ++row) {
            for (int column = 0; column < picture->width; ++column) {
                const double light = picture->pixels[3U * static_cast<std::size_t>(row * picture->width + column)];
                if (light < 40)
                    continue; // JPEG's noise
                sum += light;
                x += light * (column + 0.5);
                y += light * (row + 0.5);
            }
        }
        const double distance = std::hypot(x / sum - person.labels[6].x, y / sum - person.labels[6].y);
        QVERIFY2(distance < 0.3, qPrintable(QString::number(distance)));
    }
}

void TestFinetuneDetector::piecesSurviveTheirFiles()
{
    CorrectedPieces pieces;
    pieces.pack.skeleton = *findSkeleton(kModel);
    PackedPerson person;
    person.source = "frame 7, person 2";
    person.split = PackSplit::Validation;
    person.width = person.height = 4;
    person.box = {0, 1, 2, 3};
    person.labels.resize(pieces.pack.skeleton.joints.size());
    person.teacher.resize(pieces.pack.skeleton.joints.size());
    person.jpeg = {1, 2, 3};
    pieces.pack.people.push_back(person);
    pieces.origins.push_back({7, 2, PieceUse::Report, 0.625});
    const fs::path folder = m_root / "kept";
    fs::create_directories(folder);
    QVERIFY(writeCorrectedPieces(pieces, folder).ok());
    const Result<CorrectedPieces> back = readCorrectedPieces(folder);
    QVERIFY(back.ok());
    QVERIFY(back->origins == pieces.origins);
    QCOMPARE(back->pack.people.front().source, person.source);
    std::ofstream(folder / "pieces.json") << "[]";
    QCOMPARE(readCorrectedPieces(folder).error().code(), ErrorCode::WrongFormat);
}

void TestFinetuneDetector::thirtyCorrectedFramesHalveTheError()
{
    DetectorWorthOptions options;
    options.folder = m_root / "worth";
    options.model = kModel;
    options.threads = 1;
    options.steps = 160;
    const Result<DetectorWorth> worth = measureDetectorWorth(options, {});
    QVERIFY2(worth.ok(), worth.ok() ? "" : worth.error().sentence().c_str());
    qInfo("%.1f px before, %.1f px after, person %.0f px, %.0f s", worth->pixelsBefore, worth->pixelsAfter,
          worth->personPixels, worth->seconds);
    QVERIFY2(worth->pixelsAfter < 0.5 * worth->pixelsBefore,
             qPrintable(QStringLiteral("%1 against %2").arg(worth->pixelsAfter).arg(worth->pixelsBefore)));
}

void TestFinetuneDetector::trainedModelCanBeInstalled()
{
    const Result<std::vector<InstalledModel>> installed = installModel(m_run);
    QVERIFY2(installed.ok(), installed.ok() ? "" : installed.error().sentence().c_str());
    QCOMPARE(installed->front().name, std::string("person19-clip"));
    const Result<DetectorManifest> model = chooseDetector("keypoints", "person19-clip");
    QVERIFY(model.ok());
    QVERIFY(model->isOwn());
    const Result<DetectorManifest> base = chooseDetector("keypoints", kModel);
    QVERIFY(base.ok());
    QVERIFY(bytesOf(model->finder.weights) == bytesOf(base->finder.weights));
    QVERIFY(bytesOf(model->network) != bytesOf(base->network));
    QVERIFY(createDetector({.model = "person19-clip", .boxModel = {}, .threads = 1}).ok());
}

void TestFinetuneDetector::reportFollowsItsFormat()
{
    const json report = json::parse(bytesOf(m_run / "report.json"));
    QCOMPARE(report.at("model").get<std::string>(), std::string(kModel));
    QCOMPARE(report.at("truth").get<std::string>(), std::string("2d"));
    QCOMPARE(report.at("metrics"), json({"pixels"}));
    const json overall = report.at("overall").at("pixels");
    QVERIFY(overall.at("after") < overall.at("before"));
    QVERIFY(overall.at("low") <= overall.at("difference") && overall.at("difference") <= overall.at("high"));
    QCOMPARE(report.at("joints").size(), std::size_t(17)); // neck and head_top were never marked
    const json heldOut = report.at("held_out");
    QVERIFY(heldOut.at("frames") >= 6);
    QCOMPARE(heldOut.at("ranges").size(), std::size_t(1));
    const json trained = report.at("trained_on");
    QVERIFY(trained.at("frames") >= 12);
    QVERIFY(trained.at("frames").get<int>() + heldOut.at("frames").get<int>() <= 30);
    QCOMPARE(trained.at("people"), json({1}));
}

void TestFinetuneDetector::trialOnlyEstimates()
{
    FinetuneOptions options = shortRun("trial", 100);
    options.trial = true;
    const Result<json> estimate = finetuneDetector(options, {});
    QVERIFY2(estimate.ok(), estimate.ok() ? "" : estimate.error().sentence().c_str());
    QCOMPARE(estimate->at("steps").get<int>(), 100);
    const double perStep = estimate->at("seconds_per_step").get<double>();
    QVERIFY(perStep > 0);
    QCOMPARE(estimate->at("estimated_s").get<double>(), 100 * perStep);
    QVERIFY(!fs::exists(options.run));
}

void TestFinetuneDetector::interruptedRunEqualsAnUninterruptedOne()
{
    QVERIFY(finetuneDetector(shortRun("whole", 40), {}).ok());
    FinetuneOptions options = shortRun("parts", 40);
    std::stop_source stop;
    const JobContext job{stop.get_token(), [&](const JobProgress &progress) {
                             if (progress.stage == "train" && progress.done >= 20)
                                 stop.request_stop();
                         }};
    const Result<json> first = finetuneDetector(options, job);
    QVERIFY(!first.ok());
    QCOMPARE(first.error().code(), ErrorCode::Cancelled);
    // Neither the project nor the video is needed any more.
    fs::rename(m_project.parent_path() / "clip.mp4", m_project.parent_path() / "gone.mp4");
    options.resume = true;
    const Result<json> second = finetuneDetector(options, {});
    fs::rename(m_project.parent_path() / "gone.mp4", m_project.parent_path() / "clip.mp4");
    QVERIFY2(second.ok(), second.ok() ? "" : second.error().sentence().c_str());
    const Result<WeightsFile> whole = readWeights(m_root / "whole" / "weights.h5");
    const Result<WeightsFile> parts = readWeights(m_root / "parts" / "weights.h5");
    QVERIFY(whole.ok() && parts.ok());
    QVERIFY(whole->arrays == parts->arrays);
    QVERIFY(bytesOf(m_root / "whole" / "report.json") == bytesOf(m_root / "parts" / "report.json"));
}

void TestFinetuneDetector::rehearsalIsMeasured()
{
    FinetuneOptions options = shortRun("rehearsed", 4);
    options.rehearsal = m_run / "pieces.h5"; // any pack of the same joints
    const Result<json> done = finetuneDetector(options, {});
    QVERIFY2(done.ok(), done.ok() ? "" : done.error().sentence().c_str());
    const json rehearsal = json::parse(bytesOf(done->at("report").get<std::string>())).at("rehearsal");
    QCOMPARE(rehearsal.at("data").get<std::string>(), std::string("pieces.h5"));
    QVERIFY(rehearsal.at("before_pck") > 0.3 && rehearsal.at("before_pck") <= 1);
    QVERIFY(rehearsal.at("after_pck") > 0 && rehearsal.at("after_pck") <= 1);
}

void TestFinetuneDetector::frozenBlocksStay()
{
    FinetuneOptions options = shortRun("frozen", 4);
    options.frozenBlocks = 2;
    QVERIFY(finetuneDetector(options, {}).ok());
    const Result<WeightsFile> after = readWeights(options.run / "weights.h5");
    const Result<WeightsFile> before = readWeights(chooseDetector("keypoints", kModel)->network);
    QVERIFY(after.ok() && before.ok());
    int stayed = 0, moved = 0;
    for (const auto &[name, array] : after->arrays) {
        const bool frozen = name.starts_with("stem.") || name.starts_with("stages.0.") || name.starts_with("stages.1.")
                            || name.starts_with("down.0.") || name.find("running_") != std::string::npos
                            || name.ends_with("num_batches_tracked");
        const bool same = array == before->arrays.at(name);
        QVERIFY2(same || !frozen, name.c_str());
        (same ? stayed : moved) += 1;
    }
    QVERIFY(stayed > 20);
    QVERIFY(moved > 20);
}

void TestFinetuneDetector::tooFewFramesAreRefused()
{
    const fs::path path = m_root / "worth" / "few.poselift";
    Project project = *readProject(m_project);
    project.tracks.clear();
    QVERIFY(writeProject(project, path).ok());
    FinetuneOptions options = shortRun("few", 4);
    options.project = path;
    const Result<json> done = finetuneDetector(options, {});
    QVERIFY(!done.ok());
    QCOMPARE(done.error().code(), ErrorCode::NothingToLearn);
    QVERIFY2(done.error().sentence().find("few.poselift") != std::string::npos, done.error().sentence().c_str());
    QVERIFY(!fs::exists(options.run));
}

void TestFinetuneDetector::movedVideoIsSaid()
{
    const fs::path path = m_root / "elsewhere.poselift";
    QVERIFY(writeProject(*readProject(m_project), path).ok()); // the video is not in this folder
    FinetuneOptions options = shortRun("moved", 4);
    options.project = path;
    const Result<json> done = finetuneDetector(options, {});
    QVERIFY(!done.ok());
    QCOMPARE(done.error().code(), ErrorCode::CannotRead);
    QVERIFY2(done.error().sentence().find("clip.mp4") != std::string::npos, done.error().sentence().c_str());
}

void TestFinetuneDetector::anotherVideoIsSaid()
{
    DetectorWorthOptions other;
    other.folder = m_root / "other";
    other.seconds = 2;
    QVERIFY(makeCorrectedClip(other, {}).ok());
    const fs::path path = m_root / "other" / "taken.poselift";
    QVERIFY(writeProject(*readProject(m_project), path).ok()); // beside another clip.mp4
    FinetuneOptions options = shortRun("another", 4);
    options.project = path;
    const Result<json> done = finetuneDetector(options, {});
    QVERIFY(!done.ok());
    QCOMPARE(done.error().code(), ErrorCode::WrongFormat);
    QVERIFY2(done.error().sentence().find("clip.mp4") != std::string::npos, done.error().sentence().c_str());
}

void TestFinetuneDetector::modelsOfOtherKindsAreRefused_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("code");
    QTest::newRow("lifter") << "vp3d_cmu_rf27" << static_cast<int>(ErrorCode::BadArgument);
    QTest::newRow("unknown") << "nobody" << static_cast<int>(ErrorCode::ModelNotFound);
}

void TestFinetuneDetector::modelsOfOtherKindsAreRefused()
{
    QFETCH(QString, model);
    QFETCH(int, code);
    FinetuneOptions options = shortRun("refused", 4);
    options.model = model.toStdString();
    const Result<json> done = finetuneDetector(options, {});
    QVERIFY(!done.ok());
    QCOMPARE(static_cast<int>(done.error().code()), code);
    QVERIFY(done.error().sentence().find(model.toStdString()) != std::string::npos);
}

QTEST_GUILESS_MAIN(TestFinetuneDetector)
#include "tst_finetunedetector.moc"
