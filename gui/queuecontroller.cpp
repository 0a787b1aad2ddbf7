#include "gui/queuecontroller.h"

#include "core/document/selection.h"
#include "core/review/finding.h"
#include "gui/menuaction.h"
#include "gui/playbackcontroller.h"
#include "gui/settingsstore.h"
#include "widgets/tables/queueview.h"
#include "widgets/tables/reviewtext.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QMenu>
#include <QtConcurrent>

#include <algorithm>
#include <cmath>

namespace poselift {

namespace {

constexpr int kRankSoonMs = 40;
constexpr int kRankWhileScoringMs = 400; // every ranking makes the scorer copy its sums once
constexpr double kMistakeSeconds = 1.0 / 6;

QString weightKey(int reason)
{
    return QStringLiteral("queueWeight_")
           + QString::fromLatin1(reviewReasonName(static_cast<ReviewReason>(reason)).data());
}

QString labelOf(const Project &project, TrackId track)
{
    for (const std::vector<KeypointTrack> *tracks :
         {&project.tracks,
          project.keypointLayer("detected") != nullptr ? &project.keypointLayer("detected")->tracks : nullptr}) {
        if (tracks == nullptr)
            continue;
        for (const KeypointTrack &candidate : *tracks) {
            if (candidate.id == track && !candidate.label.empty())
                return QString::fromStdString(candidate.label);
        }
    }
    return {};
}

/// Frames on either side that belong to one mistake.
int mistakeRadius(const Project &project)
{
    const std::vector<double> &seconds = project.media.seconds;
    if (seconds.size() < 2 || seconds.back() <= seconds.front())
        return RankingOptions{}.radius;
    const double rate = static_cast<double>(seconds.size() - 1) / (seconds.back() - seconds.front());
    return std::max(1, static_cast<int>(std::lround(rate * kMistakeSeconds)));
}

} // namespace

QueueController::QueueController(PoseDocument *document, Selection *selection, PlaybackController *playback,
                                 SettingsStore *settings, QMenu *menu, QMainWindow *window)
    : QObject(window), m_document(document), m_selection(selection), m_playback(playback), m_editor(document),
      m_scorer(document)
{
    makeDock(window);
    makeActions(menu);
    restoreWeights(settings);
    m_rankSoon.setSingleShot(true);
    connect(&m_rankSoon, &QTimer::timeout, this, &QueueController::rank);
    connect(&m_scorer, &ReviewScorer::scoresChanged, this, &QueueController::scheduleRanking);
    connect(&m_scorer, &ReviewScorer::progressed, this, [this](qint64 done, qint64 total) {
        m_cancelled = false;
        m_view->setProgress(done, done < total ? total : 0);
    });
    connect(&m_scorer, &ReviewScorer::finished, this, [this](bool complete) {
        m_cancelled = !complete;
        m_view->setProgress(0, 0);
        rank();
    });
    connect(document, &PoseDocument::changed, this, [this](const PoseChange &change) {
        const bool isName = !change.tracks.empty() && change.lastFrame < change.firstFrame;
        if (change.notesChanged)
            rank();
        else if (change.layersChanged || isName)
            showPeople();
    });
    connect(document, &PoseDocument::wasReset, this, [this] {
        m_atFrame = m_atRow = -1;
        m_wantedStep = 0;
        m_ranked = false;
        showPeople();
        take({});
    });
    take({});
}

QueueController::~QueueController()
{
    m_rankStop.request_stop();
}

void QueueController::makeDock(QMainWindow *window)
{
    m_dock = new QDockWidget(tr("What to Correct Next"), window);
    m_dock->setObjectName(QStringLiteral("queueDock"));
    m_dock->setAccessibleName(tr("What to correct next"));
    m_view = new QueueView(m_dock);
    m_dock->setWidget(m_view);
    window->addDockWidget(Qt::RightDockWidgetArea, m_dock);
    m_dock->hide();
    m_dock->toggleViewAction()->setObjectName(QStringLiteral("showQueueAction"));
    m_dock->toggleViewAction()->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U));
    connect(m_dock, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        if (visible)
            activate();
    });
    connect(m_view, &QueueView::rowActivated, this, &QueueController::goTo);
    connect(m_view, &QueueView::filterChanged, this, &QueueController::rank);
    connect(m_view, &QueueView::cancelRequested, &m_scorer, &ReviewScorer::cancel);
}

QAction *QueueController::add(QMenu *menu, const char *objectName, const QString &text, const QKeySequence &keys,
                              void (QueueController::*slot)())
{
    QAction *action = addMenuAction(menu, parent(), objectName, text, keys);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void QueueController::makeActions(QMenu *menu)
{
    menu->addSeparator();
    add(menu, "nextInQueueAction", tr("Ne&xt to Correct"), Qt::Key_N, &QueueController::next);
    add(menu, "previousInQueueAction", tr("Previous to Correct"), Qt::SHIFT | Qt::Key_N, &QueueController::previous);
    m_skip = add(menu, "skipInQueueAction", tr("S&kip in the Queue"), Qt::CTRL | Qt::SHIFT | Qt::Key_N,
                 &QueueController::skip);
    m_skip->setToolTip(tr("This place is fine: do not list it any more"));
    m_showSkipped = add(menu, "showSkippedAction", tr("List Skipped Places Again"), {}, &QueueController::showSkipped);
    QAction *again = add(menu, "rankAgainAction", tr("Look at All Frames Again"), {}, &QueueController::rankAgain);
    for (QAction *action : {m_skip, m_showSkipped, again})
        m_view->addRowAction(action);
}

void QueueController::restoreWeights(SettingsStore *settings)
{
    ReviewEmphasis emphasis;
    for (int i = 0; i < kReviewReasonCount; ++i)
        emphasis[static_cast<std::size_t>(i)] =
            std::clamp(settings->choice(weightKey(i), kUsualEmphasis), 0, kMostEmphasis);
    m_view->setEmphasis(emphasis);
    m_weights = emphasised(emphasis);
    connect(m_view, &QueueView::emphasisChosen, this, [this, settings](const ReviewEmphasis &chosen) {
        for (int i = 0; i < kReviewReasonCount; ++i)
            settings->setChoice(weightKey(i), chosen[static_cast<std::size_t>(i)]);
        m_weights = emphasised(chosen);
        rank();
    });
    const QString shown = QStringLiteral("queueWeightsShown");
    m_view->setWeightsVisible(settings->flag(shown, false));
    connect(m_view, &QueueView::weightsShown, this, [settings, shown](bool on) { settings->setFlag(shown, on); });
}

void QueueController::activate()
{
    m_scorer.setActive(true);
    showPeople();
    if (!m_ranked)
        rank();
}

void QueueController::scheduleRanking()
{
    if (!m_rankSoon.isActive())
        m_rankSoon.start(m_scorer.isComplete() ? kRankSoonMs : kRankWhileScoringMs);
}

RankingOptions QueueController::rankingOptions() const
{
    RankingOptions options;
    options.weights = m_weights;
    options.onlyTrack = m_view->personFilter();
    options.onlyReason = m_view->reasonFilter();
    options.radius = mistakeRadius(m_document->project());
    return options;
}

/// On the thread pool, because a long project has millions of frames.
void QueueController::rank()
{
    m_rankSoon.stop();
    m_rankStop.request_stop();
    m_rankStop = {};
    QtConcurrent::run([tracks = m_scorer.rankedTracks(), skipped = SkippedFrames::of(m_document->project().meta),
                       options = rankingOptions(), stop = m_rankStop.get_token()] {
        return rankFrames(tracks, skipped, options, stop);
    }).then(this, [this, number = ++m_ranking](const Ranking &ranking) {
        if (number == m_ranking)
            take(ranking);
    });
}

void QueueController::take(const Ranking &ranking)
{
    m_ranked = m_scorer.isComplete() || !ranking.frames.empty();
    std::vector<QueueRow> rows = rowsOf(ranking);
    const int listed = static_cast<int>(rows.size());
    m_view->setEmptyText(emptyText());
    m_view->setRows(std::move(rows));
    showSummary(ranking, listed);
    updateActions();
    if (m_wantedStep != 0 && (listed > 0 || m_scorer.isComplete()))
        step(std::exchange(m_wantedStep, 0));
}

std::vector<QueueRow> QueueController::rowsOf(const Ranking &ranking) const
{
    std::vector<QueueRow> rows;
    for (const RankedFrame &ranked : ranking.frames) {
        QueueRow row;
        row.track = ranked.track;
        row.frame = ranked.frame;
        row.score = ranked.score;
        if (describe(row))
            rows.push_back(std::move(row));
    }
    return rows;
}

/// False when the frame is not wrong any more: it was edited, and its new score is on the way.
bool QueueController::describe(QueueRow &row) const
{
    const Project &project = m_document->project();
    const ReviewContext &context = m_scorer.context();
    const TrackNorms *norms = m_scorer.norms(row.track);
    if (norms == nullptr)
        return false;
    const ReviewSlice slice =
        sliceForReview(project, context, row.track, {row.frame - kReviewMargin, row.frame + kReviewMargin});
    const std::int64_t index = row.frame - slice.firstFrame;
    if (index < 0 || index >= slice.frameCount())
        return false;
    const SliceMeasures measures(slice, context);
    const std::optional<Finding> finding =
        findingOf(measures, static_cast<int>(index), *norms, m_weights, m_view->reasonFilter());
    if (!finding)
        return false;
    const QString label = labelOf(project, row.track);
    row.person = label.isEmpty() ? QLocale().toString(row.track) : label;
    row.seconds = m_playback->secondsOf(row.frame);
    row.joints = finding->joints;
    if (finding->reason != ReviewReason::SideSwap)
        row.joints.resize(1); // the others are named, but the worst is what is to be moved
    row.jointNames = findingJoints(*finding, context.skeleton);
    row.reason = findingText(*finding, context.skeleton);
    return true;
}

void QueueController::showPeople()
{
    std::vector<std::pair<TrackId, QString>> people;
    for (const TrackId track : m_document->project().trackIds()) {
        const QString label = labelOf(m_document->project(), track);
        people.emplace_back(track, label.isEmpty() ? tr("Person %1").arg(QLocale().toString(track)) : label);
    }
    m_view->setPeople(people);
}

QString QueueController::emptyText() const
{
    if (m_document->project().trackIds().empty())
        return tr("Nobody has been detected yet. Detect and lift people first (menu Analyse): then the frames that "
                  "most need a correction are listed here.");
    if (m_cancelled)
        return tr("The frames have not all been looked at. “Look at All Frames Again” in the menu Edit does.");
    if (!m_scorer.isComplete())
        return tr("Looking at the frames…");
    if (m_view->personFilter() != 0 || m_view->reasonFilter())
        return tr("Nothing to correct for this person and reason.");
    return tr("Nothing looks wrong.");
}

void QueueController::showSummary(const Ranking &ranking, int listed)
{
    QStringList parts;
    if (listed > 0)
        parts
            << (ranking.found > listed
                    ? tr("The worst %1 of %2 places").arg(QLocale().toString(listed), QLocale().toString(ranking.found))
                    : tr("%n place(s)", nullptr, listed));
    if (const qint64 done = m_scorer.doneCount(); done > 0)
        parts << tr("%n frame(s) corrected", nullptr, static_cast<int>(done));
    if (const qint64 skipped = SkippedFrames::of(m_document->project().meta).count(); skipped > 0)
        parts << tr("%n skipped", nullptr, static_cast<int>(skipped));
    if (listed > 0 && m_scorer.context().lifters.empty())
        parts << tr("not lifted: judged by the picture only");
    //: between the parts of a summary, "12 places · 3 skipped"
    m_view->setSummary(parts.join(tr(" · ")));
}

void QueueController::updateActions()
{
    m_skip->setEnabled(!m_view->model()->rows().empty());
    m_showSkipped->setEnabled(m_document->project().meta.contains(SkippedFrames::kNote));
}

void QueueController::goTo(int row)
{
    const QueueRow target = m_view->model()->rows()[static_cast<std::size_t>(row)];
    m_atTrack = target.track;
    m_atFrame = target.frame;
    m_atRow = row;
    m_view->setCurrentRow(row);
    m_playback->setPlaying(false);
    m_selection->setTrack(target.track);
    m_selection->setJoints({target.joints.rbegin(), target.joints.rend()}); // the last is the current one
    m_playback->goToFrame(target.frame);
}

/// From the frame that was gone to last, also when it has left the queue meanwhile.
void QueueController::step(int by)
{
    const int rows = m_view->model()->rowCount();
    if (!m_dock->isVisible())
        m_dock->show();
    m_scorer.setActive(true);
    if (rows == 0) {
        if (!m_scorer.isComplete())
            m_wantedStep = by;
        return;
    }
    const int at = m_view->model()->rowOf(m_atTrack, m_atFrame);
    int row = 0;
    if (at >= 0)
        row = at + by;
    else if (m_atRow >= 0)
        row = by > 0 ? m_atRow : m_atRow - 1;
    goTo(std::clamp(row, 0, rows - 1));
}

void QueueController::skip()
{
    const int row = m_view->currentRow();
    if (row < 0)
        return;
    const QueueRow skipped = m_view->model()->rows()[static_cast<std::size_t>(row)];
    SkippedFrames frames = SkippedFrames::of(m_document->project().meta);
    frames.add(skipped.track, skipped.frame);
    m_atTrack = skipped.track;
    m_atFrame = skipped.frame;
    m_atRow = row;
    m_wantedStep = 1; // on to what takes its place
    m_editor.setNote(tr("Skip a place in the queue"), SkippedFrames::kNote, frames.toNote());
}

void QueueController::showSkipped()
{
    m_editor.setNote(tr("List skipped places again"), SkippedFrames::kNote, {});
}

} // namespace poselift
