#include "models/keypoints/keypointpack.h"
#include "models/keypoints/pixels.h"
#include "models/synth/backdrop.h"
#include "models/synth/makesyntheticpack.h"
#include "models/synth/personpicture.h"
#include "tests/support/environment.h"
#include "tests/support/lspwriter.h"
#include "tests/support/mocapwriter.h"
#include "tests/support/tinybody.h"

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include <QPainter>

#include <cmath>

using namespace poselift;
using Eigen::Vector3f;

namespace {

int countOf(const std::vector<PersonPicture> &pictures, KeypointState state)
{
    int count = 0;
    for (const PersonPicture &picture : pictures)
        count += static_cast<int>(std::ranges::count(picture.joints, state, &Keypoint2D::state));
    return count;
}

/// Nothing but one whole person.
PersonPictureOptions plain()
{
    PersonPictureOptions options;
    options.side = 96;
    options.otherChance = options.occluderChance = options.truncationChance = 0;
    return options;
}

} // namespace

class TestPersonPictures : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void wholePeopleLieInTheirPieces();
    void jointsLieOnThePerson();
    void thingsBeforePeopleHideJoints();
    void edgesOfThePictureCutJointsOff();
    void sameSeedGivesTheSamePicture();
    void holesAreFilledFromAround();
    void labelledPeopleAreRemovedFromBackgrounds();
    void lateBackgroundsAreNotUsed();
    void packHoldsWhatWasDrawn();
    void packDoesNotDependOnThreads();
    void badOptionsAreRefused_data();
    void badOptionsAreRefused();
    void cancelWritesNothing();
    void realBodiesAreDrawn();

private:
    std::vector<PersonPicture> draw(const PersonPictureOptions &options, int count, std::uint64_t seed = 1,
                                    const Backdrop &backdrop = {}) const;
    SyntheticPackOptions packOptions() const;

    QTemporaryDir m_folder;
    std::filesystem::path m_root;
    BodyMesh m_mesh;
    MocapData m_mocap;
    Skeleton m_skeleton;
};

void TestPersonPictures::initTestCase()
{
    m_root = m_folder.path().toStdString();
    writeTinyBody(m_root);
    writeTestMocap(m_root / "mocap.h5", 4, 50);
    m_mesh = *readBodyMesh(m_root);
    m_mocap = *readMocap(m_root / "mocap.h5", "train");
    m_skeleton = *findSkeleton("person19");
}

std::vector<PersonPicture> TestPersonPictures::draw(const PersonPictureOptions &options, int count, std::uint64_t seed,
                                                    const Backdrop &backdrop) const
{
    const PersonPictures pictures = *PersonPictures::create(m_mesh, m_mocap, m_skeleton, options);
    std::vector<PersonPicture> drawn;
    for (int i = 0; i < count; ++i) {
        Random random(seed, static_cast<std::uint64_t>(i));
        Result<PersonPicture> picture = pictures.draw(backdrop, random);
        if (!picture)
            qFatal("%s", picture.error().sentence().c_str());
        drawn.push_back(*std::move(picture));
    }
    return drawn;
}

SyntheticPackOptions TestPersonPictures::packOptions() const
{
    SyntheticPackOptions options;
    options.mesh = m_root;
    options.mocap = m_root / "mocap.h5";
    options.output = m_root / "pack.h5";
    options.count = 5;
    options.picture.side = 64;
    return options;
}

void TestPersonPictures::wholePeopleLieInTheirPieces()
{
    for (const PersonPicture &picture : draw(plain(), 40)) {
        QCOMPARE(picture.picture.width, 96);
        QCOMPARE(picture.picture.height, 96);
        for (const Keypoint2D &joint : picture.joints) {
            QVERIFY(joint.isKnown());
            QVERIFY(joint.x >= picture.box.x - 1e-9 && joint.x <= picture.box.x + picture.box.width + 1e-9);
            QVERIFY(joint.y >= picture.box.y - 1e-9 && joint.y <= picture.box.y + picture.box.height + 1e-9);
        }
        const double room = 96 / std::max(picture.box.width, picture.box.height);
        QVERIFY(room > 1.6 * 0.85 && room < 1.6 * 1.17);
    }
}

void TestPersonPictures::jointsLieOnThePerson()
{
    // The same people on two backdrops: what differs is background.
    PersonPictureOptions options = plain();
    const QString folder = m_folder.filePath(QStringLiteral("white"));
    QDir().mkpath(folder + QStringLiteral("/images"));
    QImage white(100, 100, QImage::Format_RGB32);
    white.fill(Qt::white);
    QVERIFY(white.save(lspPicturePath(folder, 1)));
    std::vector<double> values(42, 1);
    values[13] = 5; // a person of 4 × 1 px in the corner
    writeLspJoints(folder, values, 14, 1);
    const Result<Backdrop> backdrop = Backdrop::ofLsp(folder.toStdString(), 1);
    QVERIFY2(backdrop.ok(), backdrop.ok() ? "" : backdrop.error().sentence().c_str());
    int tested = 0, on = 0;
    for (const PersonPicture &picture : draw(options, 60, 3, *backdrop)) {
        const Vector3f corner = picture.picture.at(95, 95);
        if ((corner - picture.picture.at(0, 95)).norm() > 0.1F || (corner - picture.picture.at(95, 0)).norm() > 0.1F)
            continue;                          // a made-up background
        for (std::size_t j = 0; j < 12; ++j) { // joints inside limbs
            const Keypoint2D &joint = picture.joints[j];
            ++tested;
            on += (picture.picture.at(static_cast<int>(joint.x), static_cast<int>(joint.y)) - corner).norm() > 0.06F
                      ? 1
                      : 0;
        }
    }
    QVERIFY(tested > 200);
    QVERIFY2(on > 0.9 * tested, qPrintable(QStringLiteral("%1 of %2").arg(on).arg(tested))); // clothes may be white
}

void TestPersonPictures::thingsBeforePeopleHideJoints()
{
    PersonPictureOptions covered = plain();
    covered.occluderChance = 1;
    PersonPictureOptions crowded = plain();
    crowded.otherChance = 1;
    const int alone = countOf(draw(plain(), 80), KeypointState::Occluded);
    QVERIFY(alone > 0); // by their own bodies
    QVERIFY(countOf(draw(covered, 80), KeypointState::Occluded) > alone + 80);
    // The same people with others around them: nothing comes to light, something is hidden.
    const std::vector<PersonPicture> before = draw(plain(), 300), after = draw(crowded, 300);
    int hidden = 0;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i].joints[0].x != after[i].joints[0].x)
            continue; // drawn again because too little was left to see
        for (std::size_t j = 0; j < before[i].joints.size(); ++j) {
            const bool was = before[i].joints[j].state == KeypointState::Occluded;
            const bool is = after[i].joints[j].state == KeypointState::Occluded;
            QVERIFY(is || !was);
            hidden += is && !was ? 1 : 0;
        }
    }
    QVERIFY2(hidden > 5, qPrintable(QString::number(hidden)));
}

void TestPersonPictures::edgesOfThePictureCutJointsOff()
{
    PersonPictureOptions cut = plain();
    cut.truncationChance = 1;
    const std::vector<PersonPicture> pictures = draw(cut, 80);
    QVERIFY(countOf(pictures, KeypointState::Absent) > 80);
    int narrow = 0;
    for (const PersonPicture &picture : pictures) {
        narrow += picture.picture.width < 96 || picture.picture.height < 96 ? 1 : 0;
        for (const Keypoint2D &joint : picture.joints) {
            if (joint.isKnown())
                QVERIFY(joint.x >= 0 && joint.y >= 0 && joint.x < picture.picture.width
                        && joint.y < picture.picture.height);
        }
        QVERIFY(picture.box.x >= 0 && picture.box.x + picture.box.width <= picture.picture.width);
    }
    QVERIFY(narrow > 60);
    QCOMPARE(countOf(draw(plain(), 40), KeypointState::Absent), 0);
}

void TestPersonPictures::sameSeedGivesTheSamePicture()
{
    const PersonPictureOptions options;
    const std::vector<PersonPicture> first = draw(options, 3, 5), again = draw(options, 3, 5),
                                     other = draw(options, 3, 6);
    for (std::size_t i = 0; i < 3; ++i) {
        QVERIFY(first[i].joints == again[i].joints);
        QVERIFY(first[i].picture.pixels == again[i].picture.pixels);
        QVERIFY(first[i].joints != other[i].joints);
    }
    QVERIFY(first[0].joints != first[1].joints);
}

void TestPersonPictures::holesAreFilledFromAround()
{
    ColourPicture picture;
    picture.resize(33, 20);
    std::vector<float> known(33 * 20, 1.0F);
    for (int y = 0; y < 20; ++y) {
        for (int x = 0; x < 33; ++x) {
            const bool hole = x > 8 && x < 22 && y > 4 && y < 15;
            picture.at(x, y) = hole ? Vector3f(1, 0, 0) : Vector3f(0, 0.2F, 0.01F * static_cast<float>(x));
            known[static_cast<std::size_t>(33 * y + x)] = hole ? 0.0F : 1.0F;
        }
    }
    const ColourPicture before = picture;
    fillHoles(picture, known);
    for (int y = 0; y < 20; ++y) {
        for (int x = 0; x < 33; ++x) {
            const Vector3f &colour = picture.at(x, y);
            if (x <= 8 || x >= 22 || y <= 4 || y >= 15)
                QVERIFY(colour == before.at(x, y));
            QVERIFY(colour.x() < 1e-6F && std::abs(colour.y() - 0.2F) < 1e-5F);
            QVERIFY(colour.z() > -1e-6F && colour.z() < 0.33F);
        }
    }
    // Darker on the left, as around the hole.
    QVERIFY(picture.at(10, 10).z() + 0.02F < picture.at(20, 10).z());
}

void TestPersonPictures::labelledPeopleAreRemovedFromBackgrounds()
{
    const QString folder = m_folder.filePath(QStringLiteral("photographs"));
    QDir().mkpath(folder + QStringLiteral("/images"));
    // A red stick figure on green.
    QImage image(200, 160, QImage::Format_RGB32);
    image.fill(QColor(20, 120, 20));
    std::vector<double> values;
    const std::vector<QPointF> joints{{85, 140}, {88, 110}, {92, 80},  {108, 80}, {112, 110}, {115, 140}, {70, 85},
                                      {75, 60},  {85, 40},  {115, 40}, {125, 60}, {130, 85},  {100, 35},  {100, 15}};
    QPainter painter(&image);
    painter.setPen(QPen(QColor(230, 10, 10), 6));
    const Skeleton lsp = *findSkeleton("lsp14");
    for (const auto &[from, to] : lsp.bones)
        painter.drawLine(joints[static_cast<std::size_t>(from)], joints[static_cast<std::size_t>(to)]);
    painter.end();
    for (const QPointF &joint : joints)
        values.push_back(joint.x() + 0.5);
    for (const QPointF &joint : joints)
        values.push_back(joint.y() + 0.5);
    values.insert(values.end(), 14, 1.0);
    QVERIFY(image.save(lspPicturePath(folder, 1), nullptr, 95));
    writeLspJoints(folder, values, 14, 1);
    const Result<Backdrop> backdrop = Backdrop::ofLsp(folder.toStdString(), 7200);
    QVERIFY(backdrop.ok());
    int photographs = 0;
    for (std::uint64_t i = 0; i < 30; ++i) {
        Random random(4, i);
        ColourPicture picture;
        picture.resize(64, 64);
        QVERIFY(backdrop->draw(random, picture).ok());
        const auto isGreen = [](const Vector3f &colour) {
            return (colour - Vector3f(20, 120, 20) / 255.0F).norm() < 0.1F;
        };
        if (!isGreen(picture.at(0, 0)) || !isGreen(picture.at(63, 63)))
            continue; // made up
        ++photographs;
        for (const Vector3f &colour : picture.pixels)
            QVERIFY(colour.x() < 0.45F);
    }
    QVERIFY(photographs > 15);
}

void TestPersonPictures::lateBackgroundsAreNotUsed()
{
    const QString folder = m_folder.filePath(QStringLiteral("late"));
    QDir().mkpath(folder + QStringLiteral("/images"));
    QImage white(50, 50, QImage::Format_RGB32);
    white.fill(Qt::white);
    QVERIFY(white.save(lspPicturePath(folder, 2)));
    std::vector<double> values(84, 1);
    values[42] = 30;
    writeLspJoints(folder, values, 14, 2);
    QVERIFY(Backdrop::ofLsp(folder.toStdString(), 2).ok());
    const Result<Backdrop> none = Backdrop::ofLsp(folder.toStdString(), 1);
    QVERIFY(!none.ok());
    QCOMPARE(none.error().code(), ErrorCode::NoFrames);
}

void TestPersonPictures::packHoldsWhatWasDrawn()
{
    const SyntheticPackOptions options = packOptions();
    const Result<SyntheticPackResult> result = makeSyntheticPack(options, {});
    QVERIFY2(result.ok(), result.ok() ? "" : result.error().sentence().c_str());
    QCOMPARE(result->people, 5);
    const Result<KeypointPack> pack = readKeypointPack(options.output);
    QVERIFY2(pack.ok(), pack.ok() ? "" : pack.error().sentence().c_str());
    QCOMPARE(pack->skeleton.name, std::string("person19"));
    QVERIFY(pack->description.find("CC0") != std::string::npos);
    const std::vector<PersonPicture> drawn = draw(options.picture, 5);
    std::int64_t bytes = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        const PackedPerson &person = pack->people[i];
        bytes += static_cast<std::int64_t>(person.jpeg.size());
        QCOMPARE(person.split, PackSplit::Train);
        const Result<RgbPicture> picture = decodePicture(person.jpeg, person.source);
        QVERIFY(picture.ok());
        QCOMPARE(picture->width, person.width);
        QCOMPARE(picture->height, drawn[i].picture.height);
        double difference = 0;
        for (std::size_t p = 0; p < drawn[i].picture.pixels.size(); ++p) {
            for (int c = 0; c < 3; ++c)
                difference += std::abs(picture->pixels[3 * p + static_cast<std::size_t>(c)] / 255.0
                                       - drawn[i].picture.pixels[p][c]);
        }
        QVERIFY(difference / static_cast<double>(3 * drawn[i].picture.pixels.size()) < 0.06); // JPEG
        for (std::size_t j = 0; j < 19; ++j) {
            QCOMPARE(person.labels[j].state, drawn[i].joints[j].state);
            QVERIFY(std::abs(person.labels[j].x - drawn[i].joints[j].x) < 1e-4);
            QCOMPARE(person.teacher[j].state, KeypointState::Missing);
        }
    }
    QCOMPARE(result->bytes, bytes);
}

void TestPersonPictures::packDoesNotDependOnThreads()
{
    SyntheticPackOptions options = packOptions();
    options.count = 9;
    QVERIFY(makeSyntheticPack(options, {}).ok());
    const KeypointPack one = *readKeypointPack(options.output);
    options.threads = 3;
    QVERIFY(makeSyntheticPack(options, {}).ok());
    const KeypointPack three = *readKeypointPack(options.output);
    for (std::size_t i = 0; i < 9; ++i) {
        QVERIFY(one.people[i].jpeg == three.people[i].jpeg);
        QVERIFY(one.people[i].labels == three.people[i].labels);
    }
}

void TestPersonPictures::badOptionsAreRefused_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("side");
    QTest::addColumn<double>("room");
    QTest::addColumn<int>("threads");
    QTest::newRow("no pictures") << 0 << 64 << 1.6 << 1;
    QTest::newRow("tiny pieces") << 1 << 8 << 1.6 << 1;
    QTest::newRow("no room") << 1 << 64 << 0.5 << 1;
    QTest::newRow("no thread") << 1 << 64 << 1.6 << 0;
}

void TestPersonPictures::badOptionsAreRefused()
{
    QFETCH(int, count);
    QFETCH(int, side);
    QFETCH(double, room);
    QFETCH(int, threads);
    SyntheticPackOptions options = packOptions();
    options.count = count;
    options.picture.side = side;
    options.picture.room = room;
    options.threads = threads;
    const Result<SyntheticPackResult> result = makeSyntheticPack(options, {});
    QVERIFY(!result.ok());
    QCOMPARE(result.error().code(), ErrorCode::BadArgument);
}

void TestPersonPictures::cancelWritesNothing()
{
    SyntheticPackOptions options = packOptions();
    options.output = m_root / "cancelled.h5";
    options.count = 1000;
    std::stop_source stop;
    const auto result =
        makeSyntheticPack(options, {stop.get_token(), [&](const JobProgress &) { stop.request_stop(); }});
    QVERIFY(!result.ok() && result.error().isCancelled());
    QVERIFY(!std::filesystem::exists(options.output));
}

void TestPersonPictures::realBodiesAreDrawn()
{
    POSELIFT_REQUIRE_DATA(folder, "POSELIFT_REAL_DATA");
    SyntheticPackOptions options;
    options.mesh = folder / "body_mesh";
    options.mocap = folder / "mocap" / "cmu_mocap.h5";
    options.backgrounds = folder / "annotated" / "lsp_extended";
    options.output = m_root / "real.h5";
    options.count = 64;
    const Result<SyntheticPackResult> result = makeSyntheticPack(options, {});
    QVERIFY2(result.ok(), result.ok() ? "" : result.error().sentence().c_str());
    const KeypointPack pack = *readKeypointPack(options.output);
    int visible = 0;
    for (const PackedPerson &person : pack.people)
        visible += static_cast<int>(std::ranges::count(person.labels, KeypointState::Visible, &Keypoint2D::state));
    QVERIFY(visible > 64 * 9); // about half of the joints and more
}

QTEST_APPLESS_MAIN(TestPersonPictures)
#include "tst_personpictures.moc"
