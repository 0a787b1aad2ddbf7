#pragma once

#include "core/document/posedocument.h"
#include "core/review/ranking.h"

#include <QObject>

#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace poselift {

/// Keeps the review scores of the open project up to date: all of them after a detection, a lifting
/// run or a change of the camera, only the frames around it after an edit. The frames are copied a few
/// thousand at a time in the GUI thread, where this lives, and scored on the thread pool. Results for
/// a state that is gone are dropped.
class ReviewScorer : public QObject
{
    Q_OBJECT
public:
    explicit ReviewScorer(PoseDocument *document, QObject *parent = nullptr);

    /// Nothing is scored before the first call with true; changes while it is off are caught up with.
    void setActive(bool active);
    bool isScoring() const { return m_running || !m_work.empty(); }
    /// False before the first scores, and after a cancelled run.
    bool isComplete() const { return m_complete; }

    const ReviewContext &context() const { return m_context; }
    /// Null until the track has been looked at.
    const TrackNorms *norms(TrackId track) const;
    const TrackScores *scores(TrackId track) const;
    /// What rankFrames() takes; can be read on another thread.
    std::vector<RankedTrack> rankedTracks() const;
    /// Frames of people in which somebody corrected or accepted something.
    qint64 doneCount() const;

public Q_SLOTS:
    /// Scores everything anew.
    void rescore();
    /// Ends the run; what has been scored stays.
    void cancel();

Q_SIGNALS:
    /// Of the frames of all people; at most as often as a few thousand frames are ready.
    void progressed(qint64 done, qint64 total);
    /// Scores of some frames are new.
    void scoresChanged();
    /// There is nothing left to do, or cancel() was called.
    void finished(bool complete);

private:
    struct Piece
    {
        TrackId track = 0;
        FrameRange frames;
        bool isEdit = false;
    };
    struct Track
    {
        TrackScores scores;
        std::optional<TrackNorms> norms;
    };

    void documentReset();
    void documentChanged(const PoseChange &change);
    void rescoreFrames(TrackId track, FrameRange frames);
    void addPieces(TrackId track, FrameRange frames);
    bool joinWithWaiting(const Piece &edit);
    void scheduleNext();
    void next();
    void measure(TrackId track);
    void score(const Piece &piece);
    void take(const Piece &piece, const ScoredFrames &scored);
    /// Runs @p work on the thread pool and @p take with its result here, unless another run began.
    template <typename Work, typename Take>
    void run(Work work, Take take);

    PoseDocument *m_document;
    ReviewContext m_context;
    std::map<TrackId, Track> m_tracks;
    std::deque<Piece> m_work;
    quint64 m_generation = 0; ///< of the run; results of others are dropped
    qint64 m_done = 0;
    qint64 m_total = 0;
    bool m_active = false;
    bool m_stale = true;    ///< everything has to be scored anew when this becomes active
    bool m_running = false; ///< a piece is on the thread pool
    bool m_scheduled = false;
    bool m_complete = false;
};

} // namespace poselift
