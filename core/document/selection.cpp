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
}

void Selection::setJoint(int joint)
{
    if (m_joint == joint)
        return;
    m_joint = joint;
    Q_EMIT jointChanged(joint);
}

} // namespace poselift
