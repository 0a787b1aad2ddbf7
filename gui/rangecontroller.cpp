#include "gui/rangecontroller.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "gui/availability.h"
#include "gui/menuaction.h"
#include "gui/playbackcontroller.h"
#include "widgets/timeline/rangetext.h"
#include "widgets/timeline/timelineview.h"

#include <QAction>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QStatusBar>

#include <algorithm>

namespace poselift {

RangeController::RangeController(PoseDocument *document, Selection *selection, PlaybackController *playback,
                                 TimelineView *timeline, QMenu *menu, QMainWindow *window)
    : QObject(window), m_document(document), m_selection(selection), m_playback(playback), m_label(new QLabel(window))
{
    makeActions(menu);
    m_label->setObjectName(QStringLiteral("rangeLabel"));
    m_label->setAccessibleName(tr("Chosen range of frames"));
    m_label->setToolTip(tr("Edits over the range work on these frames"));
    window->statusBar()->addPermanentWidget(m_label);
    connect(timeline, &TimelineView::rangeRequested, selection, &Selection::setRange);
    connect(selection, &Selection::rangeChanged, timeline, &TimelineView::setRange);
    connect(selection, &Selection::rangeChanged, this, &RangeController::showRange);
    connect(document, &PoseDocument::aboutToBeReset, this, &RangeController::clear);
    connect(playback, &PlaybackController::extentChanged, this, &RangeController::stayInsideTheClip);
    showRange();
}

void RangeController::makeActions(QMenu *menu)
{
    QMenu *sub = menu->addMenu(tr("&Frame Range"));
    sub->setObjectName(QStringLiteral("rangeMenu"));
    sub->setAccessibleName(tr("Frame range"));
    sub->setToolTipsVisible(true);
    const auto add = [this, sub](const char *objectName, const QString &text, const QKeySequence &keys,
                                 void (RangeController::*slot)()) {
        QAction *action = addMenuAction(sub, parent(), objectName, text, keys);
        connect(action, &QAction::triggered, this, slot);
        return action;
    };
    m_begin = add("rangeBeginAction", tr("Range &Begins Here"), Qt::Key_BracketLeft, &RangeController::begin);
    m_end = add("rangeEndAction", tr("Range &Ends Here"), Qt::Key_BracketRight, &RangeController::end);
    m_all = add("rangeAllAction", tr("&Whole Clip"), Qt::CTRL | Qt::Key_BracketLeft, &RangeController::chooseAll);
    m_clear = add("rangeClearAction", tr("&Clear the Range"), Qt::SHIFT | Qt::Key_Escape, &RangeController::clear);
}

/// Keeps the end, unless it would lie before the beginning.
void RangeController::begin()
{
    const qint64 here = m_selection->frame();
    const FrameRange range = m_selection->range();
    m_selection->setRange({here, range.count() > 0 ? std::max<qint64>(here, range.last) : here});
}

void RangeController::end()
{
    const qint64 here = m_selection->frame();
    const FrameRange range = m_selection->range();
    m_selection->setRange({range.count() > 0 ? std::min<qint64>(here, range.first) : here, here});
}

void RangeController::chooseAll()
{
    m_selection->setRange({0, m_playback->frameCount() - 1});
}

void RangeController::clear()
{
    m_selection->setRange({});
}

/// The number of frames is a guess until the video has an index.
void RangeController::stayInsideTheClip()
{
    const FrameRange range = m_selection->range();
    m_selection->setRange({range.first, std::min<qint64>(range.last, m_playback->frameCount() - 1)});
    updateActions();
}

void RangeController::updateActions()
{
    const QString noClip = m_playback->frameCount() > 0 ? QString() : tr("Open a video first");
    for (QAction *action : {m_begin, m_end, m_all})
        setAvailable(action, noClip);
    setAvailable(m_clear, m_selection->range().count() > 0 ? QString() : tr("No range of frames is chosen"));
}

void RangeController::showRange()
{
    const FrameRange &range = m_selection->range();
    m_label->setVisible(range.count() > 0);
    m_label->setText(range.count() > 0 ? rangeText(range, m_document->project().media.seconds) : QString());
    updateActions();
}

} // namespace poselift
