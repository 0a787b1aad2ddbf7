#include "models/cli/bench.h"
#include "models/cli/console.h"
#include "models/cli/exitcodes.h"
#include "models/cli/scratchfolder.h"

#include "core/media/framereader.h"
#include "core/media/videofile.h"
#include "core/media/videosource.h"
#include "core/media/videowriter.h"

#include <chrono>
#include <cmath>
#include <condition_variable>
#include <random>

namespace poselift {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kWidth = 1920;
constexpr int kHeight = 1080;
constexpr int kGroup = 250; // frames from key frame to key frame

double millisecondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

/// A textured wall, larger than a frame, that the camera pans over: motion on every pixel.
std::vector<std::uint8_t> makeWall(int width, int height)
{
    std::vector<std::uint8_t> wall(std::size_t(width) * std::size_t(height) * 4);
    std::mt19937 random(1);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            std::uint8_t *pixel = wall.data() + (std::size_t(y) * std::size_t(width) + std::size_t(x)) * 4;
            const double wave = std::sin(x * 0.021) * std::cos(y * 0.017) + std::sin((x + 2 * y) * 0.11) * 0.3;
            const int grain = static_cast<int>(random() % 24);
            for (int c = 0; c < 3; ++c)
                pixel[c] = static_cast<std::uint8_t>(128 + 60 * wave * (c - 1) / 2 + 30 * wave + grain);
            pixel[3] = 255;
        }
    }
    return wall;
}

Result<void> writeClip(const fs::path &path, int frames)
{
    VideoWriterOptions options;
    options.width = kWidth;
    options.height = kHeight;
    options.keyFrameInterval = kGroup;
    auto writer = VideoWriter::create(path, options);
    if (!writer)
        return writer.error();
    const int margin = 256;
    const std::vector<std::uint8_t> wall = makeWall(kWidth + margin, kHeight + margin);
    for (int i = 0; i < frames; ++i) {
        const int x = static_cast<int>(margin / 2.0 * (1 + std::sin(i * 0.05)));
        const int y = static_cast<int>(margin / 2.0 * (1 + std::cos(i * 0.031)));
        const ImageView view{wall.data() + (std::size_t(y) * (kWidth + margin) + std::size_t(x)) * 4, kWidth, kHeight, (kWidth + margin) * 4};
        if (auto written = (*writer)->write(view, i / 30.0); !written)
            return written;
    }
    return (*writer)->finish();
}

/// Milliseconds from the start of a decode in order to each frame, without converting pixels.
Result<std::vector<double>> decodeInOrder(const fs::path &path)
{
    auto file = VideoFile::open(path);
    if (!file)
        return file.error();
    std::vector<double> times;
    const FramePointer frame(av_frame_alloc());
    const auto begin = Clock::now();
    while ((*file)->nextFrame(*frame))
        times.push_back(millisecondsSince(begin));
    return times;
}

std::int64_t keyFrameBefore(const FrameIndex &index, std::int64_t frame)
{
    std::int64_t key = 0;
    for (const SeekPoint &point : index.seekPoints) {
        if (point.frame <= frame)
            key = point.frame;
    }
    return key;
}

Result<void> measureSeeks(const BenchOptions &options, const fs::path &path, const FrameIndex &index)
{
    auto inOrder = decodeInOrder(path);
    if (!inOrder)
        return inOrder.error();
    auto source = VideoSource::open(path);
    if (!source)
        return source.error();
    (*source)->setIndex(index);
    std::mt19937 random(2);
    std::vector<double> times;
    double seekSum = 0.0;
    double decodeSum = 0.0;
    const int wanted = options.quick ? 10 : 60;
    for (int tries = 0; static_cast<int>(times.size()) < wanted && tries < 20 * wanted; ++tries) {
        const auto target = static_cast<std::int64_t>(random() % std::uint64_t(index.frameCount()));
        const std::int64_t seeksBefore = (*source)->statistics().seeks;
        const auto begin = Clock::now();
        if (auto frame = (*source)->frame(target); !frame)
            return frame.error();
        const double time = millisecondsSince(begin);
        if ((*source)->statistics().seeks == seeksBefore)
            continue; // a step ahead in the same group of pictures: decoded on, no seek
        const std::int64_t key = keyFrameBefore(index, target);
        const double before = key > 0 ? (*inOrder)[std::size_t(key) - 1] : 0.0;
        times.push_back(time);
        seekSum += time;
        decodeSum += (*inOrder)[std::size_t(target)] - before;
    }
    reportMetric(options, "seek", "seek_p50_ms", percentile(times, 50), "ms");
    reportMetric(options, "seek", "seek_p95_ms", percentile(times, 95), "ms");
    reportMetric(options, "seek", "seek_over_decode", decodeSum > 0 ? seekSum / decodeSum : 0.0, "1");
    reportMetric(options, "seek", "decode_frames_per_s", 1000.0 * double(inOrder->size()) / inOrder->back(), "1/s");
    return {};
}

/// The time from request() to frameReady for frames that the reader has in its cache.
Result<void> measureCache(const BenchOptions &options, const fs::path &path, std::int64_t frameCount)
{
    std::mutex mutex;
    std::condition_variable changed;
    std::int64_t delivered = -1;
    bool indexed = false;
    std::optional<Error> failure;
    const auto set = [&](auto change) {
        const std::lock_guard lock(mutex);
        change();
        changed.notify_all();
    };
    FrameReaderCallbacks callbacks;
    callbacks.frameReady = [&](const VideoFrame &frame) { set([&] { delivered = frame.index; }); };
    callbacks.indexFinished = [&](const FrameIndex &) { set([&] { indexed = true; }); };
    callbacks.openFailed = callbacks.indexFailed = [&](const Error &error) { set([&] { failure = error; }); };
    callbacks.frameFailed = [&](std::int64_t, const Error &error) { set([&] { failure = error; }); };
    FrameReader reader(path, callbacks);
    reader.setPlayDirection(0);
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return indexed || failure; });
    const auto roundTrip = [&](std::int64_t frame) {
        delivered = -1;
        lock.unlock();
        const auto begin = Clock::now();
        reader.request(frame);
        lock.lock();
        changed.wait(lock, [&] { return delivered == frame || failure; });
        return millisecondsSince(begin);
    };
    const std::int64_t frames = std::min<std::int64_t>(frameCount, 40); // fit the default cache
    std::vector<double> times;
    for (std::int64_t i = 0; i < frames && !failure; ++i)
        roundTrip(i);
    std::mt19937 random(3);
    for (int i = 0; i < 400 && !failure; ++i)
        times.push_back(roundTrip(static_cast<std::int64_t>(random() % std::uint64_t(frames))));
    lock.unlock();
    if (failure)
        return *failure;
    reportMetric(options, "seek", "cached_p95_ms", percentile(times, 95), "ms");
    return {};
}

Result<void> measure(const BenchOptions &options, const fs::path &path)
{
    const auto begin = Clock::now();
    auto source = openFrameSource(path);
    if (!source)
        return source.error();
    reportMetric(options, "seek", "open_ms", millisecondsSince(begin), "ms");
    const auto indexBegin = Clock::now();
    auto index = (*source)->buildIndex();
    if (!index)
        return index.error();
    reportMetric(options, "seek", "index_ms", millisecondsSince(indexBegin), "ms");
    if (auto measured = measureSeeks(options, path, *index); !measured)
        return measured;
    return measureCache(options, path, index->frameCount());
}

} // namespace

int benchSeek(const BenchOptions &options)
{
    const ScratchFolder folder("seek");
    fs::path path = options.input;
    if (path.empty()) {
        path = folder.path() / "pan.mp4";
        if (auto written = writeClip(path, options.quick ? kGroup : 4 * kGroup); !written)
            return reportFailure(written.error());
    }
    const auto measured = measure(options, path);
    return measured ? kExitOk : reportFailure(measured.error());
}

} // namespace poselift
