#include "models/evaluate/ghostevaluation.h"

#include "core/io/lspfile.h"
#include "core/media/framesource.h"
#include "core/pose/posebox.h"
#include "models/detect/boxnetwork.h"
#include "models/detect/choosedetector.h"
#include "models/detector.h"

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr double kAroundPerson = 1.3;
constexpr double kPerhapsAPerson = 0.05;
constexpr double kSmallestSide = 64;

/// A piece of a picture, borrowed.
ImageView pieceOf(const VideoFrame &frame, const Box &box)
{
    const ImageView whole = frame.view();
    const int x = static_cast<int>(std::ceil(box.x)), y = static_cast<int>(std::ceil(box.y));
    return {whole.data + std::ptrdiff_t(y) * whole.strideBytes + 4 * x,
            static_cast<int>(std::floor(box.x + box.width)) - x, static_cast<int>(std::floor(box.y + box.height)) - y,
            whole.strideBytes};
}

struct Piece
{
    VideoFrame frame;
    Box box;
};

Result<std::optional<Piece>> findPiece(const AnnotatedPicture &annotated, BoxNetwork &boxes)
{
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(annotated.path);
    if (!source)
        return source.error();
    Result<VideoFrame> frame = (*source)->firstFrame();
    if (!frame)
        return frame.error();
    const Result<std::vector<PersonDetection>> found = boxes.find(frame->view());
    if (!found)
        return found.error();
    std::vector<Box> people;
    for (const AnnotatedPerson &person : annotated.people)
        people.push_back(grown(person.box, kAroundPerson));
    for (const PersonDetection &person : *found)
        people.push_back(person.box);
    const std::optional<Box> strip = personFreeStrip(frame->width, frame->height, people, kSmallestSide);
    return strip ? std::optional<Piece>({*std::move(frame), *strip}) : std::nullopt;
}

Result<std::vector<Piece>> findPieces(const DetectorEvaluationOptions &options, const JobContext &job)
{
    const Result<AnnotatedPictures> annotated = readLspExtended(options.lsp, options.firstPicture, options.lastPicture);
    if (!annotated)
        return annotated.error();
    Result<DetectorManifest> manifest = chooseDetector("boxes", {});
    if (!manifest)
        return manifest.error();
    manifest->decoder.scoreThreshold = kPerhapsAPerson;
    Result<std::unique_ptr<BoxNetwork>> boxes = BoxNetwork::load(*manifest);
    if (!boxes)
        return boxes.error();
    std::vector<Piece> pieces;
    for (const AnnotatedPicture &picture : annotated->pictures) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        if (static_cast<int>(pieces.size()) == options.ghostCrops)
            break;
        Result<std::optional<Piece>> piece = findPiece(picture, **boxes);
        if (!piece)
            return piece.error();
        if (*piece)
            pieces.push_back(**std::move(piece));
        job.report("evaluate crops", static_cast<std::int64_t>(pieces.size()), options.ghostCrops);
    }
    return pieces;
}

/// The part of the picture on one side of all of @p people.
std::vector<Box> stripsBeside(int width, int height, const Box &people)
{
    return {{0, 0, people.x, double(height)},
            {people.x + people.width, 0, width - people.x - people.width, double(height)},
            {0, 0, double(width), people.y},
            {0, people.y + people.height, double(width), height - people.y - people.height}};
}

} // namespace

std::optional<Box> personFreeStrip(int width, int height, std::span<const Box> people, double smallestSide)
{
    double left = width, top = height, right = 0, bottom = 0;
    for (const Box &person : people) {
        left = std::min(left, person.x);
        top = std::min(top, person.y);
        right = std::max(right, person.x + person.width);
        bottom = std::max(bottom, person.y + person.height);
    }
    if (people.empty())
        return Box{0, 0, double(width), double(height)};
    std::optional<Box> best;
    for (const Box &strip : stripsBeside(width, height, {left, top, right - left, bottom - top})) {
        if (std::min(strip.width, strip.height) >= smallestSide && (!best || strip.area() > best->area()))
            best = strip;
    }
    return best;
}

Result<void> evaluateGhosts(const DetectorEvaluationOptions &options, const std::vector<std::string> &models,
                            const TableReceiver &receive, const JobContext &job)
{
    const Result<std::vector<Piece>> pieces = findPieces(options, job);
    if (!pieces)
        return pieces.error();
    ReportTable table("ghosts", "People that whole detectors see in pieces of pictures without people",
                      {"model", "pieces", "pieces with a ghost", "ghosts", "highest score"});
    for (const std::string &model : models) {
        Result<std::unique_ptr<Detector2D>> detector = createDetector({model, {}, options.threads});
        if (!detector)
            return detector.error();
        int haunted = 0, ghosts = 0;
        float highest = 0;
        for (const Piece &piece : *pieces) {
            if (job.stop.stop_requested())
                return Error(ErrorCode::Cancelled);
            const Result<std::vector<PersonDetection>> people =
                (*detector)->detect(pieceOf(piece.frame, piece.box), {});
            if (!people)
                return people.error();
            haunted += people->empty() ? 0 : 1;
            ghosts += static_cast<int>(people->size());
            for (const PersonDetection &ghost : *people)
                highest = std::max(highest, ghost.score);
        }
        table.beginRow(model);
        table.addNumber(static_cast<double>(pieces->size()), 0);
        table.addNumber(haunted, 0);
        table.addNumber(ghosts, 0);
        table.addNumber(highest, 2);
    }
    receive(table);
    return {};
}

} // namespace poselift
