#include "core/media/packetscan.h"

#include <cstdint>
#include <span>

namespace poselift {

namespace {

using Bytes = std::span<const std::uint8_t>;

// --- H.264 and HEVC: length-prefixed NAL units (ISO/IEC 14496-15) ---

int nalLengthSize(const AVCodecParameters &parameters)
{
    const Bytes extra(parameters.extradata, static_cast<std::size_t>(parameters.extradata_size));
    // Both configuration records begin with version 1; a stream of start codes begins with 0.
    if (extra.size() < 7 || extra[0] != 1)
        return 0;
    if (parameters.codec_id == AV_CODEC_ID_H264)
        return (extra[4] & 3) + 1;
    return extra.size() > 22 ? (extra[21] & 3) + 1 : 0;
}

enum class NalKind { Other, FirstSlice, LaterSlice, EndOfSequence };

// nal_unit_type: ITU-T H.264 table 7-1. first_mb_in_slice is ue(v): its first bit is set for 0.
NalKind h264Kind(Bytes nal)
{
    const int type = nal[0] & 0x1f;
    if (type == 10 || type == 11)
        return NalKind::EndOfSequence;
    if (type != 1 && type != 2 && type != 5)
        return NalKind::Other;
    // Data partition A (2) occurs in no file of the containers that we scan.
    if (type == 2 || nal.size() < 2)
        return NalKind::EndOfSequence;
    return (nal[1] & 0x80) != 0 ? NalKind::FirstSlice : NalKind::LaterSlice;
}

// nal_unit_type: ITU-T H.265 table 7-1. first_slice_segment_in_pic_flag is the first bit.
NalKind hevcKind(Bytes nal)
{
    const int type = (nal[0] >> 1) & 0x3f;
    const int layer = ((nal[0] & 1) << 5) | (nal.size() > 1 ? nal[1] >> 3 : 0);
    if (type == 36 || type == 37)
        return NalKind::EndOfSequence;
    if (type > 31 || layer != 0)
        return NalKind::Other;
    if (nal.size() < 3)
        return NalKind::EndOfSequence;
    return (nal[2] & 0x80) != 0 ? NalKind::FirstSlice : NalKind::LaterSlice;
}

int countNalPictures(const AVCodecParameters &parameters, Bytes packet)
{
    const int lengthSize = nalLengthSize(parameters);
    int pictures = 0;
    while (!packet.empty()) {
        if (packet.size() < static_cast<std::size_t>(lengthSize))
            return -1;
        std::size_t size = 0;
        for (int i = 0; i < lengthSize; ++i)
            size = size << 8 | packet[static_cast<std::size_t>(i)];
        packet = packet.subspan(static_cast<std::size_t>(lengthSize));
        if (size == 0 || size > packet.size())
            return -1;
        const Bytes nal = packet.first(size);
        const NalKind kind = parameters.codec_id == AV_CODEC_ID_H264 ? h264Kind(nal) : hevcKind(nal);
        if (kind == NalKind::EndOfSequence || (kind == NalKind::LaterSlice && pictures == 0))
            return -1;
        pictures += kind == NalKind::FirstSlice ? 1 : 0;
        packet = packet.subspan(size);
    }
    return pictures;
}

// --- VP9: superframes of Annex B, uncompressed_header() of the VP9 bitstream specification ---

int shownVp9Frame(Bytes frame)
{
    const int head = frame[0];
    if (head >> 6 != 2)
        return -1;
    const int profile = ((head >> 5) & 1) | ((head >> 3) & 2);
    int bit = profile == 3 ? 2 : 3; // of show_existing_frame, after a reserved bit in profile 3
    if ((head >> bit & 1) != 0)
        return 1;
    bit -= 2; // over frame_type
    if (bit < 0)
        return -1;
    return head >> bit & 1;
}

int countVp9Pictures(Bytes packet)
{
    if (packet.empty())
        return -1;
    const int marker = packet.back();
    const int frames = (marker & 7) + 1;
    const int sizeBytes = ((marker >> 3) & 3) + 1;
    const std::size_t indexSize = 2 + std::size_t(frames) * std::size_t(sizeBytes);
    const bool superframe = (marker & 0xe0) == 0xc0 && packet.size() > indexSize
        && packet[packet.size() - indexSize] == marker;
    if (!superframe)
        return shownVp9Frame(packet);
    Bytes sizes = packet.last(indexSize - 1);
    int shown = 0;
    for (int i = 0; i < frames; ++i) {
        std::size_t size = 0;
        for (int b = 0; b < sizeBytes; ++b)
            size |= std::size_t(sizes[static_cast<std::size_t>(b)]) << (8 * b);
        sizes = sizes.subspan(static_cast<std::size_t>(sizeBytes));
        if (size == 0 || size > packet.size())
            return -1;
        const int one = shownVp9Frame(packet);
        if (one < 0)
            return -1;
        shown += one;
        packet = packet.subspan(size);
    }
    return shown;
}

// --- VP8: frame tag, RFC 6386 section 9.1 ---

int countVp8Pictures(Bytes packet)
{
    return packet.size() < 3 ? -1 : packet[0] >> 4 & 1;
}

} // namespace

bool canCountShownPictures(const AVCodecParameters &parameters)
{
    switch (parameters.codec_id) {
    case AV_CODEC_ID_H264:
    case AV_CODEC_ID_HEVC: return nalLengthSize(parameters) > 0;
    case AV_CODEC_ID_VP8:
    case AV_CODEC_ID_VP9: return true;
    default: return false;
    }
}

int countShownPictures(const AVCodecParameters &parameters, const AVPacket &packet)
{
    const Bytes bytes(packet.data, static_cast<std::size_t>(packet.size));
    switch (parameters.codec_id) {
    case AV_CODEC_ID_H264:
    case AV_CODEC_ID_HEVC: return countNalPictures(parameters, bytes);
    case AV_CODEC_ID_VP8: return countVp8Pictures(bytes);
    case AV_CODEC_ID_VP9: return countVp9Pictures(bytes);
    default: return -1;
    }
}

} // namespace poselift
