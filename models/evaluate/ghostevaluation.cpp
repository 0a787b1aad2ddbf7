#include "models/evaluate/ghostevaluation.h"

#include "core/io/lspfile.h"
#include "core/media/framesource.h"
#include "models/detect/personfreestrip.h"
#include "models/detector.h"

#include <algorithm>

namespace poselift {

namespace {

struct Piece
{
    VideoFrame frame;
    Box box;
};

Result<std::vector<Piece>> findPieces(const AnnotatedPicture &annotated, BoxNetwork &boxes)
{
    Result<std::unique_ptr<FrameSource>> source = openFrameSource(annotated.path);
    if (!source)
        return source.error();
    const Result<VideoFrame> frame = (*source)->firstFrame();
    if (!frame)
        return frame.error();
    std::vector<Box> people;
    for (const AnnotatedPerson &person : annotated.people)
        people.push_back(person.box);
    const Result<std::vector<Box>> strips = findPersonFreeStrips(frame->view(), people, boxes);
    if (!strips)
        return strips.error();
    std::vector<Piece> pieces;
    for (const Box &strip : *strips)
        pieces.push_back({*frame, strip});
    return pieces;
}

Result<std::vector<Piece>> findPieces(const DetectorEvaluationOptions &options, const JobContext &job)
{
    const Result<AnnotatedPictures> annotated = readLspExtended(options.lsp, options.firstPicture, options.lastPicture);
    if (!annotated)
        return annotated.error();
    const Result<std::unique_ptr<BoxNetwork>> boxes = loadWaryBoxNetwork();
    if (!boxes)
        return boxes.error();
    std::vector<Piece> pieces;
    for (const AnnotatedPicture &picture : annotated->pictures) {
        if (job.stop.stop_requested())
            return Error(ErrorCode::Cancelled);
        if (static_cast<int>(pieces.size()) >= options.ghostCrops)
            break;
        const Result<std::vector<Piece>> found = findPieces(picture, **boxes);
        if (!found)
            return found.error();
        pieces.insert(pieces.end(), found->begin(), found->end());
        job.report("evaluate crops", static_cast<std::int64_t>(pieces.size()), options.ghostCrops);
    }
    return pieces;
}

} // namespace

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
                (*detector)->detect(partOf(piece.frame.view(), piece.box), {});
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
