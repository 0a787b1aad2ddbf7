#include "core/io/mocapfile.h"

#include "core/io/hdf5util.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr const char *kJointSet = "h36m17";

/// Variable-length strings of a one-dimensional attribute.
Result<std::vector<std::string>> readNames(hid_t file, const std::string &attributeName, const std::string &path)
{
    const hdf5::Handle attribute(H5Aopen(file, attributeName.c_str(), H5P_DEFAULT));
    if (!attribute.ok())
        return Error(ErrorCode::MissingDataset, {{"path", path}, {"name", attributeName}});
    const hdf5::Handle space(H5Aget_space(attribute));
    const hdf5::Handle fileType(H5Aget_type(attribute));
    if (H5Tis_variable_str(fileType) <= 0)
        return Error(ErrorCode::WrongFormat, {{"path", path},
                                              {"expected", "text in the attribute '" + attributeName + "'"},
                                              {"found", "another type"}});
    const hdf5::Handle type(H5Tcopy(H5T_C_S1));
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5Tget_cset(fileType));
    std::vector<char *> texts(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
    if (H5Aread(attribute, type, texts.data()) < 0)
        return Error(ErrorCode::FileTruncated, {{"path", path}, {"detail", hdf5::lastErrorText()}});
    std::vector<std::string> names(texts.begin(), texts.end());
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, texts.data());
    return names;
}

Result<double> readNumber(hid_t object, const char *name, const std::string &path)
{
    const hdf5::Handle attribute(H5Aopen(object, name, H5P_DEFAULT));
    double value = 0;
    if (!attribute.ok() || H5Aread(attribute, H5T_NATIVE_DOUBLE, &value) < 0)
        return Error(ErrorCode::MissingDataset, {{"path", path}, {"name", name}});
    return value;
}

Result<MocapSequence> readSequence(hid_t group, const std::string &name, const Skeleton &skeleton,
                                   const std::string &path)
{
    const hdf5::Handle object(H5Gopen2(group, name.c_str(), H5P_DEFAULT));
    if (!object.ok())
        return Error(ErrorCode::MissingDataset, {{"path", path}, {"name", name}});
    const std::string where = path + ", " + name;
    const Result<std::string> action = hdf5::readTextAttribute(object, "action", where);
    const Result<std::string> subject = hdf5::readTextAttribute(object, "subject", where);
    const Result<double> rate = readNumber(object, "fps", where);
    hdf5::Shape shape;
    Result<std::vector<float>> joints = hdf5::readDataset<float>(object, kJointSet, where, &shape);
    if (!action)
        return action.error();
    if (!subject)
        return subject.error();
    if (!rate)
        return rate.error();
    if (!joints)
        return joints.error();
    const std::int64_t count = skeleton.jointCount();
    if (shape.size() != 3 || shape[0] < 1 || shape[1] != count || shape[2] != 3) {
        return Error(ErrorCode::WrongShape, {{"path", where}, {"name", kJointSet},
                                             {"expected", "[frames, " + std::to_string(count) + ", 3]"},
                                             {"found", hdf5::toText(shape)}});
    }
    if (!std::all_of(joints->begin(), joints->end(), [](float value) { return std::isfinite(value); }))
        return Error(ErrorCode::NotFinite, {{"path", where}, {"name", kJointSet}});
    return MocapSequence{name, *action, *subject, *rate, shape[0], *std::move(joints)};
}

} // namespace

std::int64_t MocapData::frameCount() const
{
    std::int64_t count = 0;
    for (const MocapSequence &sequence : sequences)
        count += sequence.frames;
    return count;
}

Result<MocapData> readMocap(const std::filesystem::path &path, const std::string &group)
{
    const hdf5::Session session;
    Result<hdf5::Handle> file = hdf5::openFile(path);
    if (!file)
        return file.error();
    const Result<std::vector<std::string>> names = readNames(*file, std::string(kJointSet) + "_joints", path.string());
    if (!names)
        return names.error();
    Result<Skeleton> skeleton = skeletonOfJointNames(*names, path.string());
    if (!skeleton)
        return skeleton.error();
    if (!hdf5::exists(*file, group))
        return Error(ErrorCode::MissingDataset, {{"path", path.string()}, {"name", group}});
    MocapData data;
    data.skeleton = *std::move(skeleton);
    const hdf5::Handle sequences(H5Gopen2(*file, group.c_str(), H5P_DEFAULT));
    for (const std::string &name : hdf5::childNames(*file, group)) {
        Result<MocapSequence> sequence = readSequence(sequences, name, data.skeleton, path.string());
        if (!sequence)
            return sequence.error();
        data.sequences.push_back(*std::move(sequence));
    }
    if (data.sequences.empty())
        return Error(ErrorCode::WrongFormat, {{"path", path.string()},
                                              {"expected", "at least one sequence in '" + group + "'"},
                                              {"found", "none"}});
    return data;
}

} // namespace poselift
