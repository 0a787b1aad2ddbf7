#include "core/io/detectionsfile.h"

#include <QtTest/QtTest>

#include <nlohmann/json.hpp>

#include <fstream>

using namespace poselift;

namespace {

/// Two frames of one person in COCO's order, the second one unseen.
nlohmann::json detections()
{
    nlohmann::json joints = nlohmann::json::array();
    for (int joint = 0; joint < 17; ++joint)
        joints.push_back({10.0 + joint, 20.0, 0.5});
    joints[3] = nullptr;
    return {{"format", "poselift-detections"}, {"version", 1},
            {"video", {{"path", "a.mp4"}, {"width", 640}, {"height", 480}, {"frameCount", 3}}},
            {"detector", "MoveNet"}, {"skeleton", "coco17"}, {"joints", findSkeleton("coco17")->joints},
            {"seconds", {0.0, 0.04, 0.08}},
            {"tracks", {{{"id", 4}, {"firstFrame", 1}, {"keypoints", {joints, nullptr}}}}}};
}

} // namespace

class TestDetectionsFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void becomesAProject();
    void wrongFieldsAreRefused_data();
    void wrongFieldsAreRefused();

private:
    std::filesystem::path write(const nlohmann::json &json) const
    {
        const std::filesystem::path path = m_folder.filePath(QStringLiteral("a.json")).toStdString();
        std::ofstream(path) << json;
        return path;
    }
    QTemporaryDir m_folder;
};

void TestDetectionsFile::becomesAProject()
{
    const auto project = readDetections(write(detections()));
    QVERIFY2(project.ok(), project.ok() ? "" : project.error().sentence().c_str());
    QCOMPARE(project->media.frameCount, 3);
    QVERIFY(project->camera.assumed);
    const KeypointLayer *layer = project->keypointLayer("detected");
    QVERIFY(layer != nullptr);
    QCOMPARE(layer->tracks.size(), std::size_t{1});
    const KeypointTrack &track = layer->tracks.front();
    QCOMPARE(track.id, 4);
    QCOMPARE(track.endFrame(), 3);
    QCOMPARE(track.keypoint(1, 2).x, 12.0);
    QVERIFY(!track.keypoint(1, 3).isKnown());
    QVERIFY(!track.isPresent(2));
    QVERIFY(!project->uuid.empty());
}

void TestDetectionsFile::wrongFieldsAreRefused_data()
{
    QTest::addColumn<QByteArray>("pointer");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("code");
    QTest::newRow("other format") << QByteArray("/format") << QByteArray("\"coco\"") << int(ErrorCode::WrongFormat);
    QTest::newRow("newer") << QByteArray("/version") << QByteArray("2") << int(ErrorCode::NewerVersion);
    QTest::newRow("joint order") << QByteArray("/joints/0") << QByteArray("\"tail\"") << int(ErrorCode::UnknownJointOrder);
    QTest::newRow("type") << QByteArray("/video/width") << QByteArray("\"wide\"") << int(ErrorCode::WrongFormat);
    QTest::newRow("too few joints") << QByteArray("/tracks/0/keypoints/0") << QByteArray("[[1,2,1]]") << int(ErrorCode::WrongFormat);
}

void TestDetectionsFile::wrongFieldsAreRefused()
{
    QFETCH(QByteArray, pointer);
    QFETCH(QByteArray, value);
    QFETCH(int, code);
    nlohmann::json json = detections();
    json[nlohmann::json::json_pointer(pointer.toStdString())] = nlohmann::json::parse(value.toStdString());
    const auto project = readDetections(write(json));
    QVERIFY(!project.ok());
    QCOMPARE(errorName(project.error().code()), errorName(static_cast<ErrorCode>(code)));
}

QTEST_APPLESS_MAIN(TestDetectionsFile)
#include "tst_detectionsfile.moc"
