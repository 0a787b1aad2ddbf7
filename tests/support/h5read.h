#pragma once

#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

/// One dataset read whole, row-major, converted to T.
template <typename T>
struct H5Array
{
    std::vector<hsize_t> shape;
    std::vector<T> values;
};

/// Read-only HDF5 file for tests. Throws std::runtime_error naming the dataset, which fails the test.
class H5File
{
public:
    explicit H5File(const std::filesystem::path &path)
        : m_path(path.string()), m_file(H5Fopen(m_path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT))
    {
        if (m_file < 0)
            throw std::runtime_error("cannot open " + m_path);
    }
    ~H5File() { H5Fclose(m_file); }
    H5File(const H5File &) = delete;
    H5File &operator=(const H5File &) = delete;

    bool exists(const std::string &name) const
    {
        for (std::size_t end = name.find('/'); ; end = name.find('/', end + 1)) {
            if (H5Lexists(m_file, name.substr(0, end).c_str(), H5P_DEFAULT) <= 0)
                return false;
            if (end == std::string::npos)
                return true;
        }
    }

    template <typename T>
    H5Array<T> array(const std::string &name) const
    {
        const hid_t dataset = H5Dopen2(m_file, name.c_str(), H5P_DEFAULT);
        if (dataset < 0)
            throw std::runtime_error(m_path + ": no dataset " + name);
        const hid_t space = H5Dget_space(dataset);
        H5Array<T> result;
        result.shape.resize(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space)));
        H5Sget_simple_extent_dims(space, result.shape.data(), nullptr);
        result.values.resize(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
        const herr_t status = H5Dread(dataset, memoryType(T{}), H5S_ALL, H5S_ALL, H5P_DEFAULT, result.values.data());
        H5Sclose(space);
        H5Dclose(dataset);
        if (status < 0)
            throw std::runtime_error(m_path + ": cannot read " + name);
        return result;
    }

    template <typename T = double>
    std::vector<T> values(const std::string &name) const
    {
        return array<T>(name).values;
    }
    double scalar(const std::string &name) const { return array<double>(name).values.at(0); }

    /// Names of the links of a group ("/" for the root), in name order.
    std::vector<std::string> names(const std::string &group) const
    {
        std::vector<std::string> result;
        const hid_t id = H5Gopen2(m_file, group.c_str(), H5P_DEFAULT);
        if (id < 0)
            throw std::runtime_error(m_path + ": no group " + group);
        H5Literate(
            id, H5_INDEX_NAME, H5_ITER_INC, nullptr,
            [](hid_t, const char *name, const H5L_info_t *, void *out) -> herr_t {
                static_cast<std::vector<std::string> *>(out)->emplace_back(name);
                return 0;
            },
            &result);
        H5Gclose(id);
        return result;
    }

private:
    static hid_t memoryType(double) { return H5T_NATIVE_DOUBLE; }
    static hid_t memoryType(float) { return H5T_NATIVE_FLOAT; }
    static hid_t memoryType(std::int64_t) { return H5T_NATIVE_INT64; }
    static hid_t memoryType(int) { return H5T_NATIVE_INT; }
    static hid_t memoryType(std::uint8_t) { return H5T_NATIVE_UINT8; }

    std::string m_path;
    hid_t m_file;
};
