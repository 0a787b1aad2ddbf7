#pragma once

// For .cpp files of targets that link hdf5::hdf5.

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <hdf5.h>

namespace poselift::hdf5 {

/// Debian's HDF5 is not thread-safe: hold this lock around every sequence of HDF5 calls, handles'
/// destructors included (declare it before the first handle). Recursive, so that helpers may take
/// it again. Also keeps HDF5 from printing its error stack.
class Session
{
public:
    Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

private:
    std::unique_lock<std::recursive_mutex> m_lock;
};

/// Owns one HDF5 identifier of any kind.
class Handle
{
public:
    Handle() = default;
    explicit Handle(hid_t id) : m_id(id) {}
    Handle(Handle &&other) noexcept : m_id(std::exchange(other.m_id, H5I_INVALID_HID)) {}
    Handle &operator=(Handle &&other) noexcept
    {
        std::swap(m_id, other.m_id);
        return *this;
    }
    ~Handle() { close(); }

    bool ok() const { return m_id >= 0; }
    hid_t id() const { return m_id; }
    operator hid_t() const { return m_id; }
    /// False when HDF5 could not finish, e.g. a file whose last bytes cannot be written.
    bool close();

private:
    hid_t m_id = H5I_INVALID_HID;
};

using Shape = std::vector<std::int64_t>;
/// "[3, 17, 2]", for messages.
std::string toText(const Shape &shape);
std::int64_t elementCount(const Shape &shape);
/// Deepest HDF5 error of the last failed call, for messages.
std::string lastErrorText();

/// Opens for reading. FileNotFound, IsDirectory, CannotRead, WrongFormat (not HDF5), FileTruncated.
Result<Handle> openFile(const std::filesystem::path &path);
/// Creates or overwrites. CannotWrite.
Result<Handle> createFile(const std::filesystem::path &path);

bool exists(hid_t location, const std::string &name);
/// Names of the links of a group, sorted.
std::vector<std::string> childNames(hid_t location, const std::string &group);
/// Shape of a dataset; MissingDataset.
Result<Shape> shapeOf(hid_t location, const std::string &name, const std::string &path);

/// Memory type of T.
template <typename T> hid_t nativeType();
template <> inline hid_t nativeType<float>() { return H5T_NATIVE_FLOAT; }
template <> inline hid_t nativeType<double>() { return H5T_NATIVE_DOUBLE; }
template <> inline hid_t nativeType<std::uint8_t>() { return H5T_NATIVE_UINT8; }
template <> inline hid_t nativeType<std::int32_t>() { return H5T_NATIVE_INT32; }
template <> inline hid_t nativeType<std::int64_t>() { return H5T_NATIVE_INT64; }

Result<void> readRaw(hid_t location, const std::string &name, hid_t memoryType, void *to, const std::string &path);
Result<void> writeRaw(hid_t location, const std::string &name, hid_t fileType, hid_t memoryType,
                      const void *from, const Shape &shape, const std::string &path);

/// Reads a whole dataset, converting numbers to T. @p path is for messages only.
template <typename T>
Result<std::vector<T>> readDataset(hid_t location, const std::string &name, const std::string &path, Shape *shape = nullptr)
{
    Result<Shape> found = shapeOf(location, name, path);
    if (!found)
        return found.error();
    std::vector<T> values(static_cast<std::size_t>(elementCount(*found)));
    if (Result<void> read = readRaw(location, name, nativeType<T>(), values.data(), path); !read)
        return read.error();
    if (shape != nullptr)
        *shape = std::move(*found);
    return values;
}

/// Writes a new contiguous dataset of T.
template <typename T>
Result<void> writeDataset(hid_t location, const std::string &name, std::span<const T> values, const Shape &shape,
                          const std::string &path)
{
    return writeRaw(location, name, nativeType<T>(), nativeType<T>(), values.data(), shape, path);
}

/// Text attribute (fixed or variable length); MissingDataset.
Result<std::string> readTextAttribute(hid_t location, const std::string &name, const std::string &path);
/// UTF-8 text attribute. CannotWrite.
Result<void> writeTextAttribute(hid_t location, const std::string &name, const std::string &text, const std::string &path);
/// Texts of a one-dimensional dataset of strings (fixed or variable length).
Result<std::vector<std::string>> readTexts(hid_t location, const std::string &name, const std::string &path);

/// IEEE 754 half precision, as h5py writes float16. Close it.
Handle halfFloatType();

} // namespace poselift::hdf5
