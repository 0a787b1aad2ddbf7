#include "core/media/displayorientation.h"
#include "tests/core/media/exactness.h"
#include "tests/core/media/patchedfiles.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace poselift;

namespace {

constexpr int kWidth = 320;
constexpr int kHeight = 180;
constexpr int kFrames = 100;

} // namespace

/// The index lists what the decoder outputs, and every way to a frame gives the same pixels.
class TestVideo : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyKindIsExact_data();
    void everyKindIsExact();
    void displayMatrixIsRead_data();
    void displayMatrixIsRead();
    void orientedFramesLookAsFFmpegShowsThem_data();
    void orientedFramesLookAsFFmpegShowsThem();
    void coloursFollowMatrixAndRange_data();
    void coloursFollowMatrixAndRange();
    void soundMp4IsIndexedWithoutDecoding();
    void firstFrameNeedsNoIndex();
    void seeksStayWithinTheGroupOfPictures();
    void cancelStopsTheIndex();
    void ptsHashDependsOnEveryTime();

private:
    QString file(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    QString encode(const char *name, const QString &options) const;
    QString make(const char *name, const QString &recipe) const;

    QTemporaryDir m_folder;
};

void TestVideo::initTestCase()
{
    QVERIFY(m_folder.isValid());
    const auto base = [&](const char *name, int width, int height) {
        return burntclip::ffmpeg({QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                                  burntclip::filters(width, height, kFrames), QStringLiteral("-c:v"), QStringLiteral("rawvideo"), file(name)});
    };
    QCOMPARE(base("even.nut", kWidth, kHeight), QString());
    QCOMPARE(base("odd.nut", kWidth + 1, kHeight + 1), QString());
}

/// Makes m_folder/name out of the burnt-in frames; returns FFmpeg's complaint.
QString TestVideo::encode(const char *name, const QString &options) const
{
    QStringList arguments{QStringLiteral("-i"), file(options.contains(QLatin1String("ODD")) ? "odd.nut" : "even.nut")};
    for (const QString &option : options.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (option != QLatin1String("ODD"))
            arguments << option;
    }
    return burntclip::ffmpeg(arguments << file(name));
}

/// Makes m_folder/name by @p recipe: options of the encoder, or "COPY OTHER OPTIONS…" (remuxed),
/// "COPYFROM SECONDS OTHER", "COPYTO SECONDS OTHER" (cut without decoding), "MATRIX A B C D OTHER"
/// (display matrix), "KEEPPTS N OTHER" (only every N-th time stamp left). Returns a complaint.
QString TestVideo::make(const char *name, const QString &recipe) const
{
    const QStringList words = recipe.split(QLatin1Char(' '));
    const QString kind = words[0];
    const QStringList copy{QStringLiteral("-c"), QStringLiteral("copy")};
    if (kind == QLatin1String("COPY"))
        return burntclip::ffmpeg(QStringList{QStringLiteral("-i"), m_folder.filePath(words[1])} + copy + words.mid(2) + QStringList{file(name)});
    if (kind == QLatin1String("COPYFROM"))
        return burntclip::ffmpeg(QStringList{QStringLiteral("-ss"), words[1], QStringLiteral("-i"), m_folder.filePath(words[2])} + copy + QStringList{file(name)});
    if (kind == QLatin1String("COPYTO"))
        return burntclip::ffmpeg(QStringList{QStringLiteral("-i"), m_folder.filePath(words[2]), QStringLiteral("-t"), words[1]} + copy + QStringList{file(name)});
    int changed = 1;
    if (kind == QLatin1String("MATRIX")) {
        changed = patchedfiles::copyPatched(m_folder.filePath(words[5]), file(name), [&words](QByteArray &bytes) {
            return patchedfiles::setDisplayMatrix(bytes, words[1].toInt(), words[2].toInt(), words[3].toInt(), words[4].toInt());
        });
    } else if (kind == QLatin1String("KEEPPTS")) {
        changed = patchedfiles::copyPatched(m_folder.filePath(words[2]), file(name),
                                            [&words](QByteArray &bytes) { return patchedfiles::removeTimeStamps(bytes, words[1].toInt()); });
    } else {
        return encode(name, recipe);
    }
    return changed > 0 ? QString() : QStringLiteral("nothing to change in ") + words.last();
}

void TestVideo::everyKindIsExact_data()
{
    // Of the encoder; "COPY other options" remuxes file other, and so on: see make().
    QTest::addColumn<QString>("options");
    QTest::addColumn<int>("firstNumber");    // burnt into frame 0; −1: any; −2: not checked
    QTest::addColumn<int>("frames");         // expected; −1: as ffprobe counts

    const auto kind = [](const char *name, const char *options, int firstNumber = 0, int frames = kFrames) {
        QTest::newRow(name) << QString::fromLatin1(options) << firstNumber << frames;
    };
    kind("bframes.mp4", "-pix_fmt yuv420p -c:v libx264 -preset veryfast -g 30 -bf 3");
    kind("pyramid.mkv", "-pix_fmt yuv420p -c:v libx264 -preset medium -g 40 -bf 5 -x264-params b-pyramid=normal");
    kind("one-gop.mp4", "-pix_fmt yuv420p -c:v libx264 -preset veryfast -g 250");
    kind("open-gop.mp4", "-pix_fmt yuv420p -c:v libx264 -preset veryfast -x264-params open-gop=1:keyint=20:min-keyint=20:bframes=3:b-adapt=0:scenecut=0");
    kind("open-gop.mkv", "-pix_fmt yuv420p -c:v libx264 -preset veryfast -x264-params open-gop=1:keyint=20:min-keyint=20:bframes=3:b-adapt=0:scenecut=0");
    kind("open-gop.ts", "-pix_fmt yuv420p -c:v libx264 -preset veryfast -x264-params open-gop=1:keyint=20:min-keyint=20:bframes=3:b-adapt=0:scenecut=0");
    kind("intra-refresh.mp4", "-pix_fmt yuv420p -c:v libx264 -preset veryfast -x264-params intra-refresh=1:keyint=20");
    kind("intra-refresh.ts", "-pix_fmt yuv420p -c:v libx264 -preset veryfast -x264-params intra-refresh=1:keyint=20", 0, -1);
    kind("vfr.mp4", "-vf settb=1/90000,setpts=(N+3*floor(N/7)+random(1)*0.6)/30/TB -vsync passthrough -enc_time_base 1:90000 -video_track_timescale 90000 -pix_fmt yuv420p -c:v libx264 -preset veryfast -g 30");
    kind("vfr.mkv", "-vf setpts=(N+3*floor(N/7))/30/TB -vsync passthrough -pix_fmt yuv420p -c:v libx264 -preset veryfast -g 30");
    kind("late-start.mkv", "-output_ts_offset 5 -pix_fmt yuv420p -c:v libx264 -preset veryfast -g 30");
    kind("late-start.mp4", "-output_ts_offset 5 -pix_fmt yuv420p -c:v libx264 -preset veryfast -g 30");
    kind("odd.mp4", "ODD -pix_fmt yuv444p -c:v libx264 -preset veryfast -g 30");
    kind("odd.webm", "ODD -pix_fmt yuv420p -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 30");
    kind("rotated90.mp4", "COPY bframes.mp4 -metadata:s:v:0 rotate=90");
    kind("rotated180.mp4", "COPY bframes.mp4 -metadata:s:v:0 rotate=180");
    kind("rotated270.mp4", "COPY odd.mp4 -metadata:s:v:0 rotate=270");
    kind("hidden-frames.webm", "-pix_fmt yuv420p -c:v libvpx-vp9 -deadline good -cpu-used 5 -auto-alt-ref 1 -lag-in-frames 16 -g 40 -b:v 300k");
    kind("hidden-frames-vp8.webm", "-pix_fmt yuv420p -c:v libvpx -deadline good -cpu-used 5 -auto-alt-ref 1 -lag-in-frames 16 -g 40 -b:v 500k");
    kind("hevc.mp4", "-pix_fmt yuv420p -c:v libx265 -preset ultrafast -x265-params keyint=30:log-level=none -tag:v hvc1");
    kind("hevc-open-gop10bit.mkv", "-pix_fmt yuv420p10le -c:v libx265 -preset ultrafast -x265-params keyint=20:min-keyint=20:open-gop=1:bframes=4:log-level=none");
    kind("ten-bit.mp4", "-pix_fmt yuv420p10le -c:v libx264 -preset veryfast -g 30");
    kind("mpeg4.avi", "-pix_fmt yuv420p -c:v mpeg4 -bf 2 -g 24 -q:v 3");
    kind("mpeg4.mp4", "-pix_fmt yuv420p -c:v mpeg4 -bf 2 -g 24 -q:v 3");
    kind("xvid.avi", "-pix_fmt yuv420p -c:v libxvid -bf 2 -g 24 -q:v 3", -2, -1); // the encoder loses frames at its end
    kind("mjpeg.avi", "-pix_fmt yuvj420p -c:v mjpeg -q:v 3");
    kind("mjpeg.mov", "-pix_fmt yuvj422p -c:v mjpeg -q:v 3");
    kind("mpeg2.ts", "-pix_fmt yuv420p -c:v mpeg2video -bf 2 -g 15 -q:v 3");
    kind("mpeg2.mpg", "-pix_fmt yuv420p -c:v mpeg2video -bf 2 -g 15 -q:v 3");
    kind("interlaced.mp4", "-pix_fmt yuv420p -c:v libx264 -preset veryfast -g 30 -flags +ilme+ildct -x264-params tff=1");
    kind("interlaced.mpg", "-pix_fmt yuv420p -c:v mpeg2video -flags +ilme+ildct -top 1 -g 15 -q:v 3");
    kind("h264.avi", "-pix_fmt yuv420p -c:v libx264 -preset veryfast -g 30 -bf 0");
    kind("h264.flv", "-pix_fmt yuv420p -c:v libx264 -preset veryfast -g 30 -bf 3");
    kind("elementary.h264", "-pix_fmt yuv420p -c:v libx264 -preset veryfast -g 30 -bf 3");
    kind("wmv.wmv", "-pix_fmt yuv420p -c:v wmv2 -g 30 -b:v 800k");
    kind("theora.ogv", "-pix_fmt yuv420p -c:v libtheora -g 30 -q:v 6");
    kind("av1.webm", "-frames:v 40 -pix_fmt yuv420p -c:v libaom-av1 -cpu-used 8 -row-mt 1 -g 25 -lag-in-frames 19 -b:v 400k", 0, 40);
    kind("animation.gif", "");
    kind("ffv1.mkv", "-pix_fmt yuv420p -c:v ffv1");
    kind("fragmented.mp4", "-pix_fmt yuv420p -c:v libx264 -preset veryfast -g 30 -bf 3 -movflags frag_keyframe+empty_moov");
    // -ss with -c copy starts at a key frame and hides the frames before 1.05 s with an edit list:
    // FFmpeg marks their packets DISCARD.
    kind("cut.mp4", "COPYFROM 1.05 one-gop.mp4", -1, -1);
    kind("cut-open.mp4", "COPYFROM 1.5 open-gop.mp4", -1, -1);
    kind("cut-open.mkv", "COPYFROM 1.5 open-gop.mkv", -1, -1);
    kind("cut-tail.mp4", "COPYTO 2.03 bframes.mp4", -2, -1); // loses frames between the last ones
    // Phones' front cameras and editors mirror pictures by the display matrix {a b c d}.
    kind("mirrored.mp4", "MATRIX -1 0 0 1 bframes.mp4");
    kind("upside-down.mp4", "MATRIX 1 0 0 -1 bframes.mp4");
    kind("mirrored-sideways.mp4", "MATRIX 0 1 1 0 odd.mp4");
    kind("mirrored-sideways-back.mp4", "MATRIX 0 -1 -1 0 bframes.mp4");
    // Broadcast streams may leave time stamps out: of most pictures, of all.
    kind("few-pts.ts", "KEEPPTS 4 open-gop.ts", 0, -1);
    kind("no-pts.ts", "KEEPPTS 0 open-gop.ts", 0, -1);
    kind("few-pts-mpeg2.ts", "KEEPPTS 5 mpeg2.ts", 0, -1);
    kind("no-pts-mpeg2.ts", "KEEPPTS 0 mpeg2.ts", 0, -1);
}

/// Index = full decode = ffprobe's count; all seeks give what decoding in order gave.
void TestVideo::everyKindIsExact()
{
    QFETCH(QString, options);
    QFETCH(int, firstNumber);
    QFETCH(int, frames);
    const char *name = QTest::currentDataTag();
    QCOMPARE(make(name, options), QString());

    const auto index = buildVideoIndex(pathOf(file(name)), IndexMethod::Automatic);
    QVERIFY2(index.ok(), index.ok() ? "" : index.error().sentence().c_str());
    QVERIFY(!index->damage.has_value());
    if (frames >= 0)
        QCOMPARE(index->frameCount(), frames);
    checkExact(file(name), /*seeks=*/40, firstNumber);
}

void TestVideo::displayMatrixIsRead_data()
{
    QTest::addColumn<QList<int>>("axes"); // where the x axis and the y axis go
    QTest::addColumn<int>("degrees");
    QTest::addColumn<bool>("mirrored");
    QTest::newRow("upright") << QList<int>{1, 0, 0, 1} << 0 << false;
    QTest::newRow("clockwise") << QList<int>{0, 1, -1, 0} << 90 << false;
    QTest::newRow("half a turn") << QList<int>{-1, 0, 0, -1} << 180 << false;
    QTest::newRow("counterclockwise") << QList<int>{0, -1, 1, 0} << 270 << false;
    QTest::newRow("left and right exchanged") << QList<int>{-1, 0, 0, 1} << 0 << true;
    QTest::newRow("top and bottom exchanged") << QList<int>{1, 0, 0, -1} << 180 << true;
    QTest::newRow("x and y exchanged") << QList<int>{0, 1, 1, 0} << 270 << true;
    QTest::newRow("x and -y exchanged") << QList<int>{0, -1, -1, 0} << 90 << true;
    QTest::newRow("flattened: none") << QList<int>{1, 1, 1, 1} << 0 << false;
    QTest::newRow("doubled") << QList<int>{0, 2, -2, 0} << 90 << false;
}

void TestVideo::displayMatrixIsRead()
{
    QFETCH(QList<int>, axes);
    QFETCH(int, degrees);
    QFETCH(bool, mirrored);
    const std::int32_t matrix[9] = {axes[0] * 65536, axes[1] * 65536, 0, axes[2] * 65536, axes[3] * 65536, 0, 777 * 65536, 0, 1 << 30};
    const DisplayOrientation orientation = orientationOfDisplayMatrix(matrix);
    QCOMPARE(orientation.rotationDegrees, degrees);
    QCOMPARE(orientation.mirrored, mirrored);
}

void TestVideo::orientedFramesLookAsFFmpegShowsThem_data()
{
    QTest::addColumn<QString>("matrix");
    for (const char *matrix : {"1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0", "-1 0 0 1", "1 0 0 -1", "0 1 1 0", "0 -1 -1 0"})
        QTest::newRow(matrix) << QString::fromLatin1(matrix);
}

/// The ffmpeg command lays pictures out by the display matrix too, with code of its own.
void TestVideo::orientedFramesLookAsFFmpegShowsThem()
{
    QFETCH(QString, matrix);
    QCOMPARE(make("upright.mp4", QStringLiteral("-frames:v 3 -pix_fmt yuv444p -c:v libx264 -preset veryfast -qp 0")), QString());
    QCOMPARE(make("oriented.mp4", QStringLiteral("MATRIX %1 upright.mp4").arg(matrix)), QString());
    QCOMPARE(burntclip::ffmpeg({QStringLiteral("-i"), file("oriented.mp4"), QStringLiteral("-frames:v"), QStringLiteral("1"),
                                QStringLiteral("-f"), QStringLiteral("rawvideo"), QStringLiteral("-pix_fmt"), QStringLiteral("bgra"), file("shown.raw")}), QString());
    QFile shown(file("shown.raw"));
    QVERIFY(shown.open(QIODevice::ReadOnly));
    const QByteArray wanted = shown.readAll();
    auto source = VideoSource::open(pathOf(file("oriented.mp4")));
    QVERIFY(source.ok());
    const VideoFrame frame = (*source)->firstFrame().value();
    QCOMPARE(qsizetype(frame.pixels->size()), wanted.size());
    double difference = 0;
    for (std::size_t i = 0; i < frame.pixels->size(); ++i)
        difference += std::abs(int((*frame.pixels)[i]) - int(static_cast<unsigned char>(wanted[qsizetype(i)])));
    difference /= double(frame.pixels->size());
    QVERIFY2(difference < 2, qPrintable(QString::number(difference))); // another layout differs by more than 30
}

void TestVideo::coloursFollowMatrixAndRange_data()
{
    QTest::addColumn<QString>("scale");   // how ffmpeg makes YCbCr of the colour
    QTest::addColumn<QString>("options"); // what the file says about it
    const QString x264 = QStringLiteral(" -c:v libx264 -qp 0 ");
    QTest::newRow("bt601.mp4") << QStringLiteral("out_color_matrix=bt601:out_range=limited") << QStringLiteral("-pix_fmt yuv420p -colorspace smpte170m -color_range tv") + x264;
    QTest::newRow("bt709.mp4") << QStringLiteral("out_color_matrix=bt709:out_range=limited") << QStringLiteral("-pix_fmt yuv420p -colorspace bt709 -color_range tv") + x264;
    QTest::newRow("bt709-full.mp4") << QStringLiteral("out_color_matrix=bt709:out_range=full") << QStringLiteral("-pix_fmt yuv420p -colorspace bt709 -color_range pc") + x264;
    QTest::newRow("bt709-444.mp4") << QStringLiteral("out_color_matrix=bt709:out_range=limited") << QStringLiteral("-pix_fmt yuv444p -colorspace bt709 -color_range tv") + x264;
    QTest::newRow("bt2020-ten-bit.mp4") << QStringLiteral("out_color_matrix=bt2020:out_range=limited") << QStringLiteral("-pix_fmt yuv420p10le -colorspace bt2020nc -color_range tv") + x264;
    QTest::newRow("untold-small.mp4") << QStringLiteral("out_color_matrix=bt601:out_range=limited") << QStringLiteral("-pix_fmt yuv420p") + x264;
    QTest::newRow("jpeg.avi") << QStringLiteral("out_color_matrix=bt601:out_range=full") << QStringLiteral("-pix_fmt yuvj420p -c:v mjpeg -q:v 1");
    QTest::newRow("rgb.mkv") << QStringLiteral("out_range=full") << QStringLiteral("-pix_fmt gbrp -c:v ffv1");
}

void TestVideo::coloursFollowMatrixAndRange()
{
    QFETCH(QString, scale);
    QFETCH(QString, options);
    const char *name = QTest::currentDataTag();
    const QString complaint = burntclip::ffmpeg(QStringList{QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                                                            QStringLiteral("color=c=0xC83C1E:size=150x90:rate=30,format=rgb24"),
                                                            QStringLiteral("-vf"), QStringLiteral("scale=") + scale,
                                                            QStringLiteral("-frames:v"), QStringLiteral("3")}
                                                + options.split(QLatin1Char(' '), Qt::SkipEmptyParts) + QStringList{file(name)});
    QCOMPARE(complaint, QString());
    auto source = VideoSource::open(pathOf(file(name)));
    QVERIFY(source.ok());
    const VideoFrame frame = (*source)->firstFrame().value();
    const int wanted[4] = {0x1e, 0x3c, 0xc8, 255}; // B, G, R, opaque
    for (std::size_t i = 0; i < frame.pixels->size(); ++i) {
        const int found = frame.pixels->at(i);
        QVERIFY2(std::abs(found - wanted[i % 4]) <= 4, qPrintable(QStringLiteral("byte %1 is %2, expected %3").arg(i).arg(found).arg(wanted[i % 4])));
    }
}

void TestVideo::soundMp4IsIndexedWithoutDecoding()
{
    QCOMPARE(encode("sound.mp4", QStringLiteral("-pix_fmt yuv420p -c:v libx264 -preset veryfast -g 30")), QString());
    IndexMethod used = IndexMethod::FullDecode;
    QVERIFY(buildVideoIndex(pathOf(file("sound.mp4")), IndexMethod::Automatic, {}, &used).ok());
    QCOMPARE(used, IndexMethod::Automatic);
}

void TestVideo::firstFrameNeedsNoIndex()
{
    QCOMPARE(encode("first.mp4", QStringLiteral("-pix_fmt yuv420p -c:v libx264 -preset veryfast -g 30")), QString());
    auto source = openFrameSource(pathOf(file("first.mp4")));
    QVERIFY(source.ok());
    const auto first = (*source)->firstFrame();
    QVERIFY(first.ok());
    QCOMPARE(burntclip::numberIn(*first), 0);
    QCOMPARE((*source)->info().width, kWidth);
    QCOMPARE((*source)->info().codec, std::string("h264"));
    QCOMPARE((*source)->info().nominalFps, 30.0);
}

void TestVideo::seeksStayWithinTheGroupOfPictures()
{
    QCOMPARE(encode("groups.mp4", QStringLiteral("-pix_fmt yuv420p -c:v libx264 -preset veryfast -g 20 -keyint_min 20 -sc_threshold 0")), QString());
    auto source = VideoSource::open(pathOf(file("groups.mp4")));
    QVERIFY(source.ok());
    QVERIFY((*source)->buildIndex({}).ok());
    QVERIFY((*source)->frame(85).ok());
    QCOMPARE((*source)->statistics().seeks, 1);
    QVERIFY((*source)->statistics().decodedFrames <= 6);
    QVERIFY((*source)->frame(95).ok()); // ahead in the same group: no seek
    QCOMPARE((*source)->statistics().seeks, 1);
    QVERIFY((*source)->frame(95).ok()); // the same again: nothing at all
    QVERIFY((*source)->frame(41).ok());
    QCOMPARE((*source)->statistics().seeks, 2);
    QCOMPARE((*source)->statistics().restarts, 0);
}

void TestVideo::cancelStopsTheIndex()
{
    QCOMPARE(encode("cancel.avi", QStringLiteral("-pix_fmt yuv420p -c:v mjpeg -q:v 3")), QString());
    std::stop_source stop;
    JobContext job;
    job.stop = stop.get_token();
    job.progress = [&](const JobProgress &progress) {
        QCOMPARE(progress.stage, std::string("index"));
        stop.request_stop();
    };
    const auto index = buildVideoIndex(pathOf(file("cancel.avi")), IndexMethod::Automatic, job);
    // The first progress comes with the first frame; the second frame sees the request.
    QVERIFY(!index.ok());
    QVERIFY(index.error().isCancelled());
}

void TestVideo::ptsHashDependsOnEveryTime()
{
    FrameIndex a;
    a.seconds = {0.0, 0.5, 1.0};
    FrameIndex b = a;
    QCOMPARE(ptsHash(a), ptsHash(b));
    QCOMPARE(ptsHash(a).size(), std::size_t(64));
    b.seconds[1] = 0.5000001;
    QVERIFY(ptsHash(a) != ptsHash(b));
}

QTEST_GUILESS_MAIN(TestVideo)
#include "tst_video.moc"
