#pragma once

#include "core/pose/edit/keypointedits.h"

#include <QObject>
#include <QString>

#include <string>

namespace poselift {

class PoseDocument;
struct TracksPatch;

/// Every edit of keypoints and people, each one undo step with its text. Lives in the GUI thread.
/// An edit that would change nothing (a locked joint, a person that is not there) makes no step and
/// returns false. Frames and joints are indices as in keypointedits.h, which says what the edits
/// do.
class PoseEditor : public QObject
{
    Q_OBJECT
public:
    explicit PoseEditor(PoseDocument *document, QObject *parent = nullptr);

    // Keypoints of one frame
    /// A number for the moves of one drag, which become one step together.
    int beginDrag() { return ++m_lastDrag; }
    bool moveKeypoints(qint64 frame, const std::vector<KeypointTarget> &targets, int drag = 0);
    bool placeKeypoint(qint64 frame, const KeypointTarget &target);
    bool pastePose(TrackId track, qint64 frame, const Pose2D &pose);
    /// All joints, or one.
    bool copyFromPrevious(TrackId track, qint64 frame, int joint = -1);

    // Keypoints over frames
    bool setState(const KeypointSelection &selection, KeypointState state);
    bool setLocked(const KeypointSelection &selection, bool locked);
    bool deleteKeypoints(const KeypointSelection &selection);
    bool swapSides(const KeypointSelection &selection);
    bool interpolate(const KeypointSelection &selection, Interpolation method);
    bool smooth(const KeypointSelection &selection, const SmoothingOptions &options);
    bool acceptPredictions(const KeypointSelection &selection);
    bool refusePredictions(const KeypointSelection &selection);

    // People
    /// The new person's id. @p skeleton is for a project that has none yet; 0 without any.
    TrackId newPerson(const Skeleton &skeleton = {});
    bool deletePerson(TrackId track);
    bool swapPeople(TrackId a, TrackId b, qint64 fromFrame);
    bool mergePeople(TrackId into, TrackId from);
    /// The id of the person from @p frame on; 0 when there is nothing to split.
    TrackId splitPerson(TrackId track, qint64 frame);

    /// Sets a note of the project (Project::meta); an empty @p value takes it away.
    bool setNote(const QString &text, const std::string &key, const std::string &value);

private:
    bool push(const QString &text, KeypointPatch patch, int drag = 0);
    bool push(const QString &text, TracksPatch patch);

    PoseDocument *m_document;
    int m_lastDrag = 0;
};

} // namespace poselift
