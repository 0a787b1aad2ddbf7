#pragma once

#include "core/base/result.h"
#include "core/media/displayorientation.h"
#include "core/media/ffmpegpointers.h"
#include "core/media/framesource.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>

namespace poselift {

/// What went wrong while reading, counted; a sound file leaves all of it at zero.
struct ReadProblems
{
    std::int64_t corruptPackets = 0; ///< cut short in the container
    std::int64_t refusedPackets = 0; ///< the decoder could not use them
    int readError = 0;               ///< FFmpeg's error that ended reading, 0 for the ordinary end
    bool any() const { return corruptPackets > 0 || refusedPackets > 0 || readError != 0; }
};

/// Demuxer and decoder of the best video stream of one file. Not thread-safe.
class VideoFile
{
public:
    /// Errors: NotAVideo, FileTruncated, NoVideoStream, UnsupportedCodec, CannotRead.
    static Result<std::unique_ptr<VideoFile>> open(const std::filesystem::path &path);

    const AVFormatContext &format() const { return *m_format; }
    const AVStream &stream() const { return *m_stream; }
    /// Facts of the container; width and height before any frame was decoded.
    MediaInfo info() const;
    /// What the stream's display matrix asks for.
    DisplayOrientation orientation() const;
    /// MP4/MOV, Matroska/WebM, FLV and ASF store a pts with every frame; elsewhere it may be guessed.
    bool storesEveryPts() const;

    /// True when the file ends before its packets do. @p packetsRead: of the video stream, to the end.
    bool endsEarly(std::size_t packetsRead) const;

    /// Reads the next packet of the video stream without decoding; false at the end.
    bool readPacket(AVPacket &packet);
    /// Decodes the next frame in presentation order; false at the end. A packet put back by
    /// startAt() goes first.
    bool nextFrame(AVFrame &frame);
    /// Called with every packet that nextFrame() sends to the decoder.
    void setPacketObserver(std::function<void(const AVPacket &)> observer) { m_observer = std::move(observer); }

    /// Moves the demuxer to a packet at or before @p timestamp (stream time base) and empties the
    /// decoder. False when the container cannot.
    bool seek(std::int64_t timestamp);
    /// The same by byte position, for containers that allow it.
    bool seekToByte(std::int64_t position);
    /// Makes @p packet, read by readPacket() after a seek, the first one that nextFrame() decodes.
    void startAt(const AVPacket &packet);

    /// Frames for which @p droppable says yes are not decoded when no other frame refers to them.
    void setDroppable(std::function<bool(const AVPacket &)> droppable) { m_droppable = std::move(droppable); }

    /// Once requested, readPacket() and nextFrame() say "end".
    void setStopToken(std::stop_token stop) { m_stop = std::move(stop); }

    const ReadProblems &problems() const { return m_problems; }

private:
    VideoFile() = default;
    Result<void> openContainer(const std::filesystem::path &path);
    Result<void> chooseStream();
    Result<void> openDecoder();
    bool feedDecoder();
    void resetDecoder();

    std::filesystem::path m_path;
    FormatContextPointer m_format;
    CodecContextPointer m_decoder;
    PacketPointer m_packet{av_packet_alloc()};
    AVStream *m_stream = nullptr; // owned by m_format
    const AVCodec *m_codec = nullptr;
    std::function<void(const AVPacket &)> m_observer;
    std::function<bool(const AVPacket &)> m_droppable;
    ReadProblems m_problems;
    std::stop_token m_stop;
    bool m_packetPending = false; // m_packet was read and not yet sent
    bool m_draining = false;
};

} // namespace poselift
