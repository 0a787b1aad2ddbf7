#pragma once

#include "core/pose/edit/framerange.h"
#include "core/pose/track.h"

#include <QObject>

#include <vector>

namespace poselift {

/// The current frame, person and joints, and the range of frames that edits over frames work on. All
/// views follow this one object instead of each other.
/// Lives in the GUI thread. Setting a value that is already set emits nothing.
class Selection : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    qint64 frame() const { return m_frame; }
    TrackId track() const { return m_track; } ///< 0: nobody
    int joint() const { return m_joints.empty() ? -1 : m_joints.back(); } ///< the current one; -1: none
    /// Indices in the project's skeleton, each once; the last is the current one. Of the person track().
    const std::vector<int> &joints() const { return m_joints; }
    /// Frames chosen on the timeline; empty when none are.
    const FrameRange &range() const { return m_range; }

    void setFrame(qint64 frame);
    /// Another person: nothing is known of their joints, so that only the current joint stays chosen.
    void setTrack(poselift::TrackId track);
    /// That joint alone; -1: none.
    void setJoint(int joint);
    void setJoints(std::vector<int> joints);
    void setRange(const poselift::FrameRange &range);

Q_SIGNALS:
    void frameChanged(qint64 frame);
    void trackChanged(poselift::TrackId track);
    void jointChanged(int joint);
    /// Comes after jointChanged() when the current one changed too.
    void jointsChanged(const std::vector<int> &joints);
    void rangeChanged(const poselift::FrameRange &range);

private:
    qint64 m_frame = 0;
    TrackId m_track = 0;
    std::vector<int> m_joints;
    FrameRange m_range;
};

} // namespace poselift
