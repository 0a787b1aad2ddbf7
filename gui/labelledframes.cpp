#include "gui/labelledframes.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "core/pose/edit/labelledframes.h"
#include "gui/playbackcontroller.h"

namespace poselift {

LabelledFrames::LabelledFrames(const PoseDocument *document, const Selection *selection, PlaybackController *playback,
                               QObject *parent)
    : QObject(parent), m_document(document), m_selection(selection), m_playback(playback)
{
}

void LabelledFrames::goToNext()
{
    m_playback->setPlaying(false);
    if (const auto frame = nextLabelledFrame(m_document->project().tracks, m_selection->frame()))
        m_playback->goToFrame(*frame);
    else
        Q_EMIT noneFound(tr("No frame after this one was corrected."));
}

void LabelledFrames::goToPrevious()
{
    m_playback->setPlaying(false);
    if (const auto frame = previousLabelledFrame(m_document->project().tracks, m_selection->frame()))
        m_playback->goToFrame(*frame);
    else
        Q_EMIT noneFound(tr("No frame before this one was corrected."));
}

} // namespace poselift
