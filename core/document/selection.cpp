#include "core/document/selection.h"

namespace poselift {

void Selection::setFrame(qint64 frame)
{
    if (m_frame == frame)
        return;
    m_frame = frame;
    Q_EMIT frameChanged(frame);
}

void Selection::setTrack(TrackId track)
{
    if (m_track == track)
        return;
    m_track = track;
    Q_EMIT trackChanged(track);
    setJoint(joint());
}

void Selection::setJoint(int joint)
{
    setJoints(joint < 0 ? std::vector<int>() : std::vector<int>{joint});
}

void Selection::setJoints(std::vector<int> joints)
{
    if (m_joints == joints)
        return;
    const int before = joint();
    m_joints = std::move(joints);
    if (joint() != before)
        Q_EMIT jointChanged(joint());
    Q_EMIT jointsChanged(m_joints);
}

void Selection::setRange(const FrameRange &range)
{
    const FrameRange wanted = range.count() > 0 ? range : FrameRange();
    if (m_range == wanted)
        return;
    m_range = wanted;
    Q_EMIT rangeChanged(m_range);
}

} // namespace poselift
