#pragma once

#include "core/media/frameindexer.h"
#include "core/media/videosource.h"
#include "tests/support/burntclip.h"

#include <QtCore/QFileInfo>
#include <QtTest/QtTest>

#include <map>
#include <numeric>
#include <random>

namespace poselift {

inline std::filesystem::path pathOf(const QString &path)
{
    return path.toStdString();
}

/// Frames that ffprobe, an independent reader, decodes; −1 when it fails.
inline qint64 framesCountedByFFprobe(const QString &path)
{
    QByteArray output;
    const QString error = burntclip::ffmpeg({QStringLiteral("-select_streams"), QStringLiteral("v:0"), QStringLiteral("-count_frames"),
                                             QStringLiteral("-show_entries"), QStringLiteral("stream=nb_read_frames"),
                                             QStringLiteral("-of"), QStringLiteral("csv=p=0"), path},
                                            QStringLiteral("ffprobe"), &output);
    // MPEG-TS lists the stream once more inside its program.
    const QByteArray firstLine = output.trimmed().split('\n').first();
    bool ok = false;
    const qint64 count = firstLine.split(',').first().trimmed().toLongLong(&ok);
    return error.isEmpty() && ok ? count : -1;
}

inline bool sameFrame(const VideoFrame &a, const VideoFrame &b)
{
    return a.width == b.width && a.height == b.height && a.index == b.index && a.seconds == b.seconds && *a.pixels == *b.pixels;
}

/// Index = full decode = ffprobe's count; @p seeks random seeks give what decoding in order gave.
/// @param firstNumber burnt into frame 0; −1: any, the following ones count on; −2: not checked.
inline void checkExact(const QString &path, int seeks, int firstNumber)
{
    IndexMethod used = IndexMethod::FullDecode;
    const auto index = buildVideoIndex(pathOf(path), IndexMethod::Automatic, {}, &used);
    QVERIFY2(index.ok(), index.ok() ? "" : index.error().sentence().c_str());
    const auto truth = buildVideoIndex(pathOf(path), IndexMethod::FullDecode);
    QVERIFY(truth.ok());
    QCOMPARE(index->keys, truth->keys);
    QCOMPARE(index->seconds, truth->seconds);
    QCOMPARE(index->keyKind, truth->keyKind);
    QCOMPARE(index->frameCount(), framesCountedByFFprobe(path));

    auto inOrder = VideoSource::open(pathOf(path));
    QVERIFY(inOrder.ok());
    (*inOrder)->setIndex(*index);
    auto jumping = VideoSource::open(pathOf(path));
    QVERIFY(jumping.ok());
    (*jumping)->setIndex(*index);
    const int rotation = (*inOrder)->info().rotationDegrees;
    const bool mirrored = (*inOrder)->info().mirrored;

    std::mt19937 random(7);
    std::vector<std::int64_t> order(std::size_t(index->frameCount()));
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), random);
    order.resize(std::min<std::size_t>(order.size(), std::size_t(seeks)));
    std::map<std::int64_t, VideoFrame> wanted;
    for (const std::int64_t i : order)
        wanted[i] = {};
    for (std::int64_t i = 0; i < index->frameCount(); ++i) {
        auto frame = (*inOrder)->frame(i);
        QVERIFY2(frame.ok(), frame.ok() ? "" : frame.error().sentence().c_str());
        QCOMPARE(frame->index, i);
        QCOMPARE(frame->width, (*inOrder)->info().width);
        QCOMPARE(frame->height, (*inOrder)->info().height);
        if (firstNumber >= -1) {
            if (firstNumber == -1 && i == 0)
                firstNumber = burntclip::numberIn(*frame, rotation, mirrored);
            QCOMPARE(burntclip::numberIn(*frame, rotation, mirrored), firstNumber + int(i));
        }
        if (wanted.contains(i))
            wanted[i] = *frame;
    }
    QCOMPARE((*inOrder)->statistics().seeks, 0);
    for (const std::int64_t i : order) {
        auto frame = (*jumping)->frame(i);
        QVERIFY2(frame.ok(), frame.ok() ? "" : frame.error().sentence().c_str());
        QVERIFY2(sameFrame(*frame, wanted[i]), qPrintable(QStringLiteral("frame %1 differs after a seek").arg(i)));
    }
    const SeekStatistics statistics = (*jumping)->statistics();
    qInfo("%s: %lld frames, %s, keys %d, %zu seek points, %lld seeks, %lld restarts", qPrintable(QFileInfo(path).fileName()),
          static_cast<long long>(index->frameCount()), used == IndexMethod::Automatic ? "scanned" : "decoded",
          int(index->keyKind), index->seekPoints.size(), static_cast<long long>(statistics.seeks), static_cast<long long>(statistics.restarts));
}

} // namespace poselift
