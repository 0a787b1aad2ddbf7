#include "core/io/weightsfile.h"

#include "core/io/atomicfile.h"
#include "core/io/hdf5util.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr const char *kAttribute = "poselift";
constexpr float kLargestHalf = 65504.0F;

/// Paths of all datasets below @p group, "a/b" for nested ones.
void collectDatasets(hid_t file, const std::string &group, std::vector<std::string> &names)
{
    for (const std::string &child : hdf5::childNames(file, group.empty() ? "/" : group)) {
        const std::string name = group.empty() ? child : group + "/" + child;
        H5O_info_t info;
        if (H5Oget_info_by_name1(file, name.c_str(), &info, H5P_DEFAULT) < 0)
            continue;
        if (info.type == H5O_TYPE_GROUP)
            collectDatasets(file, name, names);
        else if (info.type == H5O_TYPE_DATASET)
            names.push_back(name);
    }
}

Result<WeightArray> readArray(hid_t file, const std::string &name, const fs::path &path)
{
    WeightArray array;
    Result<std::vector<float>> values = hdf5::readDataset<float>(file, name, path.string(), &array.shape);
    if (!values)
        return values.error();
    array.values = std::move(*values);
    if (!std::ranges::all_of(array.values, [](float value) { return std::isfinite(value); }))
        return Error(ErrorCode::NotFinite, {{"path", path.string()}, {"name", name}});
    return array;
}

Result<nlohmann::json> readAttributes(hid_t file, const fs::path &path)
{
    if (H5Aexists(file, kAttribute) <= 0)
        return nlohmann::json();
    Result<std::string> text = hdf5::readTextAttribute(file, kAttribute, path.string());
    if (!text)
        return text.error();
    nlohmann::json parsed = nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
    if (parsed.is_discarded())
        return Error(ErrorCode::WrongFormat, {{"path", path.string()}, {"expected", "JSON in attribute 'poselift'"}, {"found", "other text"}});
    return parsed;
}

Result<void> checkArray(const std::string &name, const WeightArray &array, bool halfPrecision, const fs::path &path)
{
    const auto count = static_cast<std::int64_t>(array.values.size());
    if (hdf5::elementCount(array.shape) != count) {
        return Error(ErrorCode::WrongShape, {{"path", path.string()}, {"name", name},
                                             {"expected", hdf5::toText(array.shape)}, {"found", hdf5::toText({count})}});
    }
    const auto storable = [&](float value) {
        return std::isfinite(value) && (!halfPrecision || std::abs(value) <= kLargestHalf);
    };
    if (!std::ranges::all_of(array.values, storable))
        return Error(ErrorCode::NotFinite, {{"path", path.string()}, {"name", name}});
    return {};
}

Result<void> writeArrays(const WeightsFile &weights, const fs::path &temporary, const fs::path &path, bool halfPrecision)
{
    const hdf5::Session session;
    Result<hdf5::Handle> file = hdf5::createFile(temporary);
    if (!file)
        return Error(ErrorCode::CannotWrite, {{"path", path.string()}, {"detail", hdf5::lastErrorText()}});
    const hdf5::Handle half = hdf5::halfFloatType();
    for (const auto &[name, array] : weights.arrays) {
        const hid_t type = halfPrecision ? half.id() : H5T_IEEE_F32LE;
        Result<void> written = hdf5::writeRaw(*file, name, type, H5T_NATIVE_FLOAT, array.values.data(), array.shape, path.string());
        if (!written)
            return written;
    }
    if (Result<void> written = hdf5::writeTextAttribute(*file, kAttribute, weights.attributes.dump(), path.string()); !written)
        return written;
    if (!file->close())
        return Error(ErrorCode::CannotWrite, {{"path", path.string()}, {"detail", hdf5::lastErrorText()}});
    return {};
}

} // namespace

std::string shapeText(const std::vector<std::int64_t> &shape)
{
    return hdf5::toText(shape);
}

Result<WeightsFile> readWeights(const fs::path &path)
{
    const hdf5::Session session;
    Result<hdf5::Handle> file = hdf5::openFile(path);
    if (!file)
        return file.error();
    WeightsFile weights;
    Result<nlohmann::json> attributes = readAttributes(*file, path);
    if (!attributes)
        return attributes.error();
    weights.attributes = std::move(*attributes);
    std::vector<std::string> names;
    collectDatasets(*file, "", names);
    for (const std::string &name : names) {
        Result<WeightArray> array = readArray(*file, name, path);
        if (!array)
            return array.error();
        weights.arrays.emplace(name, std::move(*array));
    }
    return weights;
}

Result<void> writeWeights(const WeightsFile &weights, const fs::path &path, bool halfPrecision)
{
    for (const auto &[name, array] : weights.arrays) {
        if (Result<void> checked = checkArray(name, array, halfPrecision, path); !checked)
            return checked;
    }
    return replaceFile(path, [&](const fs::path &temporary) { return writeArrays(weights, temporary, path, halfPrecision); });
}

} // namespace poselift
