#include "models/finetune/correctedpieces.h"

#include "core/io/atomicfile.h"
#include "models/manifest.h"
#include "models/pack/personpiece.h"

#include <opencv2/imgproc.hpp>

#include <nlohmann/json.hpp>

#include <fstream>
#include <optional>

namespace poselift {

namespace fs = std::filesystem;

namespace {

constexpr const char *kPack = "pieces.h5";
constexpr const char *kOrigins = "pieces.json";
/// Sharper than packs of a whole data set: there are few, and video is compressed already.
constexpr PieceOptions kPieceOptions{.room = 2.0, .largestSide = 384, .jpegQuality = 95};

std::optional<PieceUse> useOf(const LearningBlocks &blocks, std::int64_t frame)
{
    if (contains(blocks.train, frame))
        return PieceUse::Train;
    if (contains(blocks.validation, frame))
        return PieceUse::Validation;
    if (contains(blocks.report, frame))
        return PieceUse::Report;
    return std::nullopt;
}

PackedPerson packed(const CorrectedPerson &person, PieceUse use)
{
    PackedPerson result;
    result.source = "frame " + std::to_string(person.frame) + ", person " + std::to_string(person.track);
    result.split = use == PieceUse::Train ? PackSplit::Train : PackSplit::Validation;
    result.box = person.box;
    result.labels = person.labels;
    result.teacher = person.others;
    return result;
}

Result<cv::Mat> readFrame(FrameSource &source, std::int64_t index)
{
    const Result<VideoFrame> frame = source.frame(index);
    if (!frame)
        return frame.error();
    cv::Mat pixels(frame->height, frame->width, CV_8UC4, const_cast<std::uint8_t *>(frame->pixels->data()),
                   static_cast<std::size_t>(frame->strideBytes));
    cv::Mat colours;
    cv::cvtColor(pixels, colours, cv::COLOR_BGRA2BGR);
    return colours;
}

Result<CorrectedPieces> cutAll(FrameSource &source, const std::vector<CorrectedPerson> &people,
                               const LearningBlocks &blocks, const Skeleton &skeleton, const JobContext &job)
{
    CorrectedPieces pieces;
    pieces.pack.skeleton = skeleton;
    pieces.pack.description = "corrected frames of " + fs::path(source.info().path).filename().string();
    cv::Mat picture;
    std::int64_t shown = -1;
    for (std::size_t i = 0; i < people.size(); ++i) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        const std::optional<PieceUse> use = useOf(blocks, people[i].frame);
        if (!use)
            continue;
        if (people[i].frame != shown) {
            Result<cv::Mat> read = readFrame(source, people[i].frame);
            if (!read)
                return read.error();
            picture = *std::move(read);
            shown = people[i].frame;
        }
        PackedPerson person = packed(people[i], *use);
        const Result<std::optional<double>> scale = cutPiece(picture, kPieceOptions, person);
        if (!scale)
            return scale.error();
        if (*scale) {
            pieces.pack.people.push_back(std::move(person));
            pieces.origins.push_back({people[i].frame, people[i].track, *use, **scale});
        }
        job.report("read", static_cast<std::int64_t>(i) + 1, std::ssize(people));
    }
    return pieces;
}

} // namespace

std::vector<std::size_t> CorrectedPieces::ofUse(PieceUse use) const
{
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < origins.size(); ++i) {
        if (origins[i].use == use)
            places.push_back(i);
    }
    return places;
}

Result<CorrectedPieces> cutCorrectedPieces(FrameSource &source, const std::vector<CorrectedPerson> &people,
                                           const LearningBlocks &blocks, const Skeleton &skeleton,
                                           const JobContext &job)
{
    try {
        return cutAll(source, people, blocks, skeleton, job);
    } catch (const cv::Exception &error) {
        return Error(ErrorCode::Internal, {{"detail", error.what()}});
    }
}

Result<void> writeCorrectedPieces(const CorrectedPieces &pieces, const fs::path &folder)
{
    if (Result<void> written = writeKeypointPack(pieces.pack, folder / kPack); !written)
        return written;
    nlohmann::json origins = nlohmann::json::array();
    for (const PieceOrigin &origin : pieces.origins)
        origins.push_back({{"frame", origin.frame},
                           {"person", origin.track},
                           {"use", static_cast<int>(origin.use)},
                           {"scale", origin.scale}});
    return replaceFile(folder / kOrigins, [&](const fs::path &temporary) -> Result<void> {
        std::ofstream file(temporary);
        file << origins.dump() << '\n';
        if (!file.flush())
            return Error(ErrorCode::CannotWrite, {{"path", temporary.string()}, {"detail", "write failed"}});
        return {};
    });
}

Result<CorrectedPieces> readCorrectedPieces(const fs::path &folder)
{
    const fs::path path = folder / kOrigins;
    const Result<nlohmann::json> origins = readJsonFile(path);
    if (!origins)
        return origins.error();
    Result<KeypointPack> pack = readKeypointPack(folder / kPack);
    if (!pack)
        return pack.error();
    CorrectedPieces pieces;
    pieces.pack = *std::move(pack);
    const auto wrong = [&path](const std::string &found) {
        return Error(ErrorCode::WrongFormat,
                     {{"path", path.string()}, {"expected", "where each piece comes from"}, {"found", found}});
    };
    try {
        for (const nlohmann::json &origin : *origins) {
            const int use = origin.at("use").get<int>();
            if (use < 0 || use > static_cast<int>(PieceUse::Report))
                return wrong("use " + std::to_string(use));
            pieces.origins.push_back({origin.at("frame").get<std::int64_t>(), origin.at("person").get<TrackId>(),
                                      static_cast<PieceUse>(use), origin.at("scale").get<double>()});
        }
    } catch (const nlohmann::json::exception &broken) {
        return wrong(broken.what());
    }
    if (pieces.origins.size() != pieces.pack.people.size())
        return wrong(std::to_string(pieces.origins.size()) + " places for " + std::to_string(pieces.pack.people.size())
                     + " pieces");
    return pieces;
}

} // namespace poselift
