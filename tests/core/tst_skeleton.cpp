#include "core/base/paths.h"
#include "core/pose/skeleton.h"

#include <QtTest/QtTest>

#include <algorithm>
#include <fstream>
#include <set>

using namespace poselift;

class TestSkeleton : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyBundledFileIsValid_data();
    void everyBundledFileIsValid();
    void allAreBundled();
    void unknownNameListsTheKnownOnes();
    void jointOrderIsRecognised_data();
    void jointOrderIsRecognised();
    void unknownOrderNamesBothSides();
    void mirroredGoesThereAndBack();
    void wrongFieldIsNamed_data();
    void wrongFieldIsNamed();
    void textThatIsNotJsonIsRefused();
};

void TestSkeleton::everyBundledFileIsValid_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("joints");
    const std::pair<const char *, int> expected[] = {
        {"coco17", 17}, {"halpe26", 26}, {"body25", 25}, {"openpose18", 18}, {"h36m17", 17}, {"mpii16", 16},
        {"lsp14", 14}, {"limbs14", 14}, {"person19", 19}, {"smpl24", 24}, {"mpi_inf_3dhp28", 28}, {"mpi_inf_3dhp17", 17}};
    for (const auto &[name, joints] : expected)
        QTest::newRow(name) << QString::fromLatin1(name) << joints;
}

void TestSkeleton::everyBundledFileIsValid()
{
    QFETCH(QString, name);
    QFETCH(int, joints);
    const std::filesystem::path path = resourceDirectory() / "skeletons" / (name.toStdString() + ".json");
    const Result<Skeleton> skeleton = readSkeleton(path);
    QVERIFY2(skeleton.ok(), skeleton.ok() ? "" : skeleton.error().sentence().c_str());
    QCOMPARE(skeleton->jointCount(), joints);
    QVERIFY(skeleton->bones.size() + 1 >= skeleton->joints.size());
    QVERIFY(!skeleton->source.empty());
    for (const char *side : {"left_", "right_"}) {
        for (const char *limb : {"shoulder", "elbow", "wrist", "hip", "knee", "ankle"})
            QVERIFY2(skeleton->indexOf(std::string(side) + limb) >= 0, limb);
    }
    // Every joint hangs on some bone, or a view would lose it.
    for (int joint = 0; joint < joints; ++joint) {
        QVERIFY2(std::any_of(skeleton->bones.begin(), skeleton->bones.end(),
                             [joint](const auto &bone) { return bone.first == joint || bone.second == joint; }),
                 skeleton->joints[static_cast<std::size_t>(joint)].c_str());
    }
}

void TestSkeleton::allAreBundled()
{
    const std::vector<std::string> expected{"body25", "coco17", "h36m17", "halpe26", "limbs14", "lsp14", "mpi_inf_3dhp17",
                                            "mpi_inf_3dhp28", "mpii16", "openpose18", "person19", "smpl24"};
    QCOMPARE(skeletonNames(), expected);
    QCOMPARE(findSkeleton("coco17")->oksSigmas.size(), std::size_t(17));
    QCOMPARE(findSkeleton("h36m17")->oksSigmas.size(), std::size_t(0));
}

void TestSkeleton::unknownNameListsTheKnownOnes()
{
    const Result<Skeleton> skeleton = findSkeleton("coco18");
    QVERIFY(!skeleton.ok());
    QCOMPARE(skeleton.error().code(), ErrorCode::UnknownSkeleton);
    QVERIFY(skeleton.error().sentence().find("coco17, h36m17") != std::string::npos);
}

void TestSkeleton::jointOrderIsRecognised_data()
{
    QTest::addColumn<QString>("names");
    QTest::addColumn<QString>("skeleton");
    QTest::newRow("own names")
        << "right_ankle right_knee right_hip left_hip left_knee left_ankle right_wrist right_elbow right_shoulder "
           "left_shoulder left_elbow left_wrist neck head_top"
        << "lsp14";
    QTest::newRow("MMPose's H36M with feet")
        << "root right_hip right_knee right_foot left_hip left_knee left_foot spine thorax neck_base head left_shoulder "
           "left_elbow left_wrist right_shoulder right_elbow right_wrist"
        << "h36m17";
    QTest::newRow("OpenPose's own spelling")
        << "Nose Neck RShoulder RElbow RWrist LShoulder LElbow LWrist RHip RKnee RAnkle LHip LKnee LAnkle REye LEye REar LEar"
        << "openpose18";
}

void TestSkeleton::jointOrderIsRecognised()
{
    QFETCH(QString, names);
    QFETCH(QString, skeleton);
    std::vector<std::string> list;
    for (const QString &name : names.split(QLatin1Char(' ')))
        list.push_back(name.toStdString());
    const Result<Skeleton> found = skeletonOfJointNames(list, "a.json");
    QVERIFY2(found.ok(), found.ok() ? "" : found.error().sentence().c_str());
    QCOMPARE(found->name, skeleton.toStdString());
}

void TestSkeleton::unknownOrderNamesBothSides()
{
    // LSP with the left leg first: same joints, another order.
    const std::vector<std::string> names{"left_ankle", "left_knee", "left_hip", "right_hip", "right_knee", "right_ankle",
                                         "right_wrist", "right_elbow", "right_shoulder", "left_shoulder", "left_elbow",
                                         "left_wrist", "neck", "head_top"};
    const Result<Skeleton> found = skeletonOfJointNames(names, "poses.json");
    QVERIFY(!found.ok());
    QCOMPARE(found.error().code(), ErrorCode::UnknownJointOrder);
    const std::string sentence = found.error().sentence();
    QVERIFY(sentence.find("poses.json") != std::string::npos);
    QVERIFY(sentence.find("lsp14 (right_ankle, right_knee") != std::string::npos);
    QVERIFY(sentence.find("Found: left_ankle, left_knee") != std::string::npos);
}

void TestSkeleton::mirroredGoesThereAndBack()
{
    for (const std::string &name : skeletonNames()) {
        const Skeleton skeleton = *findSkeleton(name);
        for (int joint = 0; joint < skeleton.jointCount(); ++joint) {
            const int other = skeleton.mirrored(joint);
            QCOMPARE(skeleton.mirrored(other), joint);
            const bool isMiddle = sideOf(skeleton.joints[static_cast<std::size_t>(joint)]) == BodySide::Middle;
            QCOMPARE(other == joint, isMiddle);
        }
    }
}

void TestSkeleton::wrongFieldIsNamed_data()
{
    QTest::addColumn<QString>("replace");
    QTest::addColumn<QString>("with");
    QTest::addColumn<QString>("field");
    QTest::newRow("title missing") << R"("title": "T",)" << "" << "title";
    QTest::newRow("name is not the file's") << R"("name": "tiny")" << R"("name": "other")" << "name";
    QTest::newRow("joint twice") << R"("nose")" << R"("left_eye")" << "joints";
    QTest::newRow("joint in capitals") << R"("nose")" << R"("Nose")" << "joints";
    QTest::newRow("root unknown") << R"("root": "mid_hip")" << R"("root": "tail")" << "root";
    QTest::newRow("bone to nowhere") << R"(["nose", "left_eye"])" << R"(["nose", "ear"])" << "bones";
    QTest::newRow("bone twice") << R"(["nose", "left_eye"])" << R"(["nose", "left_eye"], ["left_eye", "nose"])" << "bones";
    QTest::newRow("pair swapped") << R"(["left_eye", "right_eye"])" << R"(["right_eye", "left_eye"])" << "pairs";
    QTest::newRow("pair missing") << R"([["left_eye", "right_eye"]])" << "[]" << "pairs";
    QTest::newRow("too few sigmas") << "[0.1, 0.2, 0.3]" << "[0.1, 0.2]" << "oks_sigmas";
    QTest::newRow("sigma zero") << "[0.1, 0.2, 0.3]" << "[0.1, 0, 0.3]" << "oks_sigmas";
    QTest::newRow("alias of nobody") << R"("aliases": {"nose")" << R"("aliases": {"ear")" << "aliases";
}

void TestSkeleton::wrongFieldIsNamed()
{
    QFETCH(QString, replace);
    QFETCH(QString, with);
    QFETCH(QString, field);
    QString text = QStringLiteral(R"({"name": "tiny", "title": "T", "source": "here", "root": "mid_hip",
        "joints": ["nose", "left_eye", "right_eye"], "bones": [["nose", "left_eye"]],
        "pairs": [["left_eye", "right_eye"]], "oks_sigmas": [0.1, 0.2, 0.3], "aliases": {"nose": ["Nose"]}})");
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath(QStringLiteral("tiny.json")).toStdString();
    std::ofstream(path) << text.toStdString();
    QVERIFY(readSkeleton(path).ok());

    const qsizetype at = text.indexOf(replace);
    QVERIFY(at >= 0);
    std::ofstream(path) << text.replace(at, replace.size(), with).toStdString();
    const Result<Skeleton> skeleton = readSkeleton(path);
    QVERIFY(!skeleton.ok());
    QCOMPARE(skeleton.error().code(), ErrorCode::ManifestField);
    const std::string sentence = skeleton.error().sentence();
    QVERIFY2(sentence.find("field '" + field.toStdString() + "'") != std::string::npos, sentence.c_str());
}

void TestSkeleton::textThatIsNotJsonIsRefused()
{
    QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath(QStringLiteral("bad.json")).toStdString();
    QCOMPARE(readSkeleton(path).error().code(), ErrorCode::FileNotFound);
    std::ofstream(path) << "{\"name\": ";
    QCOMPARE(readSkeleton(path).error().code(), ErrorCode::WrongFormat);
    QCOMPARE(readSkeleton(folder.path().toStdString()).error().code(), ErrorCode::IsDirectory);
}

QTEST_APPLESS_MAIN(TestSkeleton)
#include "tst_skeleton.moc"
