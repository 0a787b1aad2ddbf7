#include "core/io/hdf5util.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <numeric>

namespace poselift::hdf5 {

namespace fs = std::filesystem;

namespace {

std::recursive_mutex &libraryMutex()
{
    static std::recursive_mutex mutex;
    return mutex;
}

Error cannotWrite(const std::string &path, const std::string &detail)
{
    return Error(ErrorCode::CannotWrite, {{"path", path}, {"detail", detail}});
}

Error missing(const std::string &path, const std::string &name)
{
    return Error(ErrorCode::MissingDataset, {{"path", path}, {"name", name}});
}

herr_t keepDescription(unsigned, const H5E_error2_t *entry, void *text)
{
    if (entry->desc != nullptr)
        *static_cast<std::string *>(text) = entry->desc;
    return 0;
}

herr_t collectName(hid_t, const char *name, const H5L_info_t *, void *names)
{
    static_cast<std::vector<std::string> *>(names)->emplace_back(name);
    return 0;
}

/// Splits the bytes of fixed-length strings; HDF5 pads with NUL or blanks.
std::vector<std::string> fixedTexts(const std::vector<char> &bytes, std::size_t width)
{
    std::vector<std::string> texts;
    for (std::size_t at = 0; at + width <= bytes.size(); at += width) {
        std::string text(bytes.data() + at, ::strnlen(bytes.data() + at, width));
        text.erase(text.find_last_not_of(' ') + 1);
        texts.push_back(std::move(text));
    }
    return texts;
}

/// Reads @p count strings of @p type through @p read(memoryType, buffer).
template <typename Read>
bool readStrings(hid_t type, std::size_t count, hid_t space, const Read &read, std::vector<std::string> &texts)
{
    if (H5Tget_class(type) != H5T_STRING)
        return false;
    if (H5Tis_variable_str(type) <= 0) {
        const std::size_t width = H5Tget_size(type);
        std::vector<char> bytes(width * count);
        if (read(type, bytes.data()) < 0)
            return false;
        texts = fixedTexts(bytes, width);
        return true;
    }
    std::vector<char *> pointers(count, nullptr);
    if (read(type, pointers.data()) < 0)
        return false;
    for (const char *pointer : pointers)
        texts.emplace_back(pointer != nullptr ? pointer : "");
    H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
    return true;
}

} // namespace

Session::Session() : m_lock(libraryMutex())
{
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

bool Handle::close()
{
    const hid_t id = std::exchange(m_id, H5I_INVALID_HID);
    if (id < 0)
        return true;
    switch (H5Iget_type(id)) {
    case H5I_FILE:
        return H5Fclose(id) >= 0;
    case H5I_GROUP:
        return H5Gclose(id) >= 0;
    case H5I_DATASET:
        return H5Dclose(id) >= 0;
    case H5I_DATATYPE:
        return H5Tclose(id) >= 0;
    case H5I_DATASPACE:
        return H5Sclose(id) >= 0;
    case H5I_ATTR:
        return H5Aclose(id) >= 0;
    case H5I_GENPROP_LST:
        return H5Pclose(id) >= 0;
    default:
        return H5Idec_ref(id) >= 0;
    }
}

std::string toText(const Shape &shape)
{
    std::string text = "[";
    for (std::size_t i = 0; i < shape.size(); ++i)
        text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
    return text + "]";
}

std::int64_t elementCount(const Shape &shape)
{
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

std::string lastErrorText()
{
    std::string text;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keepDescription, &text);
    return text.empty() ? "unknown HDF5 error" : text;
}

Result<Handle> openFile(const fs::path &path)
{
    const Session session;
    std::error_code code;
    if (fs::is_directory(path, code))
        return Error(ErrorCode::IsDirectory, {{"path", path.string()}, {"expected", "an HDF5 file"}});
    if (!fs::exists(path, code))
        return Error(ErrorCode::FileNotFound, {{"path", path.string()}});
    errno = 0;
    const htri_t isHdf5 = H5Fis_hdf5(path.c_str());
    if (isHdf5 < 0) {
        const std::string detail = errno != 0 ? std::strerror(errno) : lastErrorText();
        return Error(ErrorCode::CannotRead, {{"path", path.string()}, {"detail", detail}});
    }
    if (isHdf5 == 0)
        return Error(ErrorCode::WrongFormat, {{"path", path.string()}, {"expected", "an HDF5 file"}, {"found", "something else"}});
    Handle file(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT));
    if (!file.ok())
        return Error(ErrorCode::FileTruncated, {{"path", path.string()}, {"detail", lastErrorText()}});
    return file;
}

Result<Handle> createFile(const fs::path &path)
{
    const Session session;
    errno = 0;
    Handle file(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
    if (!file.ok())
        return cannotWrite(path.string(), errno != 0 ? std::strerror(errno) : lastErrorText());
    return file;
}

bool exists(hid_t location, const std::string &name)
{
    const Session session;
    for (std::size_t slash = name.find('/', 1); slash != std::string::npos; slash = name.find('/', slash + 1)) {
        if (H5Lexists(location, name.substr(0, slash).c_str(), H5P_DEFAULT) <= 0)
            return false;
    }
    return H5Lexists(location, name.c_str(), H5P_DEFAULT) > 0;
}

std::vector<std::string> childNames(hid_t location, const std::string &group)
{
    const Session session;
    std::vector<std::string> names;
    const Handle opened(H5Gopen2(location, group.c_str(), H5P_DEFAULT));
    if (opened.ok())
        H5Literate(opened, H5_INDEX_NAME, H5_ITER_INC, nullptr, collectName, &names);
    return names;
}

Result<Shape> shapeOf(hid_t location, const std::string &name, const std::string &path)
{
    const Session session;
    const Handle dataset(exists(location, name) ? H5Dopen2(location, name.c_str(), H5P_DEFAULT) : H5I_INVALID_HID);
    if (!dataset.ok())
        return missing(path, name);
    const Handle space(H5Dget_space(dataset));
    std::vector<hsize_t> sizes(static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space))));
    H5Sget_simple_extent_dims(space, sizes.data(), nullptr);
    return Shape(sizes.begin(), sizes.end());
}

Result<void> readRaw(hid_t location, const std::string &name, hid_t memoryType, void *to, const std::string &path)
{
    const Session session;
    const Handle dataset(H5Dopen2(location, name.c_str(), H5P_DEFAULT));
    if (!dataset.ok())
        return missing(path, name);
    if (H5Dread(dataset, memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, to) < 0)
        return Error(ErrorCode::FileTruncated, {{"path", path}, {"detail", "dataset '" + name + "': " + lastErrorText()}});
    return {};
}

Result<void> writeRaw(hid_t location, const std::string &name, hid_t fileType, hid_t memoryType, const void *from,
                      const Shape &shape, const std::string &path)
{
    const Session session;
    const std::vector<hsize_t> sizes(shape.begin(), shape.end());
    const Handle space(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr));
    const Handle links(H5Pcreate(H5P_LINK_CREATE));
    H5Pset_create_intermediate_group(links, 1);
    Handle dataset(H5Dcreate2(location, name.c_str(), fileType, space, links, H5P_DEFAULT, H5P_DEFAULT));
    if (!dataset.ok() || H5Dwrite(dataset, memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, from) < 0 || !dataset.close())
        return cannotWrite(path, "dataset '" + name + "': " + lastErrorText());
    return {};
}

Result<std::string> readTextAttribute(hid_t location, const std::string &name, const std::string &path)
{
    const Session session;
    if (H5Aexists(location, name.c_str()) <= 0)
        return missing(path, name);
    const Handle attribute(H5Aopen(location, name.c_str(), H5P_DEFAULT));
    const Handle type(H5Aget_type(attribute));
    const Handle space(H5Aget_space(attribute));
    std::vector<std::string> texts;
    const auto read = [&](hid_t memoryType, void *to) { return H5Aread(attribute, memoryType, to); };
    if (H5Sget_simple_extent_npoints(space) != 1 || !readStrings(type, 1, space, read, texts))
        return Error(ErrorCode::WrongFormat, {{"path", path}, {"expected", "text in attribute '" + name + "'"}, {"found", "another type"}});
    return texts.front();
}

Result<void> writeTextAttribute(hid_t location, const std::string &name, const std::string &text, const std::string &path)
{
    const Session session;
    const Handle type(H5Tcopy(H5T_C_S1));
    H5Tset_size(type, H5T_VARIABLE);
    H5Tset_cset(type, H5T_CSET_UTF8);
    const Handle space(H5Screate(H5S_SCALAR));
    // A variable-length text goes to the global heap and so may exceed the 64 KiB of an attribute.
    const Handle attribute(H5Acreate2(location, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT));
    const char *pointer = text.c_str();
    if (!attribute.ok() || H5Awrite(attribute, type, &pointer) < 0)
        return cannotWrite(path, "attribute '" + name + "': " + lastErrorText());
    return {};
}

Result<std::vector<std::string>> readTexts(hid_t location, const std::string &name, const std::string &path)
{
    const Session session;
    Result<Shape> shape = shapeOf(location, name, path);
    if (!shape)
        return shape.error();
    const Handle dataset(H5Dopen2(location, name.c_str(), H5P_DEFAULT));
    const Handle type(H5Dget_type(dataset));
    const Handle space(H5Dget_space(dataset));
    std::vector<std::string> texts;
    const auto read = [&](hid_t memoryType, void *to) {
        return H5Dread(dataset, memoryType, H5S_ALL, H5S_ALL, H5P_DEFAULT, to);
    };
    if (!readStrings(type, static_cast<std::size_t>(elementCount(*shape)), space, read, texts))
        return Error(ErrorCode::WrongFormat, {{"path", path}, {"expected", "texts in dataset '" + name + "'"}, {"found", "another type or damaged data"}});
    return texts;
}

Handle halfFloatType()
{
    Handle type(H5Tcopy(H5T_IEEE_F32LE));
    // Sign bit 15, exponent bits 10–14 with bias 15, mantissa bits 0–9 (IEEE 754 binary16). The
    // fields must fit before the size shrinks.
    H5Tset_fields(type, 15, 10, 5, 0, 10);
    H5Tset_size(type, 2);
    H5Tset_ebias(type, 15);
    return type;
}

} // namespace poselift::hdf5
