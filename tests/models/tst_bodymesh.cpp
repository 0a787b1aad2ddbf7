#include "core/io/mocapfile.h"
#include "models/synth/bodykeypoints.h"
#include "models/synth/bodymesh.h"
#include "models/synth/bodyplacement.h"
#include "models/synth/bodyview.h"
#include "models/synth/mocapretarget.h"
#include "models/synth/rasterizer.h"
#include "tests/support/environment.h"
#include "tests/support/mocapwriter.h"
#include "tests/support/tinybody.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <cmath>
#include <fstream>

using namespace poselift;
using Eigen::Vector3f;

namespace {

constexpr std::array<std::pair<const char *, const char *>, 8> kLimbs{{{"left_shoulder", "left_elbow"},
                                                                       {"left_elbow", "left_wrist"},
                                                                       {"right_shoulder", "right_elbow"},
                                                                       {"right_elbow", "right_wrist"},
                                                                       {"left_hip", "left_knee"},
                                                                       {"left_knee", "left_ankle"},
                                                                       {"right_hip", "right_knee"},
                                                                       {"right_knee", "right_ankle"}}};

std::string contentOf(const std::filesystem::path &path)
{
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Somebody in the rest pose, without clothes.
DressedBody standing(const BodyMesh &mesh, const BodyKeypoints &keypoints)
{
    BodyAppearance look;
    look.colours.assign(mesh.vertices.size(), Vector3f::Ones());
    look.thickness.assign(mesh.vertices.size(), 0.0F);
    look.layers = {MeshLayer::Body, MeshLayer::Eyes};
    return dressedBody(mesh, keypoints, BodyShape::unchanged(mesh), BodyPose::rest(mesh), look);
}

/// A level camera 4 m from the body's middle that looks along @p azimuth; 200 px for 2 m.
BodyView levelView(float azimuth)
{
    BodyView view;
    view.cameraFromWorld = BodyView::rotation(azimuth, 0, 0);
    view.target = {0, 0.9F, 0};
    view.distance = 4;
    view.scale = 400;
    view.shift = {100, 100};
    view.width = view.height = 200;
    return view;
}

Rasterizer rasterOf(const BodyView &view)
{
    return {BodyView::kOversampling * view.width, BodyView::kOversampling * view.height};
}

/// A front view from +z: 100 px a metre, no perspective.
std::vector<ScreenVertex> frontView(const BodyMesh &mesh, const std::vector<Vector3f> &vertices)
{
    std::vector<ScreenVertex> screen;
    for (std::size_t v = 0; v < vertices.size(); ++v)
        screen.push_back({100 + 100 * vertices[v].x(), 200 - 100 * vertices[v].y(), 1 / (10 - vertices[v].z()),
                          Vector3f::Ones(), mesh.mainBone[v]});
    return screen;
}

} // namespace

class TestBodyMesh : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void boneEndsAreFoundOnTheMesh();
    void landmarksAreOnTheirSides();
    void brokenFilesAreNamed_data();
    void brokenFilesAreNamed();
    void missingFilesAreNamed();
    void restPoseKeepsTheMesh();
    void turnedBoneTakesItsChildrenAlong();
    void longerBonePushesItsChildren();
    void bentJointsBlendTheirBones();
    void retargetedLimbsPointWhereTheMocapDoes();
    void retargetedBodyFacesWhereTheMocapDoes();
    void kneesBendLikeHinges();
    void lacksOfJointsAreNamed();
    void nearTrianglesHideFarOnes();
    void backsOfTrianglesAreNotDrawn();
    void silhouetteCoversTheJoints();
    void onlyOwnSkinMayLieBeforeAJoint();
    void frontAndBackShowTheirJoints();
    void whoStandsBeforeHidesJoints();
    void jointsOutsideThePictureAreAbsent();
    void realMeshIsRead();
    void realMeshFollowsRealMocap();

private:
    BodyMesh mesh() const
    {
        Result<BodyMesh> read = readBodyMesh(m_root);
        if (!read)
            qFatal("%s", read.error().sentence().c_str());
        return *std::move(read);
    }
    void checkRetargeting(const BodyMesh &mesh, const std::filesystem::path &mocapFile, float collarRadians) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::filesystem::path m_root;
};

void TestBodyMesh::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = m_folder->path().toStdString();
    writeTinyBody(m_root);
}

void TestBodyMesh::boneEndsAreFoundOnTheMesh()
{
    const BodyMesh body = mesh();
    QCOMPARE(body.bones.size(), std::size_t(22));
    for (std::size_t b = 0; b < body.bones.size(); ++b)
        QVERIFY(body.bones[b].parent < static_cast<int>(b)); // parents first
    const RigBone &arm = body.bones[static_cast<std::size_t>(body.boneIndex("LeftForeArm"))];
    QVERIFY((arm.head - Vector3f(0.38F, 1.22F, 0)).norm() < 1e-5F);
    QVERIFY((arm.tail - Vector3f(0.55F, 1.05F, 0.08F)).norm() < 1e-5F);
    QCOMPARE(body.bones[static_cast<std::size_t>(arm.parent)].name, std::string("LeftArm"));
    QCOMPARE(body.boneIndex("Tail"), -1);
    // The cubes that mark joints are not part of the body.
    QCOMPARE(body.vertices.size(), std::size_t(21 * 8 + 6 + 2 * 3));
}

void TestBodyMesh::landmarksAreOnTheirSides()
{
    const BodyMesh body = mesh();
    QVERIFY((body.vertices[body.headTop] - Vector3f(0, 1.78F, 0)).norm() < 1e-5F);
    QVERIFY((body.vertices[body.nose] - Vector3f(0, 1.65F, 0.1F)).norm() < 1e-5F);
    QVERIFY(body.vertices[body.ears[0]].x() > 0.07F && body.vertices[body.ears[1]].x() < -0.07F);
    QVERIFY(body.vertices[body.eyes[0]].x() > 0.02F && body.vertices[body.eyes[1]].x() < -0.02F);
}

void TestBodyMesh::brokenFilesAreNamed_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("text"); // found in the file …
    QTest::addColumn<QByteArray>("instead");
    QTest::addColumn<QByteArray>("named"); // in the message
    QTest::newRow("no body") << QByteArray("base.obj") << QByteArray("g body") << QByteArray("g ghost")
                             << QByteArray("'body'");
    QTest::newRow("no eye") << QByteArray("base.obj") << QByteArray("g helper-l-eye") << QByteArray("g spare")
                            << QByteArray("helper-l-eye");
    QTest::newRow("vertex without number")
        << QByteArray("base.obj") << QByteArray("v ") << QByteArray("v x ") << QByteArray("line 2");
    QTest::newRow("face before its vertices")
        << QByteArray("base.obj") << QByteArray("f 1/1") << QByteArray("f 99999/1") << QByteArray("line 10");
    QTest::newRow("rig is not JSON") << QByteArray("rig.mixamo.json") << QByteArray("{") << QByteArray("")
                                     << QByteArray("JSON");
    QTest::newRow("no bones") << QByteArray("rig.mixamo.json") << QByteArray("\"bones\"") << QByteArray("\"limbs\"")
                              << QByteArray("bones");
    QTest::newRow("unknown parent") << QByteArray("rig.mixamo.json") << QByteArray("\"parent\":\"mixamorig:Hips\"")
                                    << QByteArray("\"parent\":\"Horse\"") << QByteArray("parents");
    QTest::newRow("unknown cube") << QByteArray("rig.mixamo.json") << QByteArray("joint-Hips\"")
                                  << QByteArray("joint-Hat\"") << QByteArray("Hips");
    QTest::newRow("weights of nobody") << QByteArray("weights.mixamo.json") << QByteArray("mixamorig:Neck")
                                       << QByteArray("mixamorig:Horn") << QByteArray("Horn");
    QTest::newRow("weight of no vertex") << QByteArray("weights.mixamo.json") << QByteArray("[[")
                                         << QByteArray("[[987654,1],[") << QByteArray("987654");
    QTest::newRow("vertex without weight")
        << QByteArray("weights.mixamo.json") << QByteArray("[[0,0.5],") << QByteArray("[") << QByteArray("vertex 0");
    QTest::newRow("weight is text") << QByteArray("weights.mixamo.json") << QByteArray("[[0,0.5]")
                                    << QByteArray("[[0,\"a\"]") << QByteArray("weights");
}

void TestBodyMesh::brokenFilesAreNamed()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, instead);
    QFETCH(QByteArray, named);
    std::string content = contentOf(m_root / file.toStdString());
    const std::size_t at = content.find(text.toStdString());
    QVERIFY(at != std::string::npos);
    content.replace(at, static_cast<std::size_t>(text.size()), instead.toStdString());
    std::ofstream(m_root / file.toStdString()) << content;
    const Result<BodyMesh> read = readBodyMesh(m_root);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().code(), ErrorCode::WrongFormat);
    const std::string sentence = read.error().sentence();
    QVERIFY2(sentence.find(file.toStdString()) != std::string::npos, sentence.c_str());
    QVERIFY2(sentence.find(named.toStdString()) != std::string::npos, sentence.c_str());
}

void TestBodyMesh::missingFilesAreNamed()
{
    for (const char *file : {"weights.mixamo.json", "rig.mixamo.json", "base.obj"}) {
        std::filesystem::remove(m_root / file);
        const Result<BodyMesh> read = readBodyMesh(m_root);
        QVERIFY(!read.ok());
        QCOMPARE(read.error().code(), ErrorCode::FileNotFound);
        QVERIFY(read.error().sentence().find(file) != std::string::npos);
    }
}

void TestBodyMesh::restPoseKeepsTheMesh()
{
    const BodyMesh body = mesh();
    std::vector<Vector3f> vertices;
    const std::vector<PlacedBone> bones = placeBones(body, BodyShape::unchanged(body), BodyPose::rest(body));
    skin(body, bones, vertices);
    for (std::size_t v = 0; v < vertices.size(); ++v)
        QVERIFY((vertices[v] - body.vertices[v]).norm() < 1e-5F);
    for (std::size_t b = 0; b < bones.size(); ++b)
        QVERIFY((bones[b].head - body.bones[b].head).norm() < 1e-5F);
}

void TestBodyMesh::turnedBoneTakesItsChildrenAlong()
{
    const BodyMesh body = mesh();
    const auto leg = static_cast<std::size_t>(body.boneIndex("LeftUpLeg"));
    BodyPose pose = BodyPose::rest(body);
    // A quarter turn about +x takes what points down to the front.
    pose.local[leg] = Eigen::AngleAxisf(-static_cast<float>(M_PI) / 2, Vector3f::UnitX());
    const std::vector<PlacedBone> bones = placeBones(body, BodyShape::unchanged(body), pose);
    const auto at = [&](const char *bone) { return bones[static_cast<std::size_t>(body.boneIndex(bone))].head; };
    QVERIFY((at("LeftUpLeg") - Vector3f(0.1F, 0.92F, 0)).norm() < 1e-5F);
    QVERIFY((at("LeftLeg") - Vector3f(0.1F, 0.93F, 0.42F)).norm() < 1e-4F);
    QVERIFY((at("LeftFoot") - Vector3f(0.1F, 0.92F, 0.84F)).norm() < 1e-4F);
    QVERIFY((at("RightFoot") - Vector3f(-0.1F, 0.08F, 0)).norm() < 1e-5F);
}

void TestBodyMesh::longerBonePushesItsChildren()
{
    const BodyMesh body = mesh();
    BodyShape shape = BodyShape::unchanged(body);
    const auto arm = static_cast<std::size_t>(body.boneIndex("LeftArm"));
    shape.length[arm] = 1.5F;
    shape.girth[arm] = 2;
    const std::vector<PlacedBone> bones = placeBones(body, shape, BodyPose::rest(body));
    const Vector3f elbow = bones[static_cast<std::size_t>(body.boneIndex("LeftForeArm"))].head;
    QVERIFY((elbow - Vector3f(0.48F, 1.12F, 0)).norm() < 1e-5F); // head + 1.5 · (0.2, −0.2, 0)
    std::vector<Vector3f> vertices;
    skin(body, bones, vertices);
    for (std::size_t v = 0; v < vertices.size(); ++v) {
        if (body.mainBone[v] != arm)
            continue;
        const Vector3f along = Vector3f(1, -1, 0).normalized();
        const Vector3f off = vertices[v] - bones[arm].head;
        QVERIFY(std::abs((off - off.dot(along) * along).norm() - 2 * 0.04F * std::sqrt(2.0F)) < 1e-4F);
    }
}

void TestBodyMesh::bentJointsBlendTheirBones()
{
    BodyMesh body = mesh();
    const auto first = static_cast<std::uint16_t>(body.boneIndex("LeftUpLeg"));
    const auto second = static_cast<std::uint16_t>(body.boneIndex("LeftLeg"));
    // One more vertex, at the knee, half of each.
    const Vector3f knee(0.1F, 0.5F, 0.06F);
    body.vertices.push_back(knee);
    body.mainBone.push_back(first);
    body.weights.insert(body.weights.end(), {{first, 0.5F}, {second, 0.5F}});
    body.weightOffset.push_back(static_cast<std::uint32_t>(body.weights.size()));
    BodyPose pose = BodyPose::rest(body);
    pose.local[second] = Eigen::AngleAxisf(static_cast<float>(M_PI) / 2, Vector3f::UnitX()); // shank backwards
    std::vector<Vector3f> vertices;
    skin(body, placeBones(body, BodyShape::unchanged(body), pose), vertices);
    // The thigh leaves it; the shank turns the 5 cm before the joint to 5 cm below it.
    const Vector3f expected = 0.5F * (knee + Vector3f(0.1F, 0.45F, 0.01F));
    QVERIFY((vertices.back() - expected).norm() < 1e-5F);
}

void TestBodyMesh::checkRetargeting(const BodyMesh &body, const std::filesystem::path &mocapFile,
                                    float collarRadians) const
{
    const Result<MocapData> mocap = readMocap(mocapFile, "train");
    QVERIFY2(mocap.ok(), mocap.ok() ? "" : mocap.error().sentence().c_str());
    const Skeleton skeleton = *findSkeleton("person19");
    const Result<MocapRetarget> retarget = MocapRetarget::create(body, mocap->skeleton);
    const Result<BodyKeypoints> keypoints = BodyKeypoints::create(body, skeleton);
    QVERIFY(retarget.ok() && keypoints.ok());
    int checked = 0;
    for (const MocapSequence &sequence : mocap->sequences) {
        for (std::int64_t t = 0; t < sequence.frames; t += std::max<std::int64_t>(1, sequence.frames / 7)) {
            const float *joints = sequence.frame(t, 17);
            const auto inMocap = [&](const char *name) {
                const float *at = joints + 3 * mocap->skeleton.indexOf(name);
                return Vector3f(at[0], at[1], at[2]);
            };
            const std::vector<PlacedBone> bones = placeBones(body, BodyShape::unchanged(body), retarget->pose(joints));
            std::vector<Vector3f> vertices;
            skin(body, bones, vertices);
            const std::vector<Vector3f> places = keypoints->places(bones, vertices);
            const auto onBody = [&](const char *name) {
                return places[static_cast<std::size_t>(skeleton.indexOf(name))];
            };
            for (const auto &[from, to] : kLimbs) {
                const Vector3f wanted = (inMocap(to) - inMocap(from)).normalized();
                const Vector3f found = (onBody(to) - onBody(from)).normalized();
                const float angle = std::acos(std::clamp(wanted.dot(found), -1.0F, 1.0F));
                QVERIFY2(angle < 0.02F, qPrintable(QStringLiteral("%1 frame %2 %3: %4 rad")
                                                       .arg(QString::fromStdString(sequence.name))
                                                       .arg(t)
                                                       .arg(QLatin1String(from))
                                                       .arg(angle)));
            }
            const Vector3f shoulders = (inMocap("left_shoulder") - inMocap("right_shoulder")).normalized();
            const Vector3f onRig = (onBody("left_shoulder") - onBody("right_shoulder")).normalized();
            QVERIFY(shoulders.dot(onRig) > std::cos(collarRadians));
            ++checked;
        }
    }
    QVERIFY(checked > 5);
}

void TestBodyMesh::retargetedLimbsPointWhereTheMocapDoes()
{
    writeTestMocap(m_root / "mocap.h5", 2, 40);
    checkRetargeting(mesh(), m_root / "mocap.h5", 0.3F);
}

void TestBodyMesh::retargetedBodyFacesWhereTheMocapDoes()
{
    const BodyMesh body = mesh();
    writeTestMocap(m_root / "mocap.h5", 1, 60);
    const MocapData mocap = *readMocap(m_root / "mocap.h5", "train");
    const MocapRetarget retarget = *MocapRetarget::create(body, mocap.skeleton);
    for (const std::int64_t t : {0, 30, 59}) { // it turns by 0.02 rad a frame
        std::vector<Vector3f> vertices;
        skin(body, placeBones(body, BodyShape::unchanged(body), retarget.pose(mocap.sequences[0].frame(t, 17))),
             vertices);
        const Vector3f facing = vertices[body.nose] - 0.5F * (vertices[body.ears[0]] + vertices[body.ears[1]]);
        QVERIFY(std::abs(std::atan2(facing.x(), facing.z()) - 0.02F * static_cast<float>(t)) < 0.2F);
        const Vector3f left = vertices[body.ears[0]] - vertices[body.ears[1]];
        QVERIFY(Vector3f::UnitY().cross(facing).dot(left) > 0); // left is left of where it faces
    }
}

void TestBodyMesh::kneesBendLikeHinges()
{
    const BodyMesh body = mesh();
    const Skeleton skeleton = *findSkeleton("h36m17");
    writeTestMocap(m_root / "mocap.h5", 1, 2);
    const MocapData mocap = *readMocap(m_root / "mocap.h5", "train");
    std::vector<float> joints(mocap.sequences[0].joints.begin(), mocap.sequences[0].joints.begin() + 51);
    const auto place = [&](const char *name, const Vector3f &at) {
        std::copy_n(at.data(), 3, joints.begin() + 3 * skeleton.indexOf(name));
    };
    // The left thigh points to the front, the shank to the left: the leg is turned outwards.
    place("left_hip", {0.1F, 0.95F, 0});
    place("left_knee", {0.1F, 0.95F, 0.45F});
    place("left_ankle", {-0.3F, 0.95F, 0.45F});
    const BodyPose pose = MocapRetarget::create(body, skeleton)->pose(joints.data());
    const std::vector<PlacedBone> bones = placeBones(body, BodyShape::unchanged(body), pose);
    const auto thigh = static_cast<std::size_t>(body.boneIndex("LeftUpLeg"));
    // The hinge, the body's left-to-right axis at rest, stands across thigh and shank.
    const Vector3f hinge = bones[thigh].rotation * Vector3f::UnitX();
    const Vector3f across = Vector3f(0, 0, 1).cross(Vector3f(-1, 0, 0));
    QVERIFY2(hinge.dot(across) > 0.9F, qPrintable(QString::number(hinge.dot(across))));
}

void TestBodyMesh::lacksOfJointsAreNamed()
{
    const BodyMesh body = mesh();
    const Result<MocapRetarget> coco = MocapRetarget::create(body, *findSkeleton("coco17"));
    QVERIFY(!coco.ok());
    QCOMPARE(coco.error().code(), ErrorCode::MissingJoints);
    const Result<BodyKeypoints> toes = BodyKeypoints::create(body, *findSkeleton("body25"));
    QVERIFY(!toes.ok());
    QCOMPARE(toes.error().code(), ErrorCode::MissingJoints);
    BodyMesh armless = body;
    armless.bones[static_cast<std::size_t>(armless.boneIndex("LeftArm"))].name = "LeftWing";
    QCOMPARE(MocapRetarget::create(armless, *findSkeleton("h36m17")).error().code(), ErrorCode::MissingJoints);
    QCOMPARE(BodyKeypoints::create(armless, *findSkeleton("person19")).error().code(), ErrorCode::MissingJoints);
}

void TestBodyMesh::nearTrianglesHideFarOnes()
{
    // Both cover the picture; the red one is tilted through the green one: nearer on the left.
    const auto corner = [](float x, float y, float depth, const Vector3f &colour) {
        return ScreenVertex{x, y, 1 / depth, colour, 0};
    };
    const Vector3f red(1, 0, 0), green(0, 1, 0);
    const std::vector<ScreenVertex> vertices{corner(-40, 20, 2, green), corner(60, 20, 2, green),
                                             corner(10, -60, 2, green), corner(-40, 20, 1, red),
                                             corner(60, 20, 40, red),   corner(10, -60, 2, red)};
    for (const std::vector<MeshTriangle> &order :
         {std::vector<MeshTriangle>{{0, 1, 2}, {3, 4, 5}}, {{3, 4, 5}, {0, 1, 2}}}) {
        Rasterizer raster(20, 20);
        raster.draw(vertices, order, 7);
        QVERIFY(raster.at(1, 10).colour == red);
        QVERIFY(raster.at(18, 10).colour.isApprox(green));
        QVERIFY(std::abs(1 / raster.at(18, 10).inverseDepth - 2) < 1e-4F);
        QCOMPARE(raster.at(1, 10).owner, std::uint16_t(7));
    }
}

void TestBodyMesh::backsOfTrianglesAreNotDrawn()
{
    const std::vector<ScreenVertex> vertices{
        {0, 10, 1, {1, 1, 1}, 0}, {10, 10, 1, {1, 1, 1}, 0}, {5, 0, 1, {1, 1, 1}, 0}};
    const auto drawn = [&](const MeshTriangle &triangle) {
        Rasterizer raster(10, 10);
        raster.draw(vertices, std::vector<MeshTriangle>{triangle}, 1);
        int count = 0;
        for (int i = 0; i < 100; ++i)
            count += raster.at(i % 10, i / 10).inverseDepth > 0 ? 1 : 0;
        return count;
    };
    QCOMPARE(drawn({0, 1, 2}), 50); // half of the square
    QCOMPARE(drawn({0, 2, 1}), 0);
}

void TestBodyMesh::silhouetteCoversTheJoints()
{
    const BodyMesh body = mesh();
    const Skeleton skeleton = *findSkeleton("person19");
    const std::vector<PlacedBone> bones = placeBones(body, BodyShape::unchanged(body), BodyPose::rest(body));
    std::vector<Vector3f> vertices;
    skin(body, bones, vertices);
    const BodyKeypoints keypoints = *BodyKeypoints::create(body, skeleton);
    const std::vector<Vector3f> places = keypoints.places(bones, vertices);
    const std::vector<ScreenVertex> screen = frontView(body, vertices);
    Rasterizer raster(200, 200);
    raster.draw(screen, body.layers[0], 1);
    raster.draw(screen, body.layers[1], 1);
    for (std::size_t j = 0; j < places.size(); ++j) {
        if (skeleton.joints[j] == "head_top" || skeleton.joints[j].ends_with("ear"))
            continue; // the tips of the octahedron
        const float u = 100 + 100 * places[j].x(), v = 200 - 100 * places[j].y();
        const Rasterizer::Sample &seen = raster.at(static_cast<int>(u), static_cast<int>(v));
        QVERIFY2(seen.inverseDepth > 0, skeleton.joints[j].c_str());
        const float before = 10 - places[j].z() - 1 / seen.inverseDepth;
        QVERIFY2(keypoints.isUnderSkin(j, seen.bone, before), skeleton.joints[j].c_str());
    }
    // It faces the viewer: its left is on the right.
    const auto u = [&](const char *joint) { return places[static_cast<std::size_t>(skeleton.indexOf(joint))].x(); };
    for (const auto &[left, right] : skeleton.pairs)
        QVERIFY(u(skeleton.joints[static_cast<std::size_t>(left)].c_str())
                > u(skeleton.joints[static_cast<std::size_t>(right)].c_str()));
}

void TestBodyMesh::onlyOwnSkinMayLieBeforeAJoint()
{
    const BodyMesh body = mesh();
    const Skeleton skeleton = *findSkeleton("person19");
    const BodyKeypoints keypoints = *BodyKeypoints::create(body, skeleton);
    const auto under = [&](const char *joint, const char *bone, float metres) {
        return keypoints.isUnderSkin(static_cast<std::size_t>(skeleton.indexOf(joint)),
                                     static_cast<std::uint16_t>(body.boneIndex(bone)), metres);
    };
    QVERIFY(under("left_hip", "Hips", 0.12F));
    QVERIFY(under("left_knee", "LeftUpLeg", 0.06F));
    QVERIFY(!under("left_knee", "RightUpLeg", 0.06F)); // the other leg
    QVERIFY(!under("left_wrist", "Spine2", 0.1F));     // the hand behind the back
    QVERIFY(!under("left_wrist", "LeftForeArm", 0.3F));
    QVERIFY(under("nose", "Head", 0.0F));
    QVERIFY(!under("nose", "Head", 0.15F)); // seen from behind
}

void TestBodyMesh::frontAndBackShowTheirJoints()
{
    const BodyMesh body = mesh();
    const Skeleton skeleton = *findSkeleton("person19");
    const BodyKeypoints keypoints = *BodyKeypoints::create(body, skeleton);
    const DressedBody person = standing(body, keypoints);
    for (const bool front : {true, false}) {
        const BodyView view = levelView(front ? static_cast<float>(M_PI) : 0); // it faces +z
        Rasterizer raster = rasterOf(view);
        drawBody(person, body, view, 1, raster);
        const Pose2D joints = seenJoints(person, keypoints, view, 1, raster);
        const auto joint = [&](const char *name) { return joints[static_cast<std::size_t>(skeleton.indexOf(name))]; };
        QVERIFY((joint("left_wrist").x > joint("right_wrist").x) == front);
        QVERIFY((joint("left_ankle").x > joint("right_ankle").x) == front);
        QVERIFY(joint("head_top").y < joint("neck").y && joint("neck").y < joint("left_hip").y);
        // 4 m away a metre is 100 px: the hip at (0.1, 0.92), 0.02 m above the middle.
        QVERIFY(std::abs(joint("left_hip").x - (front ? 110 : 90)) < 0.5 && std::abs(joint("left_hip").y - 98) < 0.5);
        for (const char *name : {"left_hip", "right_knee", "left_ankle", "neck", "right_shoulder", "left_elbow"})
            QCOMPARE(joint(name).state, KeypointState::Visible);
        for (const char *name : {"nose", "left_eye", "right_eye"})
            QCOMPARE(joint(name).state, front ? KeypointState::Visible : KeypointState::Occluded);
    }
}

void TestBodyMesh::whoStandsBeforeHidesJoints()
{
    const BodyMesh body = mesh();
    const Skeleton skeleton = *findSkeleton("person19");
    const BodyKeypoints keypoints = *BodyKeypoints::create(body, skeleton);
    const DressedBody person = standing(body, keypoints);
    const BodyView view = levelView(static_cast<float>(M_PI));
    for (const float towardsCamera : {1.0F, -1.0F}) {
        DressedBody other = standing(body, keypoints);
        other.move({0.1F, 0, towardsCamera});
        Rasterizer raster = rasterOf(view);
        drawBody(person, body, view, 1, raster);
        drawBody(other, body, view, 2, raster);
        const Pose2D joints = seenJoints(person, keypoints, view, 1, raster);
        const auto state = [&](const char *name) {
            return joints[static_cast<std::size_t>(skeleton.indexOf(name))].state;
        };
        QCOMPARE(state("left_shoulder"), towardsCamera > 0 ? KeypointState::Occluded : KeypointState::Visible);
        QCOMPARE(state("neck"), towardsCamera > 0 ? KeypointState::Occluded : KeypointState::Visible);
        QCOMPARE(state("right_wrist"), KeypointState::Visible);
    }
}

void TestBodyMesh::jointsOutsideThePictureAreAbsent()
{
    const BodyMesh body = mesh();
    const Skeleton skeleton = *findSkeleton("person19");
    const BodyKeypoints keypoints = *BodyKeypoints::create(body, skeleton);
    const DressedBody person = standing(body, keypoints);
    BodyView view = levelView(static_cast<float>(M_PI));
    view.height = 100; // down to the middle of the body
    Rasterizer raster = rasterOf(view);
    drawBody(person, body, view, 1, raster);
    const Pose2D joints = seenJoints(person, keypoints, view, 1, raster);
    const auto state = [&](const char *name) { return joints[static_cast<std::size_t>(skeleton.indexOf(name))].state; };
    QCOMPARE(state("left_ankle"), KeypointState::Absent);
    QCOMPARE(state("right_knee"), KeypointState::Absent);
    QCOMPARE(state("left_shoulder"), KeypointState::Visible);
}

void TestBodyMesh::realMeshIsRead()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_REAL_DATA");
    const Result<BodyMesh> body = readBodyMesh(folder / "body_mesh");
    QVERIFY2(body.ok(), body.ok() ? "" : body.error().sentence().c_str());
    QCOMPARE(body->bones.size(), std::size_t(52));
    float low = 10, high = -10;
    for (const Vector3f &vertex : body->vertices) {
        low = std::min(low, vertex.y());
        high = std::max(high, vertex.y());
    }
    QVERIFY(high - low > 1.5F && high - low < 1.9F);
    QVERIFY(body->vertices[body->headTop].y() > high - 0.01F);
    QVERIFY(body->bones[static_cast<std::size_t>(body->boneIndex("LeftHand"))].head.x() > 0.3F);
}

void TestBodyMesh::realMeshFollowsRealMocap()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_REAL_DATA");
    const Result<BodyMesh> body = readBodyMesh(folder / "body_mesh");
    QVERIFY(body.ok());
    checkRetargeting(*body, folder / "mocap" / "cmu_mocap.h5", 0.5F);
}

QTEST_APPLESS_MAIN(TestBodyMesh)
#include "tst_bodymesh.moc"
