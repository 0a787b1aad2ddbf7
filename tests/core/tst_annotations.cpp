#include "core/io/cocofile.h"
#include "core/io/lspfile.h"
#include "core/io/openposefile.h"

#include <matio.h>

#include <QtTest/QtTest>

#include <fstream>

using namespace poselift;
namespace fs = std::filesystem;

/// Readers of annotated pictures, on files that the test writes.
class TestAnnotations : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void lspBecomesPixelCentres();
    void lspThatIsNotOneIsRefused_data();
    void lspThatIsNotOneIsRefused();
    void cocoIsRead();
    void cocoThatIsNotOneIsRefused();
    void openPoseFolderIsRead();

private:
    fs::path root() const { return fs::path(m_folder.path().toStdString()); }
    fs::path folder(const char *name) const
    {
        fs::create_directories(root() / name / "images");
        return root() / name;
    }
    void write(const fs::path &path, const std::string &text) const
    {
        std::ofstream(path, std::ios::binary) << text;
    }
    QTemporaryDir m_folder;
};

namespace {

void writeJoints(const fs::path &path, const char *name, std::size_t joints,
                 std::vector<double> values)
{
    mat_t *file = Mat_CreateVer(path.c_str(), nullptr, MAT_FT_MAT5);
    std::size_t dims[3] = {joints, 3, values.size() / (joints * 3)};
    matvar_t *variable = Mat_VarCreate(name, MAT_C_DOUBLE, MAT_T_DOUBLE, 3, dims, values.data(), 0);
    Mat_VarWrite(file, variable, MAT_COMPRESSION_NONE);
    Mat_VarFree(variable);
    Mat_Close(file);
}

/// Two pictures; joint j of picture p at (10 p + j, 20 p + j), joint 3 not marked.
std::vector<double> twoPictures()
{
    std::vector<double> values;
    for (int p = 1; p <= 2; ++p)
        for (int axis = 0; axis < 3; ++axis)
            for (int j = 0; j < 14; ++j)
                values.push_back(axis == 2 ? (j == 3 ? 0 : 1)
                                           : (j == 3 ? -40 : 10 * p * (axis + 1) + j));
    return values;
}

constexpr const char *kCoco =
    R"({"categories":[{"keypoints":["nose","left_eye","right_eye","left_ear","right_ear",
 "left_shoulder","right_shoulder","left_elbow","right_elbow","left_wrist","right_wrist","left_hip","right_hip","left_knee",
 "right_knee","left_ankle","right_ankle"]}],"images":[{"id":7,"file_name":"a/b.jpg"}],
 "annotations":[{"image_id":7,"iscrowd":0,"num_keypoints":2,"bbox":[1,2,30,40],"area":500,"keypoints":
 [5,6,2, 7,8,1, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0, 0,0,0]},
 {"image_id":7,"iscrowd":1,"num_keypoints":2,"bbox":[0,0,1,1],"area":1,"keypoints":[]},
 {"image_id":7,"iscrowd":0,"num_keypoints":0,"bbox":[0,0,1,1],"area":1,"keypoints":[]}]})";

} // namespace

void TestAnnotations::lspBecomesPixelCentres()
{
    const fs::path lsp = folder("lsp");
    writeJoints(lsp / "joints.mat", "joints", 14, twoPictures());
    write(lsp / "images" / "im00002.jpg", "");
    const Result<AnnotatedPictures> read = readLspExtended(lsp, 1, 99);
    QVERIFY2(read.ok(), read ? "" : read.error().sentence().c_str());
    QCOMPARE(read->skeleton.name, std::string("lsp14"));
    QCOMPARE(read->pictures.size(), std::size_t(1)); // im00001.jpg is not there
    QCOMPARE(read->pictures[0].path.filename().string(), std::string("im00002.jpg"));
    const AnnotatedPerson &person = read->pictures[0].people.at(0);
    QCOMPARE(person.pose[0].x, 19.5);
    QCOMPARE(person.pose[13].y, 52.5);
    QVERIFY(!person.pose[3].isKnown());
    QCOMPARE(person.box, (Box{19.5, 39.5, 13, 13}));
    QVERIFY(readLspExtended(lsp, 1, 1)->pictures.empty());
}

void TestAnnotations::lspThatIsNotOneIsRefused_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<int>("code");
    QTest::newRow("no file") << 0 << int(ErrorCode::FileNotFound);
    QTest::newRow("text") << 1 << int(ErrorCode::WrongFormat);
    QTest::newRow("another variable") << 2 << int(ErrorCode::MissingDataset);
    QTest::newRow("thirteen joints") << 3 << int(ErrorCode::WrongShape);
    QTest::newRow("not a number") << 4 << int(ErrorCode::NotFinite);
}

void TestAnnotations::lspThatIsNotOneIsRefused()
{
    QFETCH(int, what);
    QFETCH(int, code);
    const fs::path lsp = folder(QTest::currentDataTag());
    if (what == 1)
        write(lsp / "joints.mat", "joints\n");
    if (what == 2)
        writeJoints(lsp / "joints.mat", "points", 14, twoPictures());
    if (what == 3)
        writeJoints(lsp / "joints.mat", "joints", 13, std::vector<double>(13 * 3 * 2, 1.0));
    if (what == 4)
        writeJoints(lsp / "joints.mat", "joints", 14,
                    std::vector<double>(14 * 3 * 2, std::nan("")));
    const Result<AnnotatedPictures> read = readLspExtended(lsp, 1, 2);
    QVERIFY(!read);
    QCOMPARE(int(read.error().code()), code);
    QVERIFY(read.error().sentence().find("joints.mat") != std::string::npos);
}

void TestAnnotations::cocoIsRead()
{
    write(root() / "coco.json", kCoco);
    const Result<AnnotatedPictures> read = readCocoKeypoints(root() / "coco.json");
    QVERIFY2(read.ok(), read ? "" : read.error().sentence().c_str());
    QCOMPARE(read->skeleton.name, std::string("coco17"));
    QCOMPARE(read->pictures.at(0).path.string(), (root() / "b.jpg").string());
    QCOMPARE(read->pictures[0].people.size(),
             std::size_t(1)); // neither the crowd nor the unmarked one
    const AnnotatedPerson &person = read->pictures[0].people[0];
    QCOMPARE(person.pose[0].x, 5.5);
    QVERIFY(person.pose[0].state == KeypointState::Visible &&
            person.pose[1].state == KeypointState::Occluded);
    QVERIFY(!person.pose[2].isKnown());
    QCOMPARE(person.box, (Box{1, 2, 30, 40}));
    QCOMPARE(person.area, 500.0);
}

void TestAnnotations::cocoThatIsNotOneIsRefused()
{
    write(root() / "text.json", "not JSON");
    QCOMPARE(readCocoKeypoints(root() / "text.json").error().code(), ErrorCode::WrongFormat);
    write(root() / "list.json", "[1, 2]");
    QCOMPARE(readCocoKeypoints(root() / "list.json").error().code(), ErrorCode::WrongFormat);
    QCOMPARE(readCocoKeypoints(root() / "absent.json").error().code(), ErrorCode::FileNotFound);
}

void TestAnnotations::openPoseFolderIsRead()
{
    const fs::path frames = root() / "frames";
    fs::create_directories(frames);
    std::string values = "12.5, 13.5, 0.9, 1, 1, 0.05";
    for (int i = 6; i < 75; ++i)
        values += ", 0";
    write(frames / "f_000.json", R"({"people":[{"pose_keypoints_2d":[)" + values + "]}]}");
    write(frames / "f_001.json", R"({"people":[]})");
    const Result<std::map<std::int64_t, Pose2D>> poses = readOpenPoseFolder(frames);
    QVERIFY(poses.ok());
    QCOMPARE(poses->size(), std::size_t(1));
    QCOMPARE(poses->at(0).size(), std::size_t(17));
    QCOMPARE(poses->at(0)[0].x, 12.5);
    QVERIFY(!poses->at(0)[1].isKnown());
    QCOMPARE(readOpenPoseFolder(root() / "absent").error().code(), ErrorCode::FileNotFound);
}

QTEST_GUILESS_MAIN(TestAnnotations)
#include "tst_annotations.moc"
