#include "core/media/frameindexer.h"

#include "core/media/packetscan.h"
#include "core/media/videofile.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <unordered_map>
#include <unordered_set>

namespace poselift {

namespace {

/// Frames decoded at the beginning to check a scan.
constexpr std::size_t kHeadFrames = 48;
/// A last group of pictures longer than this is not decoded as a check: the scan is given up.
constexpr std::size_t kLongestTail = 2000;

struct PacketFact
{
    std::int64_t pts = AV_NOPTS_VALUE;
    std::int64_t dts = AV_NOPTS_VALUE;
    std::int64_t position = -1;
    bool key = false;
    bool discard = false;
};

PacketFact factOf(const AVPacket &packet)
{
    return {packet.pts, packet.dts, packet.pos, (packet.flags & AV_PKT_FLAG_KEY) != 0,
            (packet.flags & AV_PKT_FLAG_DISCARD) != 0};
}

/// Passes progress on, at most ten times a second.
class Ticker
{
public:
    Ticker(const JobContext &job, const VideoFile &file) : m_job(job)
    {
        const MediaInfo info = file.info();
        m_total = file.stream().nb_frames;
        if (m_total <= 0)
            m_total = static_cast<std::int64_t>(info.durationSeconds * info.nominalFps);
    }
    void tick(std::size_t done)
    {
        const auto now = std::chrono::steady_clock::now();
        if (now < m_next)
            return;
        m_next = now + std::chrono::milliseconds(100);
        const auto count = static_cast<std::int64_t>(done);
        m_job.report("index", count, std::max(count, m_total));
    }

private:
    const JobContext &m_job;
    std::int64_t m_total = 0;
    std::chrono::steady_clock::time_point m_next{};
};

double toSeconds(std::int64_t pts, const VideoFile &file)
{
    return static_cast<double>(pts) * av_q2d(file.stream().time_base);
}

// ---------------------------------------------------------------------------- packet scan

/// Why a scan is only done for some files. Counting packets is exact when
/// - the container stores a pts with every packet (MP4/MOV, Matroska/WebM, FLV, ASF);
///   MPEG-TS/PS, AVI and raw streams do not, and there one packet may be several pictures;
/// - the packet's headers say how many pictures are shown (H.264, HEVC, VP8, VP9); packed MPEG-4
///   B-frames, AV1 operating points, broken MJPEG pictures only a decoder can tell;
/// - every picture is one whole packet: interlaced fields may come in separate ones.
bool mayScan(const VideoFile &file)
{
    const AVCodecParameters &parameters = *file.stream().codecpar;
    const bool progressive = parameters.field_order == AV_FIELD_PROGRESSIVE || parameters.field_order == AV_FIELD_UNKNOWN;
    return file.storesEveryPts() && progressive && canCountShownPictures(parameters);
}

bool isSound(const AVPacket &packet, const AVCodecParameters &parameters, int &shown)
{
    if (packet.pts == AV_NOPTS_VALUE || (packet.flags & AV_PKT_FLAG_CORRUPT) != 0)
        return false;
    if (av_packet_get_side_data(&packet, AV_PKT_DATA_NEW_EXTRADATA, nullptr) != nullptr)
        return false; // the decoder restarts: frames may be lost
    shown = countShownPictures(parameters, packet);
    return shown == 0 || shown == 1;
}

/// True when no decoder would leave out a picture for want of an earlier one, or play one twice.
bool startsAreSound(const std::vector<PacketFact> &shown)
{
    if (shown.empty() || !shown.front().key)
        return false;
    bool begun = false; // past the packets that an edit list cuts off
    for (const PacketFact &packet : shown) {
        if (packet.discard && begun)
            return false;
        begun = begun || !packet.discard;
        // A picture shown before the first key picture refers to what is not in the file.
        if (!packet.discard && packet.pts < shown.front().pts)
            return false;
    }
    return true;
}

/// Frames and seek points of packets that were found sound; nothing when two pts are equal.
std::optional<FrameIndex> indexOfPackets(const std::vector<PacketFact> &packets, const VideoFile &file)
{
    FrameIndex index;
    index.keyKind = FrameKey::Pts;
    for (const PacketFact &packet : packets) {
        if (!packet.discard)
            index.keys.push_back(packet.pts);
    }
    std::sort(index.keys.begin(), index.keys.end());
    if (std::adjacent_find(index.keys.begin(), index.keys.end()) != index.keys.end())
        return std::nullopt;
    for (const std::int64_t pts : index.keys)
        index.seconds.push_back(toSeconds(pts, file));
    return index;
}

void addSeekPointsByPts(FrameIndex &index, const std::vector<PacketFact> &keyPackets)
{
    for (const PacketFact &packet : keyPackets) {
        if (packet.pts == AV_NOPTS_VALUE)
            continue;
        const auto frame = std::lower_bound(index.keys.begin(), index.keys.end(), packet.pts) - index.keys.begin();
        if (frame < index.frameCount())
            index.seekPoints.push_back({frame, packet.pts, packet.dts, packet.position});
    }
}

void addSeekPointsByPosition(FrameIndex &index, const std::vector<PacketFact> &keyPackets)
{
    std::unordered_map<std::int64_t, std::int64_t> frameOf;
    for (std::size_t i = 0; i < index.keys.size(); ++i)
        frameOf[index.keys[i]] = static_cast<std::int64_t>(i);
    for (const PacketFact &packet : keyPackets) {
        if (const auto found = frameOf.find(packet.position); found != frameOf.end())
            index.seekPoints.push_back({found->second, packet.pts, packet.dts, packet.position});
    }
}

void sortSeekPoints(FrameIndex &index)
{
    std::stable_sort(index.seekPoints.begin(), index.seekPoints.end(),
                     [](const SeekPoint &a, const SeekPoint &b) { return a.frame < b.frame; });
}

/// Decodes the first frames of a fresh @p file and compares their pts.
bool headAgrees(const FrameIndex &index, VideoFile &file)
{
    const FramePointer frame(av_frame_alloc());
    const std::size_t count = std::min(kHeadFrames, index.keys.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (!file.nextFrame(*frame) || frame->pts != index.keys[i])
            return false;
    }
    return true;
}

/// Decodes the last group of pictures, which is where files break, and compares.
bool tailAgrees(const FrameIndex &index, VideoFile &file)
{
    if (index.seekPoints.empty())
        return false;
    const SeekPoint &last = index.seekPoints.back();
    const auto begin = static_cast<std::size_t>(last.frame);
    if (index.keys.size() - begin > kLongestTail || !file.seek(last.pts))
        return false;
    const FramePointer frame(av_frame_alloc());
    std::size_t next = begin;
    while (file.nextFrame(*frame)) {
        if (frame->pts < index.keys[begin])
            continue; // pictures of the group before
        if (next >= index.keys.size() || frame->pts != index.keys[next])
            return false;
        ++next;
    }
    return next == index.keys.size() && !file.problems().any();
}

/// Reads all packets; nothing when the scan proves nothing.
Result<std::optional<FrameIndex>> scanPackets(VideoFile &file, const JobContext &job)
{
    using Nothing = std::optional<FrameIndex>;
    Ticker ticker(job, file);
    const PacketPointer packet(av_packet_alloc());
    std::vector<PacketFact> shownPackets;
    std::size_t read = 0;
    while (file.readPacket(*packet)) {
        ++read;
        int shown = 0;
        const bool sound = isSound(*packet, *file.stream().codecpar, shown);
        if (sound && shown == 1)
            shownPackets.push_back(factOf(*packet));
        av_packet_unref(packet.get());
        if (!sound)
            return Nothing();
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        ticker.tick(shownPackets.size());
    }
    if (file.problems().any() || file.endsEarly(read) || !startsAreSound(shownPackets))
        return Nothing();
    std::optional<FrameIndex> index = indexOfPackets(shownPackets, file);
    if (index) {
        std::erase_if(shownPackets, [](const PacketFact &fact) { return !fact.key; });
        addSeekPointsByPts(*index, shownPackets);
        sortSeekPoints(*index);
    }
    return index;
}

Result<std::optional<FrameIndex>> provenScan(const std::filesystem::path &path, const JobContext &job)
{
    using Nothing = std::optional<FrameIndex>;
    auto scanned = VideoFile::open(path);
    if (!scanned)
        return scanned.error();
    if (!mayScan(**scanned))
        return Nothing();
    auto index = scanPackets(**scanned, job);
    if (!index || !index->has_value())
        return index;
    auto checked = VideoFile::open(path);
    if (!checked)
        return checked.error();
    const bool agrees = headAgrees(**index, **checked) && tailAgrees(**index, **checked);
    return agrees ? index : Nothing();
}

// ---------------------------------------------------------------------------- full decode

struct FrameFact
{
    std::int64_t pts = AV_NOPTS_VALUE;
    std::int64_t bestPts = AV_NOPTS_VALUE;
    std::int64_t position = -1;
};

bool ptsIncrease(const std::vector<FrameFact> &frames)
{
    std::int64_t last = std::numeric_limits<std::int64_t>::min(); // = AV_NOPTS_VALUE
    for (const FrameFact &frame : frames) {
        if (frame.pts == AV_NOPTS_VALUE || frame.pts <= last)
            return false;
        last = frame.pts;
    }
    return true;
}

bool positionsDiffer(const std::vector<FrameFact> &frames)
{
    std::unordered_set<std::int64_t> seen;
    return std::all_of(frames.begin(), frames.end(),
                       [&](const FrameFact &frame) { return frame.position >= 0 && seen.insert(frame.position).second; });
}

/// Times in seconds, strictly increasing: the pts where they are there and increase, between them
/// straight lines, outside them the nominal frame rate.
std::vector<double> timesOf(const std::vector<FrameFact> &frames, const VideoFile &file)
{
    const double fps = file.info().nominalFps;
    const double step = fps > 0.0 ? 1.0 / fps : 1.0 / 30.0;
    std::vector<double> seconds(frames.size());
    std::vector<std::size_t> known;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (frames[i].bestPts == AV_NOPTS_VALUE)
            continue;
        const double time = toSeconds(frames[i].bestPts, file);
        if (!known.empty() && time <= seconds[known.back()])
            continue;
        seconds[i] = time;
        known.push_back(i);
    }
    if (known.empty())
        known.push_back(0);
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const auto after = std::lower_bound(known.begin(), known.end(), i);
        if (after != known.end() && *after == i)
            continue;
        if (after == known.begin()) {
            seconds[i] = seconds[*after] - step * static_cast<double>(*after - i);
        } else if (after == known.end()) {
            seconds[i] = seconds[known.back()] + step * static_cast<double>(i - known.back());
        } else {
            const std::size_t a = *(after - 1);
            const double part = static_cast<double>(i - a) / static_cast<double>(*after - a);
            seconds[i] = seconds[a] + part * (seconds[*after] - seconds[a]);
        }
    }
    return seconds;
}

Error damageOf(const std::filesystem::path &path, const FrameIndex &index)
{
    const std::string last = index.seconds.empty() ? "0" : std::to_string(index.seconds.back());
    return Error(ErrorCode::FileTruncated,
                 {{"path", path.string()},
                  {"detail", "only " + std::to_string(index.frameCount()) + " frames, up to " + last + " s, can be decoded"}});
}

FrameIndex indexOfFrames(const std::vector<FrameFact> &frames, const std::vector<PacketFact> &keyPackets, const VideoFile &file)
{
    FrameIndex index;
    index.seconds = timesOf(frames, file);
    if (file.storesEveryPts() && ptsIncrease(frames))
        index.keyKind = FrameKey::Pts;
    else if (positionsDiffer(frames))
        index.keyKind = FrameKey::Position;
    for (const FrameFact &frame : frames)
        index.keys.push_back(index.keyKind == FrameKey::Pts ? frame.pts : frame.position);
    if (index.keyKind == FrameKey::Pts)
        addSeekPointsByPts(index, keyPackets);
    else if (index.keyKind == FrameKey::Position)
        addSeekPointsByPosition(index, keyPackets);
    sortSeekPoints(index);
    return index;
}

Result<FrameIndex> decodeAll(const std::filesystem::path &path, const JobContext &job)
{
    auto opened = VideoFile::open(path);
    if (!opened)
        return opened.error();
    VideoFile &file = **opened;
    std::vector<PacketFact> keyPackets;
    std::size_t packetsSent = 0;
    file.setPacketObserver([&](const AVPacket &packet) {
        ++packetsSent;
        if ((packet.flags & AV_PKT_FLAG_KEY) != 0)
            keyPackets.push_back(factOf(packet));
    });
    Ticker ticker(job, file);
    std::vector<FrameFact> frames;
    const FramePointer frame(av_frame_alloc());
    while (file.nextFrame(*frame)) {
        frames.push_back({frame->pts, frame->best_effort_timestamp, frame->pkt_pos});
        av_frame_unref(frame.get());
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        ticker.tick(frames.size());
    }
    if (frames.empty())
        return Error(ErrorCode::NoFrames, {{"path", path.string()}});
    FrameIndex index = indexOfFrames(frames, keyPackets, file);
    if (file.problems().any() || file.endsEarly(packetsSent))
        index.damage = damageOf(path, index);
    return index;
}

} // namespace

Result<FrameIndex> buildVideoIndex(const std::filesystem::path &path, IndexMethod method, const JobContext &job, IndexMethod *used)
{
    if (method == IndexMethod::Automatic) {
        auto scanned = provenScan(path, job);
        if (!scanned)
            return scanned.error();
        if (scanned->has_value() && !scanned->value().seconds.empty()) {
            if (used != nullptr)
                *used = IndexMethod::Automatic;
            return std::move(**scanned);
        }
    }
    if (used != nullptr)
        *used = IndexMethod::FullDecode;
    return decodeAll(path, job);
}

} // namespace poselift
