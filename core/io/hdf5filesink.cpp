#include "core/io/hdf5filesink.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>

#include <unistd.h>
#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

namespace poselift::hdf5 {

void FileSink::write(std::uint64_t at, const void *bytes, std::size_t size)
{
    m_size = std::max(m_size, at + size);
    const auto *next = static_cast<const char *>(bytes);
    while (m_failure == 0 && size > 0) {
        const ssize_t written = m_calls.pwrite(m_file, next, size, static_cast<off_t>(at));
        if (written < 0 && errno != EINTR)
            m_failure = errno;
        if (written == 0)
            m_failure = ENOSPC;
        if (written > 0) {
            next += written;
            at += static_cast<std::uint64_t>(written);
            size -= static_cast<std::size_t>(written);
        }
    }
}

void FileSink::truncate(std::uint64_t size)
{
    m_size = size;
    if (m_failure == 0 && m_calls.ftruncate(m_file, static_cast<off_t>(size)) != 0)
        m_failure = errno;
}

namespace {

// A virtual file driver (HDF5 documentation, "The HDF5 Virtual File Layer") over a FileSink.

struct SinkFile
{
    H5FD_t base; ///< must be first
    FileSink *sink;
    haddr_t endOfAddresses;
};

const SinkFile &cast(const H5FD_t *file)
{
    return *reinterpret_cast<const SinkFile *>(file);
}

SinkFile &cast(H5FD_t *file)
{
    return *reinterpret_cast<SinkFile *>(file);
}

H5FD_t *openSink(const char *, unsigned, hid_t accessList, haddr_t)
{
    const auto *sink = static_cast<FileSink *const *>(H5Pget_driver_info(accessList));
    if (sink == nullptr)
        return nullptr;
    auto *file = new (std::nothrow) SinkFile{{}, *sink, 0};
    return file != nullptr ? &file->base : nullptr;
}

herr_t closeSink(H5FD_t *file)
{
    delete &cast(file);
    return 0;
}

int compareSinks(const H5FD_t *one, const H5FD_t *other)
{
    const FileSink *a = cast(one).sink;
    const FileSink *b = cast(other).sink;
    return a == b ? 0 : (a < b ? -1 : 1);
}

herr_t querySink(const H5FD_t *, unsigned long *flags)
{
    if (flags != nullptr)
        *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE
            | H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
    return 0;
}

haddr_t endOfAddresses(const H5FD_t *file, H5FD_mem_t)
{
    return cast(file).endOfAddresses;
}

herr_t setEndOfAddresses(H5FD_t *file, H5FD_mem_t, haddr_t address)
{
    cast(file).endOfAddresses = address;
    return 0;
}

haddr_t endOfFile(const H5FD_t *file, H5FD_mem_t)
{
    return cast(file).sink->size();
}

herr_t readSink(H5FD_t *file, H5FD_mem_t, hid_t, haddr_t at, size_t size, void *to)
{
    auto *next = static_cast<char *>(to);
    while (size > 0) {
        const ssize_t got = ::pread(cast(file).sink->file(), next, size, static_cast<off_t>(at));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        next += got;
        at += static_cast<haddr_t>(got);
        size -= static_cast<size_t>(got);
    }
    std::memset(next, 0, size); // past the end, as HDF5's own drivers do
    return 0;
}

herr_t writeSink(H5FD_t *file, H5FD_mem_t, hid_t, haddr_t at, size_t size, const void *from)
{
    cast(file).sink->write(at, from, size);
    return 0;
}

herr_t truncateSink(H5FD_t *file, hid_t, hbool_t)
{
    if (cast(file).sink->size() != cast(file).endOfAddresses)
        cast(file).sink->truncate(cast(file).endOfAddresses);
    return 0;
}

H5FD_class_t sinkDriver()
{
    H5FD_class_t driver{};
#if H5_VERSION_GE(1, 13, 0)
    driver.version = H5FD_CLASS_VERSION;
    driver.value = static_cast<H5FD_class_value_t>(512); // first of the values for private drivers
#endif
    driver.name = "poselift_sink";
    driver.maxaddr = (haddr_t(1) << 62) - 1;
    driver.fc_degree = H5F_CLOSE_STRONG;
    driver.fapl_size = sizeof(FileSink *);
    driver.open = openSink;
    driver.close = closeSink;
    driver.cmp = compareSinks;
    driver.query = querySink;
    driver.get_eoa = endOfAddresses;
    driver.set_eoa = setEndOfAddresses;
    driver.get_eof = endOfFile;
    driver.read = readSink;
    driver.write = writeSink;
    driver.truncate = truncateSink;
    const H5FD_mem_t map[] = H5FD_FLMAP_DICHOTOMY;
    std::copy(std::begin(map), std::end(map), driver.fl_map);
    return driver;
}

hid_t sinkDriverId()
{
    static const H5FD_class_t driver = sinkDriver();
    static const hid_t id = H5FDregister(&driver);
    return id;
}

} // namespace

Handle createFile(FileSink &sink, const std::string &name)
{
    const Session session;
    const Handle access(H5Pcreate(H5P_FILE_ACCESS));
    FileSink *info = &sink;
    H5Pset_driver(access, sinkDriverId(), &info);
    // The file was made and emptied by the caller; TRUNC only tells HDF5 to start a new one in it.
    return Handle(H5Fcreate(name.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access));
}

} // namespace poselift::hdf5
