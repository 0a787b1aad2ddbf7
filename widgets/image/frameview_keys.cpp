// Keys of FrameView.
#include "widgets/image/frameview.h"

#include <QKeyEvent>

#include <utility>

namespace poselift {

/// What the key does as things stand; nothing: it is left to the window. Without a chosen joint
/// the arrows step through the frames, without a person Tab goes to the next widget.
std::optional<FrameViewKey> FrameView::ownKey(const QKeyEvent *event) const
{
    const int index = m_keys.find(event);
    if (index < 0)
        return {};
    const auto key = static_cast<FrameViewKey>(index);
    const bool stepsJoint = key == FrameViewKey::NextJoint || key == FrameViewKey::PreviousJoint;
    const bool nudges = !nudgeOf(key).isNull();
    if ((stepsJoint || nudges) && (!m_editable || m_selectedTrack == 0))
        return {};
    if (nudges && m_selectedJoint < 0)
        return {};
    return key;
}

void FrameView::handleKey(FrameViewKey key)
{
    switch (key) {
    case FrameViewKey::NextJoint:
        Q_EMIT jointStepRequested(1);
        break;
    case FrameViewKey::PreviousJoint:
        Q_EMIT jointStepRequested(-1);
        break;
    case FrameViewKey::Fit:
        fitToView();
        break;
    case FrameViewKey::Pixels:
        zoomToPixels();
        break;
    case FrameViewKey::ZoomIn:
        zoomIn();
        break;
    case FrameViewKey::ZoomOut:
        zoomOut();
        break;
    default:
        if (const QPointF nudge = nudgeOf(key); !nudge.isNull()) {
            Q_EMIT nudgeRequested(nudge);
        } else {
            m_transform.panBy(panOf(key));
            transformChanged();
        }
    }
}

void FrameView::holdPanTool(const QKeyEvent *event)
{
    if (event->isAutoRepeat())
        return;
    m_spaceHeld = true;
    m_pannedWithSpace = false;
    m_panKey = QKeyCombination(event->modifiers() & ~Qt::KeypadModifier, static_cast<Qt::Key>(event->key()));
    updateCursor();
}

void FrameView::keyPressEvent(QKeyEvent *event)
{
    const std::optional<FrameViewKey> key = ownKey(event);
    if (!key)
        QWidget::keyPressEvent(event);
    else if (*key == FrameViewKey::PanTool)
        holdPanTool(event);
    else
        handleKey(*key);
}

void FrameView::keyReleaseEvent(QKeyEvent *event)
{
    if (!m_spaceHeld || event->key() != m_panKey.key() || event->isAutoRepeat()) {
        QWidget::keyReleaseEvent(event);
        return;
    }
    m_spaceHeld = false;
    updateCursor();
    if (!m_pannedWithSpace)
        Q_EMIT panKeyTapped(QKeySequence(m_panKey));
}

} // namespace poselift
