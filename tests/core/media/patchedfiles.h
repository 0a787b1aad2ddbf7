#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QFile>
#include <QtCore/QString>
#include <QtCore/QtEndian>

#include <functional>

/// Files that the ffmpeg command cannot make, made by changing bytes of one that it made. Each
/// function says how many places it changed.
namespace patchedfiles {

/// Writes @p source, changed by @p change, to @p target; 0 when a file cannot be read or written.
inline int copyPatched(const QString &source, const QString &target,
                       const std::function<int(QByteArray &)> &change)
{
    QFile in(source);
    QFile out(target);
    if (!in.open(QIODevice::ReadOnly) || !out.open(QIODevice::WriteOnly))
        return 0;
    QByteArray bytes = in.readAll();
    const int changed = change(bytes);
    return out.write(bytes) == bytes.size() ? changed : 0;
}

/// Sets the display matrix of every track of an MP4 file: (x', y') = (a x + c y, b x + d y), the
/// matrix {a, b, u, c, d, v, x, y, w} of the tkhd box (ISO/IEC 14496-12, 8.3.2).
inline int setDisplayMatrix(QByteArray &mp4, int a, int b, int c, int d)
{
    constexpr int kMatrixInVersion0 =
        4 + 4 + 5 * 4 + 2 * 4 +
        4 * 2; // after type, version, times and ids, reserved, layer to volume
    int changed = 0;
    for (qsizetype box = mp4.indexOf("tkhd"); box >= 0; box = mp4.indexOf("tkhd", box + 4)) {
        if (mp4[box + 4] != 0)
            continue; // version 1 has longer times
        char *matrix = mp4.data() + box + kMatrixInVersion0;
        const int values[] = {a, b, c, d};
        const int places[] = {0, 1, 3, 4};
        for (int i = 0; i < 4; ++i)
            qToBigEndian(qint32(values[i] * 65536), matrix + places[i] * 4);
        ++changed;
    }
    return changed;
}

/// Takes the time stamps of an MPEG transport stream's pictures away, except those of every
/// @p keepEvery-th one (0: of none): the flags of the PES header say "no pts", its bytes become
/// stuffing (ISO/IEC 13818-1, 2.4.3.7).
inline int removeTimeStamps(QByteArray &ts, int keepEvery)
{
    constexpr int kPacket = 188;
    int pictures = 0;
    int changed = 0;
    for (qsizetype at = 0; at + kPacket <= ts.size(); at += kPacket) {
        const auto byte = [&ts, at](int i) { return static_cast<unsigned char>(ts[at + i]); };
        const bool beginsUnit = (byte(1) & 0x40) != 0;
        const bool hasAdaptation = (byte(3) & 0x20) != 0;
        const int pes = 4 + (hasAdaptation ? 1 + byte(4) : 0);
        if (!beginsUnit || pes + 19 > kPacket || byte(pes) != 0 || byte(pes + 1) != 0 ||
            byte(pes + 2) != 1 || (byte(pes + 3) & 0xF0) != 0xE0)
            continue;
        if (keepEvery > 0 && pictures++ % keepEvery == 0)
            continue;
        const int stampBytes = (byte(pes + 7) & 0xC0) == 0xC0 ? 10
                               : (byte(pes + 7) & 0x80) != 0  ? 5
                                                              : 0;
        ts[at + pes + 7] = static_cast<char>(byte(pes + 7) & 0x3F);
        for (int i = 0; i < stampBytes; ++i)
            ts[at + pes + 9 + i] = static_cast<char>(0xFF);
        ++changed;
    }
    return changed;
}

} // namespace patchedfiles
