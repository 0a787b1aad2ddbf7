#include "models/keypoints/pixels.h"
#include "models/train/personexamples.h"
#include "tests/support/syntheticpeople.h"

#include <QBuffer>
#include <QImage>
#include <QtTest/QtTest>

#include <cmath>

using namespace poselift;

namespace {

/// Nothing but the mirror is varied.
PersonExampleOptions plain()
{
    PersonExampleOptions options;
    options.inputSize = 64;
    options.augmentation = {0, 0, 1, 1, 0, 0, 0, 0, 0, 0};
    return options;
}

/// Colour of the input around (u, v), back in [0, 255].
std::array<float, 3> colourAt(const float *planes, int size, float u, float v)
{
    const std::size_t at = static_cast<std::size_t>(v) * static_cast<std::size_t>(size) + static_cast<std::size_t>(u);
    const std::size_t plane = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    std::array<float, 3> colour{};
    for (std::size_t c = 0; c < 3; ++c)
        colour[c] = 255 * (planes[c * plane + at] * kPictureSpread + kPictureMean);
    return colour;
}

/// How many known joints of the batch lie on a disc, whose channels are all far from the grey of the background.
int onDiscs(const PersonBatch &batch, int people, int size, int *known)
{
    const std::size_t joints = batch.targets.size() / static_cast<std::size_t>(people);
    const std::size_t values = batch.inputs.size() / static_cast<std::size_t>(people);
    int hits = 0;
    *known = 0;
    for (std::size_t i = 0; i < batch.targets.size(); ++i) {
        const JointTarget &target = batch.targets[i];
        if (target.labelWeight <= 0)
            continue;
        ++*known;
        const std::array<float, 3> colour =
            colourAt(batch.inputs.data() + i / joints * values, size, target.labelU, target.labelV);
        hits += std::ranges::all_of(colour, [](float value) { return value < 90 || value > 150; }) ? 1 : 0;
    }
    return hits;
}

std::vector<std::uint8_t> pngOf(const QImage &image)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return {buffer.data().begin(), buffer.data().end()};
}

PersonExamples examplesOf(KeypointPack pack, const PersonExampleOptions &options)
{
    Result<PersonExamples> examples = PersonExamples::create(std::move(pack), options, "pack.h5");
    if (!examples)
        qFatal("%s", examples.error().sentence().c_str());
    return *std::move(examples);
}

} // namespace

class TestPersonExamples : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void affineInverseTurnsBack();
    void warpKeepsPixelCentres();
    void warpedOutsideIsGrey();
    void shrinkingAveragesPixels();
    void oddPicturesAreDecoded();
    void brokenPicturesAreRefused();
    void labelsStayOnTheirJoints_data();
    void labelsStayOnTheirJoints();
    void mirroringSwapsLeftAndRight();
    void drawsDependOnSeedAndStepOnly();
    void everyEpochShowsEverybodyOnce();
    void teacherFillsAndSoftensLabels();
    void jointsOutsideTheCropAreNowhere();
    void piecesWithoutPeopleHaveNoJoints();
    void packWithoutValidationIsRefused();
    void wrongPictureIsNamed();
    void packsAreMixedByTheirShares();
    void impossibleSharesAreRefused();
};

void TestPersonExamples::affineInverseTurnsBack()
{
    const Affine affine{2, 0.5, 7, -0.25, 1.5, -3};
    const auto there = affine(11, 13);
    const auto back = affine.inverse()(there[0], there[1]);
    QVERIFY(std::hypot(back[0] - 11, back[1] - 13) < 1e-12);
    QVERIFY(std::abs(affine.scale() - std::sqrt(3.125)) < 1e-12);
}

void TestPersonExamples::warpKeepsPixelCentres()
{
    std::vector<std::uint8_t> pixels;
    for (int i = 0; i < 16; ++i)
        pixels.insert(pixels.end(), {static_cast<std::uint8_t>(10 * i), 0, 255});
    const RgbPicture picture{4, 4, pixels};
    std::vector<float> planes(3 * 16);
    warpPicture(picture.view(), {}, {}, 4, 4, 1, planes.data());
    for (int i = 0; i < 16; ++i) {
        const std::array<float, 3> colour =
            colourAt(planes.data(), 4, static_cast<float>(i % 4), static_cast<float>(i / 4));
        QVERIFY(std::abs(colour[0] - static_cast<float>(10 * i)) < 0.01F);
        QVERIFY(std::abs(colour[1]) < 0.01F && std::abs(colour[2] - 255) < 0.01F);
    }
    // The same picture in another channel order.
    std::vector<std::uint8_t> bgrx;
    for (int i = 0; i < 16; ++i)
        bgrx.insert(bgrx.end(), {255, 0, static_cast<std::uint8_t>(10 * i), 255});
    std::vector<float> other(3 * 16);
    warpPicture({bgrx.data(), 4, 4, 16, 4, {2, 1, 0}}, {}, {}, 4, 4, 1, other.data());
    QVERIFY(other == planes);
}

void TestPersonExamples::warpedOutsideIsGrey()
{
    const RgbPicture white{2, 2, std::vector<std::uint8_t>(12, 255)};
    std::vector<float> planes(3 * 64, 1);
    warpPicture(white.view(), {1, 0, 100, 0, 1, 100}, {}, 8, 8, 1, planes.data());
    QVERIFY(std::ranges::all_of(planes, [](float value) { return std::abs(value) < 1e-6F; }));
}

void TestPersonExamples::shrinkingAveragesPixels()
{
    RgbPicture stripes{64, 64, {}};
    for (int i = 0; i < 64 * 64; ++i)
        stripes.pixels.insert(stripes.pixels.end(), 3, i % 2 == 0 ? 0 : 255);
    std::vector<float> planes(3 * 64);
    warpPicture(stripes.view(), {8, 0, 0, 0, 8, 0}, {}, 8, 8, 8, planes.data());
    QVERIFY(std::ranges::all_of(planes, [](float value) { return std::abs(value) < 0.3F; }));
}

void TestPersonExamples::oddPicturesAreDecoded()
{
    QImage colour(5, 3, QImage::Format_RGB32);
    colour.fill(QColor(200, 100, 50));
    for (const QImage::Format format : {QImage::Format_RGB32, QImage::Format_ARGB32, QImage::Format_RGBX64}) {
        const Result<RgbPicture> picture = decodePicture(pngOf(colour.convertToFormat(format)), "picture");
        QVERIFY(picture.ok());
        QCOMPARE(picture->width, 5);
        QCOMPARE(picture->height, 3);
        QVERIFY(picture->pixels[0] == 200 && picture->pixels[1] == 100 && picture->pixels[2] == 50);
    }
    const Result<RgbPicture> grey = decodePicture(pngOf(colour.convertToFormat(QImage::Format_Grayscale8)), "grey");
    QVERIFY(grey.ok() && grey->pixels.size() == 45 && grey->pixels[0] == grey->pixels[2]);
}

void TestPersonExamples::brokenPicturesAreRefused()
{
    const std::vector<std::uint8_t> whole = syntheticPeople(1, 3).people[0].jpeg;
    const std::vector<std::uint8_t> text{'t', 'e', 'x', 't'};
    for (const std::vector<std::uint8_t> &bytes :
         {text, std::vector<std::uint8_t>(), std::vector<std::uint8_t>(whole.begin(), whole.begin() + 40)}) {
        const Result<RgbPicture> picture = decodePicture(bytes, "pack.h5, im1.jpg");
        QVERIFY(!picture.ok());
        QCOMPARE(picture.error().code(), ErrorCode::DecodeFailed);
        QVERIFY(picture.error().sentence().find("im1.jpg") != std::string::npos);
    }
}

void TestPersonExamples::labelsStayOnTheirJoints_data()
{
    QTest::addColumn<int>("varied");
    for (const auto &[name, varied] : {std::pair("nothing but the mirror", 0), std::pair("rotation", 1),
                                       std::pair("scale and shift", 2), std::pair("half body", 3)})
        QTest::newRow(name) << varied;
}

void TestPersonExamples::labelsStayOnTheirJoints()
{
    QFETCH(int, varied);
    PersonExampleOptions options = plain();
    options.inputSize = 128;
    if (varied == 1)
        options.augmentation.rotationChance = 1, options.augmentation.rotationDegrees = 40;
    if (varied == 2)
        options.augmentation.scaleFrom = 0.75F, options.augmentation.scaleTo = 1.3F, options.augmentation.shift = 0.15F;
    if (varied == 3)
        options.augmentation.halfBodyChance = 1;
    const PersonExamples examples = examplesOf(syntheticPeople(8, 5), options);
    int known = 0;
    const int hits = onDiscs(examples.drawBatch(1, 0, 8), 8, options.inputSize, &known);
    QVERIFY(known > 8 * 6);
    // A disc may cover another one's middle or be cut by the JPEG's colour blocks.
    QVERIFY2(hits > 0.85 * known, qPrintable(QStringLiteral("%1 of %2").arg(hits).arg(known)));
}

void TestPersonExamples::mirroringSwapsLeftAndRight()
{
    const PersonExamples examples = examplesOf(syntheticPeople(16, 5), plain());
    const PersonBatch batch = examples.drawBatch(2, 0, 16);
    const int left = examples.skeleton().indexOf("left_wrist");
    const int right = examples.skeleton().indexOf("right_wrist");
    // The figures face the camera: the right wrist is on the picture's left, mirrored or not.
    for (std::size_t i = 0; i < 16; ++i)
        QVERIFY(batch.targets[19 * i + static_cast<std::size_t>(right)].labelU
                < batch.targets[19 * i + static_cast<std::size_t>(left)].labelU);
}

void TestPersonExamples::drawsDependOnSeedAndStepOnly()
{
    PersonExampleOptions options;
    options.inputSize = 64;
    const PersonExamples examples = examplesOf(syntheticPeople(8, 5), options);
    options.cacheMegabytes = 0; // decoded when drawn; occluders are then never pieces of other pictures
    const PersonBatch first = examples.drawBatch(3, 7, 4);
    examples.drawBatch(3, 8, 4);
    QVERIFY(examples.drawBatch(3, 7, 4).inputs == first.inputs);
    QVERIFY(examples.drawBatch(3, 8, 4).inputs != first.inputs);
    QVERIFY(examples.drawBatch(4, 7, 4).inputs != first.inputs);
    PersonExampleOptions lazy = plain();
    lazy.cacheMegabytes = 0;
    QVERIFY(examplesOf(syntheticPeople(8, 5), lazy).drawBatch(3, 7, 4).inputs
            == examplesOf(syntheticPeople(8, 5), plain()).drawBatch(3, 7, 4).inputs);
}

void TestPersonExamples::everyEpochShowsEverybodyOnce()
{
    // Every person is known by the place of a joint that no other has.
    KeypointPack pack = syntheticPeople(12, 5);
    const PersonExamples examples = examplesOf(std::move(pack), plain());
    for (std::int64_t epoch = 0; epoch < 3; ++epoch) {
        std::vector<float> heights;
        for (std::int64_t step = 0; step < 3; ++step) {
            const PersonBatch batch = examples.drawBatch(9, 3 * epoch + step, 4);
            for (std::size_t i = 0; i < 4; ++i)
                heights.push_back(std::round(1000 * batch.targets[19 * i + 13].labelV)); // head_top is its own mirror
        }
        std::ranges::sort(heights);
        QVERIFY(std::ranges::adjacent_find(heights) == heights.end());
    }
}

void TestPersonExamples::teacherFillsAndSoftensLabels()
{
    KeypointPack pack = syntheticPeople(1, 5);
    Pose2D &teacher = pack.people[0].teacher;
    const Keypoint2D label = pack.people[0].labels[13];
    teacher[13] = {label.x, label.y + 4, 0.8F, KeypointState::Visible, {}};
    pack.people[0].labels[14] = {};
    teacher[14] = {40, 40, 0.6F, KeypointState::Visible, {}};
    pack.people[0].labels[12] = {};
    teacher[12] = {40, 40, 0.1F, KeypointState::Visible, {}}; // not sure enough
    const PersonExamples examples = examplesOf(std::move(pack), plain());
    const PersonBatch batch = examples.drawBatch(1, 0, 1);
    QCOMPARE(batch.targets[13].teacherWeight, 0.4F);
    QCOMPARE(batch.targets[13].labelWeight, 0.6F);
    const double scale = 64 / (84 * 1.25); // input px a picture px
    QVERIFY(std::abs(batch.targets[13].teacherV - batch.targets[13].labelV - 4 * scale) < 1e-4);
    QCOMPARE(batch.targets[14].labelWeight, 0.0F);
    QCOMPARE(batch.targets[14].teacherWeight, 0.6F);
    QCOMPARE(batch.targets[12].labelWeight + batch.targets[12].teacherWeight, 0.0F);
    QCOMPARE(batch.targets[0].labelWeight, 1.0F);
}

void TestPersonExamples::jointsOutsideTheCropAreNowhere()
{
    KeypointPack pack = syntheticPeople(1, 5);
    pack.people[0].labels[13].y = -200;
    pack.people[0].labels[11].state = KeypointState::Absent; // cut off by the picture's edge
    const PersonExamples examples = examplesOf(std::move(pack), plain());
    const PersonBatch batch = examples.drawBatch(1, 0, 1);
    QCOMPARE(batch.targets[13].labelWeight, 0.0F);
    QCOMPARE(batch.targets[13].nowhereWeight, examples.options().outsideWeight);
    const auto mirrored = [&](int joint) { return static_cast<std::size_t>(examples.skeleton().mirrored(joint)); };
    QCOMPARE(batch.targets[11].nowhereWeight + batch.targets[mirrored(11)].nowhereWeight,
             examples.options().outsideWeight); // whichever it is in a mirrored picture
    QCOMPARE(batch.targets[12].labelWeight, 1.0F);
    QCOMPARE(batch.targets[12].nowhereWeight, 0.0F);
}

void TestPersonExamples::piecesWithoutPeopleHaveNoJoints()
{
    KeypointPack pack = syntheticPeople(1, 5);
    pack.people[0].labels.assign(19, {});
    const PersonExamples examples = examplesOf(std::move(pack), plain());
    const PersonBatch batch = examples.drawBatch(1, 0, 1);
    for (const JointTarget &target : batch.targets) {
        QCOMPARE(target.labelWeight + target.teacherWeight, 0.0F);
        QCOMPARE(target.nowhereWeight, examples.options().backgroundWeight);
    }
    // The crop lies in the piece: no grey from outside of it.
    QVERIFY(std::ranges::count(batch.inputs, 0.0F) < static_cast<std::ptrdiff_t>(batch.inputs.size() / 20));
}

void TestPersonExamples::packWithoutValidationIsRefused()
{
    KeypointPack pack = syntheticPeople(2, 5);
    for (PackedPerson &person : pack.people)
        person.split = PackSplit::Train;
    const Result<PersonExamples> examples = PersonExamples::create(std::move(pack), plain(), "pack.h5");
    QVERIFY(!examples.ok());
    QCOMPARE(examples.error().code(), ErrorCode::BadArgument);
}

void TestPersonExamples::wrongPictureIsNamed()
{
    KeypointPack pack = syntheticPeople(2, 5);
    pack.people[1].jpeg.resize(30);
    const Result<PersonExamples> broken = PersonExamples::create(pack, plain(), "pack.h5");
    QCOMPARE(broken.error().code(), ErrorCode::DecodeFailed);
    QVERIFY(broken.error().sentence().find("figure1") != std::string::npos);
    pack = syntheticPeople(2, 5);
    pack.people[0].width = 50;
    const Result<PersonExamples> other = PersonExamples::create(pack, plain(), "pack.h5");
    QCOMPARE(other.error().code(), ErrorCode::WrongFormat);
    QVERIFY(other.error().sentence().find("96x96") != std::string::npos);
}

namespace {

/// Two packs: the figures of the second one have no head_top and nobody to validate on.
TrainingPacks twoPacks()
{
    TrainingPacks packs;
    packs.pack = syntheticPeople(4, 5);
    packs.counts = {packs.pack.people.size()};
    for (PackedPerson person : syntheticPeople(12, 6).people) {
        if (person.split == PackSplit::Validation)
            continue;
        person.labels[13] = {};
        packs.pack.people.push_back(std::move(person));
    }
    packs.counts.push_back(packs.pack.people.size() - packs.counts[0]);
    return packs;
}

} // namespace

void TestPersonExamples::packsAreMixedByTheirShares()
{
    const auto shareOfFirst = [](const std::vector<double> &shares) {
        const Result<PersonExamples> examples = PersonExamples::create(twoPacks(), shares, plain());
        if (!examples)
            qFatal("%s", examples.error().sentence().c_str());
        int ofFirst = 0;
        const PersonBatch batch = examples->drawBatch(1, 0, 160);
        for (std::size_t i = 0; i < 160; ++i)
            ofFirst += batch.targets[19 * i + 13].labelWeight > 0 ? 1 : 0;
        return ofFirst / 160.0;
    };
    QVERIFY(std::abs(shareOfFirst({}) - 0.25) < 0.01); // four of sixteen
    QVERIFY(std::abs(shareOfFirst({0.8, 0.2}) - 0.8) < 0.03);
    QVERIFY(std::abs(shareOfFirst({1, 9}) - 0.1) < 0.03);
    const Result<PersonExamples> examples = PersonExamples::create(twoPacks(), {1, 1}, plain());
    QCOMPARE(examples->training().size(), std::size_t(16));
    for (const std::size_t person : examples->validation())
        QVERIFY(person < twoPacks().counts[0]); // only the first pack has some
}

void TestPersonExamples::impossibleSharesAreRefused()
{
    for (const std::vector<double> &shares : {std::vector<double>{1}, {1, 0}, {1, -1}, {1, 1, 1}}) {
        const Result<PersonExamples> examples = PersonExamples::create(twoPacks(), shares, plain());
        QVERIFY(!examples.ok());
        QCOMPARE(examples.error().code(), ErrorCode::BadArgument);
    }
    TrainingPacks unshown = twoPacks();
    for (std::size_t i = unshown.counts[0]; i < unshown.pack.people.size(); ++i)
        unshown.pack.people[i].split = PackSplit::Validation;
    QCOMPARE(PersonExamples::create(unshown, {1, 1}, plain()).error().code(), ErrorCode::BadArgument);
    QVERIFY(PersonExamples::create(unshown, {}, plain()).ok());
}

QTEST_APPLESS_MAIN(TestPersonExamples)
#include "tst_personexamples.moc"
