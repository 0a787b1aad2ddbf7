#pragma once

#include <QObject>

namespace poselift {

class PlaybackController;
class PoseDocument;
class Selection;

/// Goes from one frame that was corrected by hand to the next.
class LabelledFrames : public QObject
{
    Q_OBJECT
public:
    LabelledFrames(const PoseDocument *document, const Selection *selection, PlaybackController *playback,
                   QObject *parent);

    void goToNext();
    void goToPrevious();

Q_SIGNALS:
    /// There is none: a sentence for people.
    void noneFound(const QString &sentence);

private:
    const PoseDocument *m_document;
    const Selection *m_selection;
    PlaybackController *m_playback;
};

} // namespace poselift
