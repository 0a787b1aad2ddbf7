#include "core/document/reviewscorer.h"

#include <QtConcurrent>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace poselift {

namespace {

// Frames that are copied at once: a few milliseconds of the GUI thread.
constexpr std::int64_t kPieceFrames = 4096;

FrameRange grown(FrameRange frames, std::int64_t by)
{
    return {frames.first - by, frames.last + by};
}

bool overlaps(FrameRange a, FrameRange b)
{
    return a.first <= b.last + 1 && b.first <= a.last + 1;
}

} // namespace

ReviewScorer::ReviewScorer(PoseDocument *document, QObject *parent) : QObject(parent), m_document(document)
{
    connect(document, &PoseDocument::wasReset, this, &ReviewScorer::documentReset);
    connect(document, &PoseDocument::changed, this, &ReviewScorer::documentChanged);
}

void ReviewScorer::setActive(bool active)
{
    m_active = active;
    if (m_active && m_stale)
        rescore();
}

const TrackNorms *ReviewScorer::norms(TrackId track) const
{
    const auto found = m_tracks.find(track);
    return found != m_tracks.end() && found->second.norms ? &*found->second.norms : nullptr;
}

const TrackScores *ReviewScorer::scores(TrackId track) const
{
    const auto found = m_tracks.find(track);
    return found != m_tracks.end() ? &found->second.scores : nullptr;
}

std::vector<RankedTrack> ReviewScorer::rankedTracks() const
{
    std::vector<RankedTrack> ranked;
    for (const auto &[id, track] : m_tracks)
        ranked.push_back({id, track.scores.firstFrame(), track.scores.sums()});
    return ranked;
}

qint64 ReviewScorer::doneCount() const
{
    qint64 count = 0;
    for (const auto &[id, track] : m_tracks)
        count += track.scores.doneCount();
    return count;
}

void ReviewScorer::documentReset()
{
    m_tracks.clear();
    if (m_active) {
        rescore();
        return;
    }
    ++m_generation;
    m_running = false;
    m_work.clear();
    m_complete = false;
    m_stale = true;
}

void ReviewScorer::documentChanged(const PoseChange &change)
{
    const bool hasFrames = change.lastFrame >= change.firstFrame;
    const bool isOfAll = change.layersChanged || change.mediaChanged || change.cameraChanged;
    if (change.notesChanged || (!hasFrames && !change.tracks.empty() && !isOfAll))
        return; // notes, or a person's name
    if (!m_active) {
        m_stale = true;
        return;
    }
    const bool otherLifters =
        change.layersChanged && ReviewContext::of(m_document->project()).lifters != m_context.lifters;
    if (change.mediaChanged || change.cameraChanged || otherLifters || (change.layersChanged && !hasFrames)) {
        rescore();
        return;
    }
    for (const TrackId track : change.tracks.empty() ? m_document->project().trackIds() : change.tracks) {
        const FrameRange extent = reviewExtent(m_document->project(), track);
        rescoreFrames(track, hasFrames ? grown({change.firstFrame, change.lastFrame}, kReviewMargin) : extent);
    }
    scheduleNext();
}

void ReviewScorer::rescore()
{
    if (!m_active) {
        m_stale = true;
        return;
    }
    ++m_generation;
    m_running = false;
    m_stale = false;
    m_complete = false;
    m_work.clear();
    m_done = m_total = 0;
    const Project &project = m_document->project();
    m_context = ReviewContext::of(project);
    const std::vector<TrackId> ids = project.trackIds();
    std::erase_if(m_tracks, [&](const auto &track) {
        return !std::binary_search(ids.begin(), ids.end(), track.first)
               || track.second.scores.frames().jointCount != m_context.skeleton.jointCount();
    });
    for (const TrackId id : ids) {
        const FrameRange extent = reviewExtent(project, id);
        if (const auto found = m_tracks.find(id); found != m_tracks.end())
            found->second.norms.reset(); // the old scores stay until the new ones are there
        addPieces(id, extent);
    }
    Q_EMIT progressed(m_done, m_total);
    scheduleNext();
}

/// The frames around an edit go before everything that waits.
void ReviewScorer::rescoreFrames(TrackId track, FrameRange frames)
{
    const auto found = m_tracks.find(track);
    if (found == m_tracks.end() || !found->second.norms) {
        if (found == m_tracks.end())
            addPieces(track, reviewExtent(m_document->project(), track));
        return; // waits to be scored as a whole
    }
    const FrameRange known = found->second.scores.frames().frames();
    const FrameRange extent = reviewExtent(m_document->project(), track);
    const FrameRange all{std::min(known.first, extent.count() > 0 ? extent.first : known.first),
                         std::max(known.last, extent.count() > 0 ? extent.last : known.last)};
    const Piece edit{track, {std::max(frames.first, all.first), std::min(frames.last, all.last)}, true};
    if (edit.frames.count() > kPieceFrames)
        addPieces(track, edit.frames);
    else if (edit.frames.count() > 0 && !joinWithWaiting(edit))
        m_work.push_front(edit);
}

bool ReviewScorer::joinWithWaiting(const Piece &edit)
{
    for (Piece &waiting : m_work) {
        if (!waiting.isEdit || waiting.track != edit.track || !overlaps(waiting.frames, edit.frames))
            continue;
        const FrameRange joined{std::min(waiting.frames.first, edit.frames.first),
                                std::max(waiting.frames.last, edit.frames.last)};
        if (joined.count() > kPieceFrames)
            continue;
        waiting.frames = joined;
        return true;
    }
    return false;
}

void ReviewScorer::addPieces(TrackId track, FrameRange frames)
{
    if (frames.count() == 0)
        return;
    m_tracks.try_emplace(track, Track{TrackScores(track, m_context.skeleton.jointCount()), std::nullopt});
    for (std::int64_t first = frames.first; first <= frames.last; first += kPieceFrames)
        m_work.push_back({track, {first, std::min(frames.last, first + kPieceFrames - 1)}, false});
    m_total += frames.count();
}

/// Several changes of one turn of the event loop are looked at together.
void ReviewScorer::scheduleNext()
{
    if (m_scheduled)
        return;
    m_scheduled = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_scheduled = false;
            next();
        },
        Qt::QueuedConnection);
}

void ReviewScorer::next()
{
    if (m_running)
        return;
    if (m_work.empty()) {
        const bool wasComplete = std::exchange(m_complete, !m_stale);
        m_done = m_total = 0;
        if (!wasComplete && m_complete)
            Q_EMIT finished(true);
        return;
    }
    const Piece piece = m_work.front();
    if (const auto track = m_tracks.find(piece.track); track == m_tracks.end()) {
        m_work.pop_front();
        scheduleNext();
    } else if (!track->second.norms) {
        measure(piece.track);
    } else {
        m_work.pop_front();
        score(piece);
    }
}

template <typename Work, typename Take>
void ReviewScorer::run(Work work, Take take)
{
    using Value = std::invoke_result_t<Work>;
    m_running = true;
    QtConcurrent::run(std::move(work))
        .then(this, [this, take = std::move(take), generation = m_generation](const Value &result) {
            if (generation != m_generation)
                return;
            m_running = false;
            take(result);
            scheduleNext();
        });
}

void ReviewScorer::measure(TrackId track)
{
    std::vector<ReviewSlice> samples;
    for (const FrameRange &frames : normSamples(reviewExtent(m_document->project(), track)))
        samples.push_back(sliceForReview(m_document->project(), m_context, track, frames));
    run([samples = std::move(samples), context = m_context] { return measureNorms(samples, context); },
        [this, track](const TrackNorms &norms) {
            if (const auto found = m_tracks.find(track); found != m_tracks.end())
                found->second.norms = norms;
        });
}

void ReviewScorer::score(const Piece &piece)
{
    ReviewSlice slice =
        sliceForReview(m_document->project(), m_context, piece.track, grown(piece.frames, kReviewMargin));
    run([slice = std::move(slice), frames = piece.frames, context = m_context,
         norms = *m_tracks.at(piece.track).norms] { return scoreFrames(slice, frames, context, norms); },
        [this, piece](const ScoredFrames &scored) { take(piece, scored); });
}

void ReviewScorer::take(const Piece &piece, const ScoredFrames &scored)
{
    const auto track = m_tracks.find(piece.track);
    if (track == m_tracks.end())
        return;
    TrackScores &scores = track->second.scores;
    scores.cover(scored.frames());
    scores.clear(piece.frames); // frames that the track does not have any more
    scores.assign(scored);
    if (!piece.isEdit) {
        m_done = std::min(m_done + piece.frames.count(), m_total);
        Q_EMIT progressed(m_done, m_total);
    }
    Q_EMIT scoresChanged();
}

void ReviewScorer::cancel()
{
    if (!isScoring())
        return;
    ++m_generation;
    m_running = false;
    m_work.clear();
    m_stale = true;
    m_complete = false;
    Q_EMIT finished(false);
}

} // namespace poselift
