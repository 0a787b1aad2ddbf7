#pragma once

#include "core/pose/track.h"

#include <QObject>

namespace poselift {

/// The current frame, person and joint. All views follow this one object instead of each other.
/// Lives in the GUI thread. Setting a value that is already set emits nothing.
class Selection : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    qint64 frame() const { return m_frame; }
    TrackId track() const { return m_track; } ///< 0: nobody
    int joint() const { return m_joint; }     ///< index in the project's skeleton; -1: none

    void setFrame(qint64 frame);
    void setTrack(poselift::TrackId track);
    void setJoint(int joint);

Q_SIGNALS:
    void frameChanged(qint64 frame);
    void trackChanged(poselift::TrackId track);
    void jointChanged(int joint);

private:
    qint64 m_frame = 0;
    TrackId m_track = 0;
    int m_joint = -1;
};

} // namespace poselift
