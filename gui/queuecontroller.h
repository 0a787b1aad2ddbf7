#pragma once

#include "core/document/poseeditor.h"
#include "core/document/reviewscorer.h"
#include "core/review/ranking.h"

#include <QKeySequence>
#include <QObject>
#include <QTimer>

#include <stop_token>

class QAction;
class QDockWidget;
class QMainWindow;
class QMenu;

namespace poselift {

class PlaybackController;
class QueueView;
class Selection;
class SettingsStore;
struct QueueRow;

/// "What to correct next": the ranked frames in a dock, the keys that step through them, and the
/// frames that the user skips. Scoring begins when the queue is first asked for. Corrected frames
/// leave the queue by themselves, because they have no scores any more.
class QueueController : public QObject
{
    Q_OBJECT
public:
    QueueController(PoseDocument *document, Selection *selection, PlaybackController *playback, SettingsStore *settings,
                    QMenu *menu, QMainWindow *window);
    ~QueueController() override;

    QDockWidget *dock() const { return m_dock; }

private:
    void makeDock(QMainWindow *window);
    void makeActions(QMenu *menu);
    QAction *add(QMenu *menu, const char *objectName, const QString &text, const QKeySequence &keys,
                 void (QueueController::*slot)());
    void restoreWeights(SettingsStore *settings);
    void activate();
    void scheduleRanking();
    void rank();
    void take(const Ranking &ranking);
    RankingOptions rankingOptions() const;
    std::vector<QueueRow> rowsOf(const Ranking &ranking) const;
    bool describe(QueueRow &row) const;
    void showPeople();
    void showSummary(const Ranking &ranking, int listed);
    QString emptyText() const;
    void updateActions();
    void goTo(int row);
    void next() { step(1); }
    void previous() { step(-1); }
    void step(int by);
    void skip();
    void showSkipped();
    void rankAgain() { m_scorer.rescore(); }

    PoseDocument *m_document;
    Selection *m_selection;
    PlaybackController *m_playback;
    PoseEditor m_editor;
    ReviewScorer m_scorer;
    QDockWidget *m_dock = nullptr;
    QueueView *m_view = nullptr;
    QAction *m_skip = nullptr;
    QAction *m_showSkipped = nullptr;
    ReviewWeights m_weights;
    QTimer m_rankSoon;
    std::stop_source m_rankStop;
    quint64 m_ranking = 0;    ///< number of the last ranking that was begun; results of others are dropped
    bool m_cancelled = false; ///< not all frames have been scored
    bool m_ranked = false;    ///< the view shows a ranking of this document
    int m_wantedStep = 0;     ///< to be made when the next ranking is there
    // Where the user is: the row of the frame that was gone to last, also after the frame has left.
    TrackId m_atTrack = 0;
    qint64 m_atFrame = -1;
    int m_atRow = -1;
};

} // namespace poselift
