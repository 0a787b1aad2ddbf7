#include "models/keypoints/keypointpack.h"

#include "core/io/atomicfile.h"
#include "core/io/hdf5util.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr const char *kAttribute = "poselift";
constexpr const char *kFormat = "poselift-keypoint-pack";
constexpr std::int64_t kKeypointValues = 3; // x, y, confidence

/// The columns of the file before they become people.
struct Columns
{
    std::vector<std::uint8_t> bytes;
    std::vector<std::int64_t> offsets;
    std::vector<std::int32_t> sizes;
    std::vector<std::uint8_t> splits;
    std::vector<float> boxes;
    std::vector<float> labels;
    std::vector<std::uint8_t> labelStates;
    std::vector<float> teacher;
    std::vector<std::uint8_t> teacherStates;
};

Error wrongFormat(const fs::path &path, std::string expected, std::string found)
{
    return Error(ErrorCode::WrongFormat,
                 {{"path", path.string()}, {"expected", std::move(expected)}, {"found", std::move(found)}});
}

template <typename T>
Result<void> readColumn(hid_t file, const char *name, const hdf5::Shape &expected, std::vector<T> &to,
                        const fs::path &path)
{
    hdf5::Shape shape;
    Result<std::vector<T>> values = hdf5::readDataset<T>(file, name, path.string(), &shape);
    if (!values)
        return values.error();
    if (!expected.empty() && shape != expected) {
        return Error(ErrorCode::WrongShape, {{"path", path.string()},
                                             {"name", name},
                                             {"expected", hdf5::toText(expected)},
                                             {"found", hdf5::toText(shape)}});
    }
    if constexpr (std::is_floating_point_v<T>) {
        if (!std::ranges::all_of(*values, [](T value) { return std::isfinite(value); }))
            return Error(ErrorCode::NotFinite, {{"path", path.string()}, {"name", name}});
    }
    to = *std::move(values);
    return {};
}

Result<nlohmann::json> readHeader(hid_t file, const fs::path &path)
{
    const Result<std::string> text = hdf5::readTextAttribute(file, kAttribute, path.string());
    const nlohmann::json header =
        text ? nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false) : nlohmann::json();
    if (!header.is_object() || header.value("format", std::string()) != kFormat)
        return wrongFormat(path, "a training pack of keypoints", "another HDF5 file");
    const int version = header.value("version", 0);
    if (version > kPackVersion) {
        return Error(
            ErrorCode::NewerVersion,
            {{"path", path.string()}, {"found", std::to_string(version)}, {"expected", std::to_string(kPackVersion)}});
    }
    return header;
}

Result<Columns> readColumns(hid_t file, std::int64_t people, std::int64_t joints, const fs::path &path)
{
    Columns columns;
    for (Result<void> read : {readColumn(file, "jpeg", {}, columns.bytes, path),
                              readColumn(file, "offset", {people + 1}, columns.offsets, path),
                              readColumn(file, "size", {people, 2}, columns.sizes, path),
                              readColumn(file, "split", {people}, columns.splits, path),
                              readColumn(file, "box", {people, 4}, columns.boxes, path),
                              readColumn(file, "label", {people, joints, kKeypointValues}, columns.labels, path),
                              readColumn(file, "label_state", {people, joints}, columns.labelStates, path),
                              readColumn(file, "teacher", {people, joints, kKeypointValues}, columns.teacher, path),
                              readColumn(file, "teacher_state", {people, joints}, columns.teacherStates, path)}) {
        if (!read)
            return read.error();
    }
    const auto size = static_cast<std::int64_t>(columns.bytes.size());
    if (columns.offsets.front() != 0 || columns.offsets.back() != size || !std::ranges::is_sorted(columns.offsets))
        return wrongFormat(path, "offsets that rise from 0 to " + std::to_string(size), "other offsets");
    if (std::ranges::any_of(columns.splits, [](std::uint8_t split) { return split > 1; }))
        return wrongFormat(path, "splits 0 (train) and 1 (validation)", "another number");
    if (std::ranges::any_of(columns.sizes, [](std::int32_t extent) { return extent < 1; }))
        return wrongFormat(path, "pictures of at least 1x1 pixel", "an empty one");
    return columns;
}

Pose2D poseAt(const std::vector<float> &values, const std::vector<std::uint8_t> &states, std::size_t person,
              std::size_t joints)
{
    Pose2D pose(joints);
    for (std::size_t j = 0; j < joints; ++j) {
        const std::size_t at = person * joints + j;
        const float *value = values.data() + at * kKeypointValues;
        pose[j].x = value[0];
        pose[j].y = value[1];
        pose[j].confidence = value[2];
        pose[j].state = static_cast<KeypointState>(std::min<std::uint8_t>(states[at], 3));
    }
    return pose;
}

void append(const Pose2D &pose, std::vector<float> &values, std::vector<std::uint8_t> &states)
{
    for (const Keypoint2D &keypoint : pose) {
        values.insert(values.end(),
                      {static_cast<float>(keypoint.x), static_cast<float>(keypoint.y), keypoint.confidence});
        states.push_back(static_cast<std::uint8_t>(keypoint.state));
    }
}

Columns columnsOf(const KeypointPack &pack)
{
    Columns columns;
    columns.offsets.push_back(0);
    for (const PackedPerson &person : pack.people) {
        columns.bytes.insert(columns.bytes.end(), person.jpeg.begin(), person.jpeg.end());
        columns.offsets.push_back(static_cast<std::int64_t>(columns.bytes.size()));
        columns.sizes.insert(columns.sizes.end(), {person.width, person.height});
        columns.splits.push_back(static_cast<std::uint8_t>(person.split));
        for (const double value : {person.box.x, person.box.y, person.box.width, person.box.height})
            columns.boxes.push_back(static_cast<float>(value));
        append(person.labels, columns.labels, columns.labelStates);
        append(person.teacher, columns.teacher, columns.teacherStates);
    }
    return columns;
}

Result<void> writeColumns(const KeypointPack &pack, const fs::path &temporary, const fs::path &path)
{
    const hdf5::Session session;
    Result<hdf5::Handle> file = hdf5::createFile(temporary);
    if (!file)
        return file.error();
    nlohmann::json header{{"format", kFormat},
                          {"version", kPackVersion},
                          {"joints", pack.skeleton.joints},
                          {"description", pack.description},
                          {"sources", nlohmann::json::array()}};
    for (const PackedPerson &person : pack.people)
        header["sources"].push_back(person.source);
    const Columns columns = columnsOf(pack);
    const auto people = static_cast<std::int64_t>(pack.people.size());
    const std::int64_t joints = pack.skeleton.jointCount();
    const std::string name = path.string();
    const auto write = [&]<typename T>(const char *dataset, const std::vector<T> &values, const hdf5::Shape &shape) {
        return hdf5::writeDataset<T>(*file, dataset, values, shape, name);
    };
    for (Result<void> written :
         {hdf5::writeTextAttribute(*file, kAttribute, header.dump(), name),
          write("jpeg", columns.bytes, {static_cast<std::int64_t>(columns.bytes.size())}),
          write("offset", columns.offsets, {people + 1}), write("size", columns.sizes, {people, 2}),
          write("split", columns.splits, {people}), write("box", columns.boxes, {people, 4}),
          write("label", columns.labels, {people, joints, kKeypointValues}),
          write("label_state", columns.labelStates, {people, joints}),
          write("teacher", columns.teacher, {people, joints, kKeypointValues}),
          write("teacher_state", columns.teacherStates, {people, joints})}) {
        if (!written)
            return written;
    }
    if (!file->close())
        return Error(ErrorCode::CannotWrite, {{"path", name}, {"detail", hdf5::lastErrorText()}});
    return {};
}

} // namespace

Result<KeypointPack> readKeypointPack(const fs::path &path)
{
    const hdf5::Session session;
    const Result<hdf5::Handle> file = hdf5::openFile(path);
    if (!file)
        return file.error();
    const Result<nlohmann::json> header = readHeader(*file, path);
    if (!header)
        return header.error();
    std::vector<std::string> joints;
    std::vector<std::string> sources;
    KeypointPack pack;
    try {
        joints = header->at("joints").get<std::vector<std::string>>();
        sources = header->at("sources").get<std::vector<std::string>>();
        pack.description = header->at("description").get<std::string>();
    } catch (const nlohmann::json::exception &broken) {
        return wrongFormat(path, "joints, sources and a description in the attribute 'poselift'", broken.what());
    }
    Result<Skeleton> skeleton = skeletonOfJointNames(joints, path.string());
    if (!skeleton)
        return skeleton.error();
    pack.skeleton = *std::move(skeleton);
    const Result<Columns> columns =
        readColumns(*file, static_cast<std::int64_t>(sources.size()), static_cast<std::int64_t>(joints.size()), path);
    if (!columns)
        return columns.error();
    pack.people.resize(sources.size());
    for (std::size_t i = 0; i < sources.size(); ++i) {
        PackedPerson &person = pack.people[i];
        person.source = std::move(sources[i]);
        person.split = static_cast<PackSplit>(columns->splits[i]);
        person.width = columns->sizes[2 * i];
        person.height = columns->sizes[2 * i + 1];
        const float *box = columns->boxes.data() + 4 * i;
        person.box = {box[0], box[1], box[2], box[3]};
        person.labels = poseAt(columns->labels, columns->labelStates, i, joints.size());
        person.teacher = poseAt(columns->teacher, columns->teacherStates, i, joints.size());
        person.jpeg.assign(columns->bytes.begin() + columns->offsets[i],
                           columns->bytes.begin() + columns->offsets[i + 1]);
    }
    return pack;
}

bool PackedPerson::isBackground() const
{
    const auto known = [](const Keypoint2D &keypoint) { return keypoint.isKnown(); };
    return std::ranges::none_of(labels, known) && std::ranges::none_of(teacher, known);
}

Result<void> writeKeypointPack(const KeypointPack &pack, const fs::path &path)
{
    const auto joints = static_cast<std::size_t>(pack.skeleton.jointCount());
    for (const PackedPerson &person : pack.people) {
        if (person.labels.size() != joints || person.teacher.size() != joints)
            return Error(ErrorCode::Internal,
                         {{"detail", person.source + " has another number of joints than its pack"}});
    }
    return replaceFile(path, [&](const fs::path &temporary) { return writeColumns(pack, temporary, path); });
}

} // namespace poselift
