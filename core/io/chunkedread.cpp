#include "core/io/chunkedread.h"

#include "core/base/threads.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cerrno>
#include <cstring>
#include <functional>
#include <numeric>
#include <thread>

#include <unistd.h>

namespace poselift::hdf5 {

namespace {

constexpr std::size_t kSumBytes = 4;    ///< behind each chunk
constexpr std::size_t kMostThreads = 4; ///< more than memory can feed

/// A chunk in the file and where its values belong.
struct Chunk
{
    std::uint64_t at = 0;    ///< byte in the file
    std::span<std::byte> to; ///< shorter than the chunk at the end of the array
};

/// Where all chunks of a dataset are.
struct Plan
{
    std::vector<Chunk> chunks;
    std::size_t chunkBytes = 0;
    bool hasSums = false;
};

/// What HDF5 reads @p file through when that is a plain file descriptor; else −1.
int descriptorOf(hid_t file)
{
    const Handle list(H5Fget_access_plist(file));
    void *descriptor = nullptr;
    if (H5Pget_driver(list) != H5FD_SEC2 || H5Fget_vfd_handle(file, H5P_DEFAULT, &descriptor) < 0)
        return -1;
    return *static_cast<const int *>(descriptor);
}

bool hasUserBlock(hid_t file)
{
    const Handle list(H5Fget_create_plist(file));
    hsize_t size = 0;
    return H5Pget_userblock(list, &size) < 0 || size != 0;
}

/// Whether the filters are none (false) or the sum alone (true); nothing for others.
std::optional<bool> sumsOnly(hid_t creationList)
{
    const int count = H5Pget_nfilters(creationList);
    if (count == 0)
        return false;
    unsigned flags = 0;
    unsigned config = 0;
    std::size_t values = 0;
    const bool isSum =
        count == 1
        && H5Pget_filter2(creationList, 0, &flags, &values, nullptr, 0, nullptr, &config) == H5Z_FILTER_FLETCHER32;
    return isSum ? std::optional(true) : std::nullopt;
}

std::optional<Plan> planOf(hid_t file, const std::string &name, hid_t memoryType, std::span<std::byte> to)
{
    const Handle dataset(H5Dopen2(file, name.c_str(), H5P_DEFAULT));
    const Handle list(dataset.ok() ? H5Dget_create_plist(dataset) : H5I_INVALID_HID);
    const Handle type(dataset.ok() ? H5Dget_type(dataset) : H5I_INVALID_HID);
    const Handle space(dataset.ok() ? H5Dget_space(dataset) : H5I_INVALID_HID);
    if (!list.ok() || !type.ok() || !space.ok() || hasUserBlock(file) || H5Tequal(type, memoryType) <= 0
        || H5Pget_layout(list) != H5D_CHUNKED)
        return std::nullopt;
    const std::optional<bool> hasSums = sumsOnly(list);
    const int rank = H5Sget_simple_extent_ndims(space);
    if (!hasSums || rank < 1)
        return std::nullopt;
    std::vector<hsize_t> size(static_cast<std::size_t>(rank));
    std::vector<hsize_t> chunk(size.size());
    H5Sget_simple_extent_dims(space, size.data(), nullptr);
    H5Pget_chunk(list, rank, chunk.data());
    if (!std::equal(size.begin() + 1, size.end(), chunk.begin() + 1))
        return std::nullopt;

    Plan plan;
    plan.hasSums = *hasSums;
    plan.chunkBytes = std::accumulate(chunk.begin(), chunk.end(), H5Tget_size(type), std::multiplies<>());
    const std::size_t stored = plan.chunkBytes + (plan.hasSums ? kSumBytes : 0);
    std::vector<hsize_t> first(size.size(), 0);
    for (std::size_t at = 0; at < to.size(); at += plan.chunkBytes, first[0] += chunk[0]) {
        unsigned skippedFilters = 0;
        haddr_t address = HADDR_UNDEF;
        hsize_t bytes = 0;
        if (H5Dget_chunk_info_by_coord(dataset, first.data(), &skippedFilters, &address, &bytes) < 0
            || address == HADDR_UNDEF || bytes != stored || skippedFilters != 0)
            return std::nullopt;
        plan.chunks.push_back({address, to.subspan(at, std::min(plan.chunkBytes, to.size() - at))});
    }
    return plan;
}

/// 0, errno, or −1 at the end of the file.
int readAll(int file, std::uint64_t at, std::byte *to, std::size_t size)
{
    while (size > 0) {
        const ssize_t got = ::pread(file, to, size, static_cast<off_t>(at));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got < 0 ? errno : -1;
        to += got;
        at += static_cast<std::uint64_t>(got);
        size -= static_cast<std::size_t>(got);
    }
    return 0;
}

constexpr std::size_t kLanes = 16;             ///< words that are added at once
constexpr std::size_t kRowsBetweenFolds = 360; ///< 65535 · n(n + 1)/2 still fits 32 bits

struct Sums
{
    std::uint64_t low = 0;  ///< Σ word
    std::uint64_t high = 0; ///< Σ word · (number of words from it to the last)
};

/// Of rows of kLanes words, whose columns are added independently of each other.
Sums sumsOfRows(const std::byte *next, std::size_t rows)
{
    std::array<std::uint32_t, kLanes> low{};
    std::array<std::uint32_t, kLanes> high{};
    std::array<std::uint16_t, kLanes> words;
    for (std::size_t row = 0; row < rows; ++row, next += sizeof(words)) {
        std::memcpy(words.data(), next, sizeof(words));
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            low[lane] += words[lane];
            high[lane] += low[lane];
        }
    }
    Sums sums;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
        sums.low += low[lane];
        sums.high += kLanes * static_cast<std::uint64_t>(high[lane]) - lane * static_cast<std::uint64_t>(low[lane]);
    }
    return sums;
}

/// HDF5 stores sums little-endian; before version 1.6.3 the bytes of each half were swapped.
bool isSumOf(std::array<std::uint8_t, kSumBytes> stored, std::span<const std::byte> bytes)
{
    const std::uint32_t sum = fletcher32(bytes);
    const auto byteAt = [](std::uint32_t value, unsigned i) { return static_cast<std::uint8_t>(value >> (8 * i)); };
    const std::array<std::uint8_t, kSumBytes> now{byteAt(sum, 0), byteAt(sum, 1), byteAt(sum, 2), byteAt(sum, 3)};
    return stored == now || stored == std::array<std::uint8_t, kSumBytes>{now[1], now[0], now[3], now[2]};
}

/// What became of the reading: nothing, or why it failed.
std::optional<std::string> readChunk(int file, const Plan &plan, const Chunk &chunk, std::vector<std::byte> &buffer)
{
    // A last chunk that is longer than the rest of the array goes through the buffer, for the sum's sake.
    const bool isWhole = chunk.to.size() == plan.chunkBytes;
    buffer.resize(isWhole ? 0 : plan.chunkBytes);
    const std::span<std::byte> bytes = isWhole ? chunk.to : std::span<std::byte>(buffer);
    std::array<std::uint8_t, kSumBytes> sum{};
    int failure = readAll(file, chunk.at, bytes.data(), bytes.size());
    if (failure == 0 && plan.hasSums)
        failure = readAll(file, chunk.at + plan.chunkBytes, reinterpret_cast<std::byte *>(sum.data()), sum.size());
    if (failure != 0)
        return failure > 0 ? std::strerror(failure) : "the file ends too early";
    if (plan.hasSums && !isSumOf(sum, bytes))
        return "a checksum is wrong";
    if (!isWhole)
        std::copy_n(bytes.begin(), chunk.to.size(), chunk.to.begin());
    return std::nullopt;
}

/// One of several threads that share the chunks.
void readShare(int file, const Plan &plan, std::atomic<std::size_t> &next, std::optional<std::string> &failure)
{
    std::vector<std::byte> buffer;
    for (std::size_t i = next++; i < plan.chunks.size() && !failure; i = next++)
        failure = readChunk(file, plan, plan.chunks[i], buffer);
}

} // namespace

std::uint32_t fletcher32(std::span<const std::byte> bytes)
{
    // Modulo 65535 a word with its bytes exchanged is 256 times the word, and so is a sum of such words:
    // words are taken as the machine has them, and the bytes of the sums are exchanged at the end.
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    const auto fold = [](std::uint64_t sum) {
        while (sum >> 16U != 0)
            sum = (sum & 0xFFFFU) + (sum >> 16U);
        return sum;
    };
    const auto add = [&](std::uint64_t words, const Sums &sums) {
        high = fold(high + words * low + sums.high);
        low = fold(low + sums.low);
    };
    while (bytes.size() >= kLanes * sizeof(std::uint16_t)) {
        const std::size_t rows = std::min(bytes.size() / (kLanes * sizeof(std::uint16_t)), kRowsBetweenFolds);
        add(rows * kLanes, sumsOfRows(bytes.data(), rows));
        bytes = bytes.subspan(rows * kLanes * sizeof(std::uint16_t));
    }
    for (; !bytes.empty(); bytes = bytes.subspan(std::min<std::size_t>(2, bytes.size()))) {
        std::array<std::byte, 2> pair{bytes[0], bytes.size() > 1 ? bytes[1] : std::byte(0)};
        const auto word = std::bit_cast<std::uint16_t>(pair);
        add(1, {word, word});
    }
    const auto bigEndian = [](std::uint64_t sum) {
        const auto word = static_cast<std::uint16_t>(sum);
        return std::endian::native == std::endian::little
                   ? static_cast<std::uint32_t>(static_cast<std::uint16_t>(word << 8U | word >> 8U))
                   : word;
    };
    return bigEndian(high) << 16U | bigEndian(low);
}

std::optional<Result<void>> readChunks(hid_t file, const std::string &name, hid_t memoryType, std::span<std::byte> to,
                                       const std::string &path)
{
    const Session session;
    const int descriptor = descriptorOf(file);
    const std::optional<Plan> plan = descriptor >= 0 ? planOf(file, name, memoryType, to) : std::nullopt;
    if (!plan)
        return std::nullopt;
    std::atomic<std::size_t> next = 0;
    std::array<std::optional<std::string>, kMostThreads> failures;
    {
        std::vector<std::jthread> helpers;
        const std::size_t threads =
            std::min({static_cast<std::size_t>(cpuCount()), plan->chunks.size(), failures.size()});
        for (std::size_t i = 1; i < threads; ++i)
            helpers.emplace_back(readShare, descriptor, std::cref(*plan), std::ref(next), std::ref(failures[i]));
        readShare(descriptor, *plan, next, failures[0]);
    }
    for (const auto &failure : failures) {
        if (failure)
            return Error(ErrorCode::FileTruncated, {{"path", path}, {"detail", "dataset '" + name + "': " + *failure}});
    }
    return Result<void>();
}

} // namespace poselift::hdf5
