#include "models/train/personexamples.h"

#include "models/keypoints/keypointbox.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace poselift {

namespace {

constexpr int kJointsOfHalf = 4;    // at least, for a crop of half a body
constexpr double kSmallestSide = 8; // px: a box of one point still gets a crop

/// The square crop around @p box, turned by @p radians: source pixels from input pixels.
Affine cropAround(const Box &box, double centreX, double centreY, double padding, double scale, double radians,
                  bool mirrored, int inputSize)
{
    const double side = std::max({box.width, box.height, kSmallestSide}) * padding * scale;
    const double step = side / inputSize;
    const double c = std::cos(radians) * step;
    const double s = std::sin(radians) * step;
    Affine affine{mirrored ? -c : c, -s, 0, mirrored ? -s : s, c, 0};
    const std::array<double, 2> middle = affine(inputSize / 2.0, inputSize / 2.0);
    affine.x0 = centreX - middle[0];
    affine.y0 = centreY - middle[1];
    return affine;
}

/// Brightness, contrast, saturation and channel gains in one matrix.
ColourTransform drawColour(const PersonAugmentation &augmentation, Random &random)
{
    constexpr std::array<float, 3> kLuma{0.299F, 0.587F, 0.114F}; // ITU-R BT.601
    const float strength = augmentation.colour;
    const float contrast = 1 + random.uniform(-strength, strength);
    const float brightness = random.uniform(-strength, strength) / 2;
    const float saturation = random.chance(augmentation.greyChance) ? 0.0F : 1 + random.uniform(-strength, strength);
    ColourTransform colour;
    for (std::size_t row = 0; row < 3; ++row) {
        const float gain = contrast * (1 + random.uniform(-strength, strength) / 3);
        for (std::size_t column = 0; column < 3; ++column)
            colour.matrix[3 * row + column] =
                gain * ((row == column ? saturation : 0.0F) + (1 - saturation) * kLuma[column]);
        colour.offset[row] = brightness + kPictureMean * (1 - contrast);
    }
    return colour;
}

/// Mean over three pixels along one axis; the ends stay as they are.
void blurLine(float *first, int count, std::ptrdiff_t step)
{
    float before = first[0];
    for (int i = 1; i + 1 < count; ++i) {
        float *at = first + i * step;
        const float here = *at;
        *at = (before + here + at[step]) / 3;
        before = here;
    }
}

void blur(float *planes, int size)
{
    for (int row = 0; row < 3 * size; ++row)
        blurLine(planes + static_cast<std::ptrdiff_t>(row) * size, size, 1);
    for (int plane = 0; plane < 3; ++plane) {
        for (int column = 0; column < size; ++column)
            blurLine(planes + static_cast<std::ptrdiff_t>(plane) * size * size + column, size, size);
    }
}

bool isLowerBody(const std::string &joint)
{
    const auto ends = {"knee", "ankle", "hip"};
    return std::ranges::any_of(ends, [&joint](const char *end) { return joint.ends_with(end); });
}

} // namespace

Result<PersonExamples> PersonExamples::create(KeypointPack pack, const PersonExampleOptions &options,
                                              const std::string &path)
{
    PersonExamples examples(std::move(pack), options);
    double bytes = 0;
    for (std::size_t i = 0; i < examples.m_pack.people.size(); ++i) {
        const PackedPerson &person = examples.m_pack.people[i];
        (person.split == PackSplit::Train ? examples.m_training : examples.m_validation).push_back(i);
        bytes += 3.0 * person.width * person.height;
    }
    if (examples.m_training.empty() || examples.m_validation.empty()) {
        return Error(ErrorCode::BadArgument, {{"name", "--data"},
                                              {"expected", "a pack with people to train and to validate on"},
                                              {"found", std::to_string(examples.m_training.size()) + " and "
                                                            + std::to_string(examples.m_validation.size())}});
    }
    examples.m_order = PersonOrder({{examples.m_training, 1.0}});
    const bool keep = bytes <= options.cacheMegabytes * 1e6;
    std::vector<RgbPicture> pictures;
    for (const PackedPerson &person : examples.m_pack.people) {
        Result<RgbPicture> picture = decodePicture(person.jpeg, path + ", " + person.source);
        if (!picture)
            return picture.error();
        if (picture->width != person.width || picture->height != person.height) {
            return Error(ErrorCode::WrongFormat,
                         {{"path", path + ", " + person.source},
                          {"expected", std::to_string(person.width) + "x" + std::to_string(person.height) + " pixels"},
                          {"found", std::to_string(picture->width) + "x" + std::to_string(picture->height)}});
        }
        if (keep)
            pictures.push_back(*std::move(picture));
    }
    examples.m_pictures = std::move(pictures);
    return examples;
}

Result<PersonExamples> PersonExamples::create(TrainingPacks packs, const std::vector<double> &shares,
                                              const PersonExampleOptions &options)
{
    const std::vector<std::size_t> counts = packs.counts;
    Result<PersonExamples> examples = create(std::move(packs.pack), options, packs.name);
    if (!examples || shares.empty())
        return examples;
    if (shares.size() != counts.size() || !std::ranges::all_of(shares, [](double share) { return share > 0; }))
        return Error(ErrorCode::BadArgument, {{"name", "--share"},
                                              {"expected", "a number above 0 for each of the "
                                                               + std::to_string(counts.size()) + " packs"},
                                              {"found", std::to_string(shares.size()) + " numbers"}});
    std::vector<PersonGroup> groups;
    std::size_t end = 0;
    for (std::size_t pack = 0; pack < counts.size(); ++pack) {
        end += counts[pack];
        const auto first = std::ranges::lower_bound(examples->m_training, end - counts[pack]);
        const auto last = std::ranges::lower_bound(examples->m_training, end);
        if (first == last)
            return Error(ErrorCode::BadArgument, {{"name", "--share"},
                                                  {"expected", "packs with people to train on"},
                                                  {"found", "none in pack " + std::to_string(pack + 1)}});
        groups.push_back({{first, last}, shares[pack]});
    }
    examples->m_order = PersonOrder(std::move(groups));
    return examples;
}

void PersonExamples::warp(std::size_t person, const Affine &crop, const ColourTransform &colour, int reduction,
                          float *planes) const
{
    const int size = m_options.inputSize;
    if (!m_pictures.empty()) {
        warpPicture(m_pictures[person].view(), crop, colour, size, size, reduction, planes);
        return;
    }
    const PackedPerson &packed = m_pack.people[person];
    if (const Result<RgbPicture> picture = decodePicture(packed.jpeg, packed.source)) // create() decoded it once
        warpPicture(picture->view(), crop, colour, size, size, reduction, planes);
}

PersonBatch PersonExamples::drawBatch(std::uint64_t seed, std::int64_t step, int size) const
{
    const std::size_t values =
        3U * static_cast<std::size_t>(m_options.inputSize) * static_cast<std::size_t>(m_options.inputSize);
    const std::size_t joints = m_pack.skeleton.joints.size();
    PersonBatch batch;
    batch.inputs.resize(static_cast<std::size_t>(size) * values);
    batch.targets.resize(static_cast<std::size_t>(size) * joints);
    for (int i = 0; i < size; ++i) {
        const std::int64_t position = step * size + i;
        Random random(seed, static_cast<std::uint64_t>(position));
        const auto at = static_cast<std::size_t>(i);
        drawExample(m_order.at(seed, position), random, batch.inputs.data() + at * values,
                    batch.targets.data() + at * joints);
    }
    return batch;
}

Affine PersonExamples::plainCrop(std::size_t person, float *planes) const
{
    const PackedPerson &packed = m_pack.people[person];
    const Affine crop = cropAround(packed.box, packed.box.centreX(), packed.box.centreY(), m_options.padding, 1, 0,
                                   false, m_options.inputSize);
    const int reduction = std::max(1, static_cast<int>(std::lround(crop.scale())));
    warp(person, crop, {}, reduction, planes);
    return crop;
}

void PersonExamples::drawExample(std::size_t person, Random &random, float *planes, JointTarget *targets) const
{
    const PackedPerson &packed = m_pack.people[person];
    const PersonAugmentation &augmentation = m_options.augmentation;
    const bool mirrored = random.chance(0.5F);
    const Affine crop =
        packed.isBackground() ? drawBackgroundCrop(packed, mirrored, random) : drawCrop(packed, mirrored, random);
    const ColourTransform colour = drawColour(augmentation, random);
    const int size = m_options.inputSize;
    warp(person, crop, colour, 1, planes);
    if (random.chance(augmentation.blurChance))
        blur(planes, size);
    if (random.chance(augmentation.occluderChance))
        occlude(random, planes);
    setTargets(packed, crop.inverse(), mirrored, targets);
}

Affine PersonExamples::drawCrop(const PackedPerson &person, bool mirrored, Random &random) const
{
    const PersonAugmentation &augmentation = m_options.augmentation;
    Box box = person.box;
    if (random.chance(augmentation.halfBodyChance)) {
        const bool upper = random.chance(0.5F);
        const auto inHalf = [&](std::size_t joint) { return isLowerBody(m_pack.skeleton.joints[joint]) != upper; };
        box = boxOfKeypoints(person.labels, kJointsOfHalf, inHalf).value_or(box);
    }
    const double side = std::max({box.width, box.height, kSmallestSide}) * m_options.padding;
    const double scale = random.logUniform(augmentation.scaleFrom, augmentation.scaleTo);
    const float degrees = random.chance(augmentation.rotationChance)
                              ? random.uniform(-augmentation.rotationDegrees, augmentation.rotationDegrees)
                              : 0.0F;
    const double x = box.centreX() + side * random.uniform(-augmentation.shift, augmentation.shift);
    const double y = box.centreY() + side * random.uniform(-augmentation.shift, augmentation.shift);
    return cropAround(box, x, y, m_options.padding, scale, degrees * std::numbers::pi / 180, mirrored,
                      m_options.inputSize);
}

/// A square anywhere in the piece, of its shorter side or less.
Affine PersonExamples::drawBackgroundCrop(const PackedPerson &piece, bool mirrored, Random &random) const
{
    const float shorter = static_cast<float>(std::min(piece.width, piece.height));
    const double side = shorter * random.logUniform(0.35F, 1.0F);
    const auto place = [&](int size) { return side / 2 + (size - side) * random.uniform(0, 1); };
    const double x = place(piece.width);
    const double y = place(piece.height);
    const float degrees =
        random.uniform(-m_options.augmentation.rotationDegrees, m_options.augmentation.rotationDegrees);
    const Box square{x - side / 2, y - side / 2, side, side};
    return cropAround(square, x, y, 1, 1, degrees * std::numbers::pi / 180, mirrored, m_options.inputSize);
}

/// Covers a rectangle of the input with one colour and noise, or with a piece of another picture.
void PersonExamples::occlude(Random &random, float *planes) const
{
    const int size = m_options.inputSize;
    const int width = std::max(1, static_cast<int>(static_cast<float>(size) * random.uniform(0.08F, 0.35F)));
    const int height = std::max(1, static_cast<int>(static_cast<float>(size) * random.uniform(0.08F, 0.35F)));
    const int left = random.below(size - width + 1);
    const int top = random.below(size - height + 1);
    std::vector<float> patch(3U * static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    const std::size_t plane = patch.size() / 3;
    if (!m_pictures.empty() && random.chance(0.5F)) {
        const RgbPicture &other = m_pictures[m_training[static_cast<std::size_t>(random.next() % m_training.size())]];
        const Affine at{1, 0, static_cast<double>(random.below(other.width)),
                        0, 1, static_cast<double>(random.below(other.height))};
        warpPicture(other.view(), at, {}, width, height, 1, patch.data());
    } else {
        const float noise = random.uniform(0, 0.5F);
        for (std::size_t c = 0; c < 3; ++c) {
            const float colour = random.uniform(-kPictureMean, kPictureMean) / kPictureSpread;
            for (std::size_t i = 0; i < plane; ++i)
                patch[c * plane + i] = colour + noise * random.uniform(-1, 1);
        }
    }
    for (int c = 0; c < 3; ++c) {
        for (int row = 0; row < height; ++row) {
            const float *from =
                patch.data() + static_cast<std::size_t>(c) * plane + static_cast<std::ptrdiff_t>(row) * width;
            std::copy(from, from + width, planes + (static_cast<std::ptrdiff_t>(c) * size + top + row) * size + left);
        }
    }
}

void PersonExamples::setTargets(const PackedPerson &person, const Affine &inputFromSource, bool mirrored,
                                JointTarget *targets) const
{
    const auto size = static_cast<double>(m_options.inputSize);
    const auto inside = [size](const std::array<double, 2> &at) {
        return at[0] >= 0 && at[1] >= 0 && at[0] < size && at[1] < size;
    };
    for (int j = 0; j < m_pack.skeleton.jointCount(); ++j) {
        const auto from = static_cast<std::size_t>(mirrored ? m_pack.skeleton.mirrored(j) : j);
        const Keypoint2D &label = person.labels[from];
        const Keypoint2D &teacher = person.teacher[from];
        const std::array<double, 2> labelAt = inputFromSource(label.x, label.y);
        const std::array<double, 2> teacherAt = inputFromSource(teacher.x, teacher.y);
        JointTarget target;
        const bool taught = teacher.isKnown() && inside(teacherAt);
        const bool taughtAlone = !label.isKnown() && teacher.isKnown() && teacher.confidence >= m_options.teacherAlone;
        if (person.isBackground()) {
            target.nowhereWeight = m_options.backgroundWeight;
        } else if (label.state == KeypointState::Absent
                   || (label.isKnown() ? !inside(labelAt) : taughtAlone && !taught)) {
            target.nowhereWeight = m_options.outsideWeight;
        } else if (label.isKnown()) {
            target.teacherWeight = taught ? m_options.teacherShare * teacher.confidence : 0.0F;
            target.labelWeight = 1 - target.teacherWeight;
        } else if (taughtAlone) {
            target.teacherWeight = teacher.confidence;
        }
        target.labelU = static_cast<float>(labelAt[0]);
        target.labelV = static_cast<float>(labelAt[1]);
        target.teacherU = static_cast<float>(teacherAt[0]);
        target.teacherV = static_cast<float>(teacherAt[1]);
        targets[j] = target;
    }
}

} // namespace poselift
