#pragma once

#include "core/document/livelifter.h"
#include "core/document/posedocument.h"
#include "core/document/poseeditor.h"
#include "core/document/selection.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <vector>

namespace poselift {

/// `poselift --bench drag`: how long the 3D takes to follow the 2D. Replays the drag of a wrist on the
/// bundled sample through document, worker and back, without a window:
///   p50_ms, p95_ms  60 moves in one second, each until the frame that the user looks at has its 3D;
///                   moves that were collected count from when they were made
///   settle_ms       from the last of them until everything has its 3D
///   range_p95_ms    60 moves one after another, each until everything that it affects has its 3D
/// for a network of 1024 channels and 243 frames with random weights, and, with the prefix bundled_,
/// for the bundled lifter.
class DragBench : public QObject
{
    Q_OBJECT
public:
    /// Measures as soon as the event loop runs, prints, and leaves it.
    /// @param folder for temporary files, which it leaves there
    DragBench(const QString &folder, bool json);
    ~DragBench() override;

private:
    enum class Phase
    {
        Lifting,
        WarmingUp,
        Dragging,
        Settling,
        Ranges
    };

    void start();
    void nextModel();
    void begin(const nlohmann::json &lifted);
    void move();
    void currentFrameLifted(qint64 revision);
    void allLifted();
    void dragStep();
    void measureRanges();
    void report();
    void print(const char *metric, double value) const;
    void fail(const QString &sentence);
    double nowMs() const { return static_cast<double>(m_clock.nsecsElapsed()) / 1e6; }

    QString m_folder;
    bool m_json;
    int m_model = -1;
    Phase m_phase = Phase::Lifting;
    PoseDocument m_document;
    Selection m_selection;
    PoseEditor m_editor;
    std::unique_ptr<WorkerClient> m_batch; ///< lifts the sample first
    std::unique_ptr<LiveLifter> m_lifter;
    QTimer m_hand;
    QElapsedTimer m_clock;
    int m_moves = 0;
    int m_drag = 0;
    double m_lastMoveMs = 0;
    double m_settleMs = 0;
    std::vector<double> m_unsent;                       ///< times of moves
    std::map<qint64, std::vector<double>> m_onTheirWay; ///< by revision
    std::vector<double> m_currentMs;
    std::vector<double> m_rangeMs;
};

} // namespace poselift
