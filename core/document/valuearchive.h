#pragma once

// How values become bytes and come back, for the journal. Little-endian, nothing self-describing: a
// format of one version of the journal (journalfile.h), not for exchange. Include it in .cpp files.

#include "core/pose/project.h"
#include "core/pose/edit/correctionpatch.h"
#include "core/pose/edit/reassignment.h"
#include "core/pose/edit/trackedits.h"

#include <QByteArray>

#include <array>
#include <bit>
#include <concepts>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace poselift {

static_assert(std::endian::native == std::endian::little, "journals are little-endian");

template <typename T>
concept PlainNumber = std::is_arithmetic_v<T> || std::is_enum_v<T>;

/// Appends values to bytes.
class ValueWriter
{
public:
    template <typename... Values>
    void operator()(Values &...values) { (write(values), ...); }
    QByteArray bytes() && { return std::move(m_bytes); }

private:
    void raw(const void *from, std::size_t size)
    {
        constexpr std::size_t kLarge = 1024 * 1024; // growing by doubling would take twice a long clip's memory
        if (size >= kLarge)
            m_bytes.reserve(m_bytes.size() + static_cast<qsizetype>(size));
        m_bytes.append(static_cast<const char *>(from), static_cast<qsizetype>(size));
    }
    void count(std::size_t n) { const auto number = static_cast<std::uint64_t>(n); raw(&number, sizeof number); }

    template <PlainNumber T> void write(const T &value) { raw(&value, sizeof value); }
    void write(const std::string &value) { count(value.size()); raw(value.data(), value.size()); }
    void write(std::string &value) { write(std::as_const(value)); }
    template <typename T> void write(std::vector<T> &values)
    {
        count(values.size());
        if constexpr (PlainNumber<T>)
            raw(values.data(), values.size() * sizeof(T));
        else
            for (T &value : values)
                write(value);
    }
    template <typename A, typename B> void write(std::pair<A, B> &value) { (*this)(value.first, value.second); }
    template <typename T, std::size_t n> void write(std::array<T, n> &values) { raw(values.data(), sizeof values); }
    template <typename T> void write(std::optional<T> &value)
    {
        write(value.has_value());
        if (value)
            write(*value);
    }
    template <typename K, typename V> void write(std::map<K, V> &values)
    {
        count(values.size());
        for (auto &[key, value] : values) {
            write(key);
            write(value);
        }
    }
    template <typename T> void write(T &value) requires std::is_class_v<T> { describe(*this, value); }

    QByteArray m_bytes;
};

/// Takes values from bytes. After the first that is not there nothing changes any more.
class ValueReader
{
public:
    explicit ValueReader(const QByteArray &bytes) : m_next(bytes.constData()), m_left(static_cast<std::size_t>(bytes.size())) {}
    template <typename... Values>
    void operator()(Values &...values) { (read(values), ...); }
    /// True when everything was there and nothing was left over.
    bool isComplete() const { return m_ok && m_left == 0; }

private:
    void raw(void *to, std::size_t size)
    {
        m_ok = m_ok && size <= m_left;
        if (!m_ok || size == 0)
            return;
        std::memcpy(to, m_next, size);
        m_next += size;
        m_left -= size;
    }
    /// Number of elements of at least @p bytesEach; a damaged number must not make us ask for all memory.
    std::size_t count(std::size_t bytesEach)
    {
        std::uint64_t number = 0;
        raw(&number, sizeof number);
        m_ok = m_ok && number <= m_left / bytesEach;
        return m_ok ? static_cast<std::size_t>(number) : 0;
    }

    template <PlainNumber T> void read(T &value) { raw(&value, sizeof value); }
    void read(std::string &value)
    {
        value.resize(count(1));
        raw(value.data(), value.size());
    }
    template <typename T> void read(std::vector<T> &values)
    {
        values.resize(count(PlainNumber<T> ? sizeof(T) : 1));
        if constexpr (PlainNumber<T>)
            raw(values.data(), values.size() * sizeof(T));
        else
            for (T &value : values)
                read(value);
    }
    template <typename A, typename B> void read(std::pair<A, B> &value) { (*this)(value.first, value.second); }
    template <typename T, std::size_t n> void read(std::array<T, n> &values) { raw(values.data(), sizeof values); }
    template <typename T> void read(std::optional<T> &value)
    {
        bool has = false;
        read(has);
        value.reset();
        if (has && m_ok)
            read(value.emplace());
    }
    template <typename K, typename V> void read(std::map<K, V> &values)
    {
        values.clear();
        for (std::size_t left = count(1); left > 0 && m_ok; --left) {
            K key;
            read(key);
            read(values[key]);
        }
    }
    template <typename T> void read(T &value) requires std::is_class_v<T> { describe(*this, value); }

    const char *m_next;
    std::size_t m_left;
    bool m_ok = true;
};

// The fields of every kind of value, once for both directions.

template <typename A> void describe(A &a, Skeleton &v) { a(v.name, v.title, v.joints, v.bones, v.pairs, v.root, v.oksSigmas, v.source); }
template <typename A> void describe(A &a, CameraIntrinsics &v) { a(v.fx, v.fy, v.cx, v.cy, v.radial, v.tangential, v.width, v.height, v.assumed); }
template <typename A> void describe(A &a, KeypointTrack &v) { a(v.id, v.label, v.jointCount, v.firstFrame, v.xy, v.confidence, v.state); }
template <typename A> void describe(A &a, JointTrack &v) { a(v.id, v.jointCount, v.firstFrame, v.xyz, v.valid); }
template <typename A> void describe(A &a, KeypointLayer &v) { a(v.name, v.skeleton, v.producer, v.tracks); }
template <typename A> void describe(A &a, JointLayer &v) { a(v.name, v.skeleton, v.producer, v.tracks); }
template <typename A> void describe(A &a, KeypointBlock &v) { a(v.track, v.firstFrame, v.joints, v.xy, v.confidence, v.state); }
template <typename A> void describe(A &a, TrackExtent &v) { a(v.track, v.exists, v.firstFrame, v.frameCount); }
template <typename A> void describe(A &a, KeypointPatch &v) { a(v.blocks, v.extents); }
template <typename A> void describe(A &a, JointBlock &v) { a(v.track, v.firstFrame, v.joints, v.xyz, v.valid); }
template <typename A> void describe(A &a, CorrectionPatch &v) { a(v.skeleton, v.blocks, v.extents, v.removesLayer); }
template <typename A> void describe(A &a, PosePatch &v) { a(v.keypoints, v.corrections); }
template <typename A, typename T> void describe(A &a, TrackSlot<T> &v) { a(v.layer, v.id, v.track, v.position); }
template <typename A> void describe(A &a, TracksPatch &v) { a(v.keypointTracks, v.jointTracks, v.skeleton, v.meta); }
template <typename A> void describe(A &a, PersonLabel &v) { a(v.track, v.label); }
template <typename A> void describe(A &a, IdentitySwap &v) { a(v.a, v.b, v.frame, v.extents); }
template <typename A> void describe(A &a, Reassignment &v) { a(v.swaps, v.rest, v.isDone); }

template <typename T>
QByteArray toBytes(const T &value)
{
    ValueWriter writer;
    writer(const_cast<T &>(value)); // describe() serves both directions; a writer only reads
    return std::move(writer).bytes();
}

/// Nothing when @p bytes is not exactly one T.
template <typename T>
std::optional<T> fromBytes(const QByteArray &bytes)
{
    ValueReader reader(bytes);
    T value;
    reader(value);
    return reader.isComplete() ? std::optional<T>(std::move(value)) : std::nullopt;
}

} // namespace poselift
