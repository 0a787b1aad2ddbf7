#pragma once

#include "core/io/filesystemcalls.h"
#include "core/io/hdf5util.h"

namespace poselift::hdf5 {

/// Where a new HDF5 file's bytes go: an open, empty file, written through @ref calls. The first
/// call that fails is remembered and later bytes are dropped, while HDF5 is told that all is well:
/// HDF5 cannot close a file whose last bytes it cannot write, and would try again at exit. So look
/// at failure() after closing the HDF5 file, and fsync the file then.
class FileSink
{
public:
    FileSink(const FilesystemCalls &calls, int file) : m_calls(calls), m_file(file) {}

    void write(std::uint64_t at, const void *bytes, std::size_t size);
    void truncate(std::uint64_t size);
    std::uint64_t size() const { return m_size; }
    int file() const { return m_file; }
    /// errno of the first call that failed; 0 when none did.
    int failure() const { return m_failure; }

private:
    const FilesystemCalls &m_calls;
    int m_file;
    int m_failure = 0;
    std::uint64_t m_size = 0;
};

/// A new HDF5 file that writes to @p sink, which must outlive it. The sink's file must be open for
/// reading too (HDF5 reads back what it evicted). @p name is for HDF5's messages only.
Handle createFile(FileSink &sink, const std::string &name);

} // namespace poselift::hdf5
