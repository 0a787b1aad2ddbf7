#pragma once

#include "core/pose/edit/keypointedits.h"
#include "core/pose/edit/poseedit3d.h"

#include <QObject>
#include <QString>

#include <string>

namespace poselift {

class PoseDocument;
struct Reassignment;
struct TracksPatch;

/// What an edit over frames does, for its text.
enum class RangeEdit
{
    MarkVisible,
    MarkOccluded,
    MarkAbsent,
    Lock,
    Unlock,
    Delete,
    SwapSides,
    Interpolate,
    Smooth,
    AcceptPredictions,
    RefusePredictions
};
/// What moves keypoints, for the step's text.
enum class Movement { Move, MovePerson, Rotate, Scale };

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
    bool moveKeypoints(qint64 frame, const std::vector<KeypointTarget> &targets, int drag = 0,
                       Movement movement = Movement::Move);
    bool placeKeypoint(qint64 frame, const KeypointTarget &target);
    bool pastePose(TrackId track, qint64 frame, const Pose2D &pose);
    /// Those joints; all when @p joints is empty.
    bool copyFromPrevious(TrackId track, qint64 frame, std::vector<int> joints = {});

    // Keypoints over frames
    bool setState(const KeypointSelection &selection, KeypointState state);
    bool setLocked(const KeypointSelection &selection, bool locked);
    bool deleteKeypoints(const KeypointSelection &selection);
    bool swapSides(const KeypointSelection &selection);
    bool interpolate(const KeypointSelection &selection, Interpolation method);
    /// Between the keyframes next to @p frame, for every joint by itself.
    bool interpolateAround(TrackId track, qint64 frame, const std::vector<int> &joints, Interpolation method);
    bool smooth(const KeypointSelection &selection, const SmoothingOptions &options);
    bool acceptPredictions(const KeypointSelection &selection);
    bool refusePredictions(const KeypointSelection &selection);
    /// An edit over frames whose patch was made before, perhaps in another thread, from the project as
    /// it is now.
    bool apply(RangeEdit edit, KeypointPatch patch);

    // 3D poses
    /// Makes @p start's pose @p pose, see editedPose(); steps with one number from beginDrag() become
    /// one. @return false when nothing changes; an error when it may not be done.
    Result<bool> correctPose(const PoseEditStart &start, const Pose3D &pose, int drag = 0);
    /// Takes the 3D corrections back. @param joints  names; empty: all
    bool releaseCorrections(TrackId track, const FrameRange &frames, const std::vector<std::string> &joints);

    // People
    /// The new person's id. @p skeleton is for a project that has none yet; 0 without any.
    TrackId newPerson(const Skeleton &skeleton = {});
    bool deletePerson(TrackId track);
    /// An empty @p label takes the name away.
    bool renamePerson(TrackId track, const QString &label);
    bool swapPeople(TrackId a, TrackId b, qint64 fromFrame);
    bool mergePeople(TrackId into, TrackId from);
    /// The id of the person from @p frame on; 0 when there is nothing to split.
    TrackId splitPerson(TrackId track, qint64 frame);

    /// Sets a note of the project (Project::meta); an empty @p value takes it away.
    bool setNote(const QString &text, const std::string &key, const std::string &value);

private:
    /// With the 3D corrections that a 2D edit takes back.
    bool push(const QString &text, KeypointPatch patch, int drag = 0);
    bool pushPose(const QString &text, PosePatch patch, int drag = 0);
    bool push(const QString &text, TracksPatch patch);
    bool push(const QString &text, Reassignment reassignment);
    static QString textOf(RangeEdit edit, int count);
    static QString textOf(const FrameRange &frames);
    static QString textOf(Movement movement, int count);

    PoseDocument *m_document;
    int m_lastDrag = 0;
};

} // namespace poselift
