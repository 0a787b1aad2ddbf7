#include "gui/dragbench.h"

#include "core/base/paths.h"
#include "core/io/projectfile.h"
#include "gui/randomlifter.h"
#include "gui/workerprogram.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace poselift {

namespace {

constexpr int kMoves = 60;
constexpr int kMovesPerSecond = 60;
constexpr int kGiveUpMs = 300000;
constexpr qint64 kFrame = 100;
constexpr TrackId kTrack = 1;
constexpr int kWrist = 9; // of coco17
constexpr const char *kRandomModel = "random_rf243";
/// Name of the lifter (empty: the preferred one) and prefix of its figures.
constexpr std::pair<const char *, const char *> kModels[] = {{kRandomModel, ""}, {"", "bundled_"}};

double quantile(std::vector<double> values, double share)
{
    if (values.empty())
        return 0;
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size()))) - 1];
}

} // namespace

DragBench::DragBench(const QString &folder, bool json) : m_folder(folder), m_json(json), m_editor(&m_document)
{
    m_hand.setTimerType(Qt::PreciseTimer);
    m_hand.setInterval(1000 / kMovesPerSecond);
    connect(&m_hand, &QTimer::timeout, this, &DragBench::dragStep);
    QTimer::singleShot(0, this, &DragBench::start);
    QTimer::singleShot(kGiveUpMs, this, [this] { fail(QStringLiteral("no result in time")); });
}

DragBench::~DragBench() = default;

void DragBench::start()
{
    m_clock.start();
    qputenv("POSELIFT_MODELS", m_folder.toLocal8Bit()); // the worker looks there
    const Result<void> made = makeRandomLifter(m_folder.toStdString(), kRandomModel);
    if (!made)
        return fail(QString::fromStdString(made.error().sentence()));
    nextModel();
}

/// Lifts the sample with the next model, as a user would before editing.
void DragBench::nextModel()
{
    if (++m_model == static_cast<int>(std::size(kModels)))
        return QCoreApplication::exit(0);
    m_phase = Phase::Lifting;
    m_lifter.reset();
    const std::string sample = (resourceDirectory() / "sample" / "walk.poselift").string();
    const std::string lifted = QDir(m_folder).filePath(QStringLiteral("lifted.poselift")).toStdString();
    m_batch = std::make_unique<WorkerClient>(workerProgram());
    connect(m_batch.get(), &WorkerClient::finished, this,
            [this](qint64, const nlohmann::json &result) { begin(result); });
    connect(m_batch.get(), &WorkerClient::failed, this,
            [this](qint64, const Error &error) { fail(QString::fromStdString(error.sentence())); });
    m_batch->start(QStringLiteral("lift"),
                   {{"project", sample}, {"output", lifted}, {"lifter", kModels[m_model].first}});
}

void DragBench::begin(const nlohmann::json &lifted)
{
    Result<Project> project = readProject(lifted.at("project").get<std::string>());
    if (!project)
        return fail(QString::fromStdString(project.error().sentence()));
    m_batch.release()->deleteLater(); // it is the one who calls
    m_document.reset(std::move(*project), {}, false);
    m_selection.setFrame(kFrame);
    m_lifter = std::make_unique<LiveLifter>(&m_document, &m_selection, workerProgram());
    m_lifter->setShownLayer(lifted.at("layer").get<std::string>());
    connect(m_lifter.get(), &LiveLifter::requested, this,
            [this](qint64 revision) { m_onTheirWay[revision] = std::exchange(m_unsent, {}); });
    connect(m_lifter.get(), &LiveLifter::currentFrameLifted, this, &DragBench::currentFrameLifted);
    connect(m_lifter.get(), &LiveLifter::allLifted, this, &DragBench::allLifted, Qt::QueuedConnection);
    m_currentMs.clear();
    m_rangeMs.clear();
    m_moves = 0;
    m_drag = m_editor.beginDrag();
    m_phase = Phase::WarmingUp;
    move();
}

/// One step of a wrist on a circle.
void DragBench::move()
{
    const double angle = 2 * M_PI * ++m_moves / kMoves;
    m_lastMoveMs = nowMs();
    m_unsent.push_back(m_lastMoveMs);
    m_editor.moveKeypoints(kFrame, {{kTrack, kWrist, 300 + 40 * std::cos(angle), 200 + 40 * std::sin(angle)}}, m_drag);
}

void DragBench::dragStep()
{
    if (m_moves == kMoves) {
        m_hand.stop();
        m_phase = Phase::Settling;
        if (m_lifter->stale().empty())
            measureRanges();
        return;
    }
    move();
}

void DragBench::currentFrameLifted(qint64 revision)
{
    const std::vector<double> moves = m_onTheirWay[revision];
    m_onTheirWay.erase(revision);
    if (m_phase != Phase::Dragging && m_phase != Phase::Settling)
        return;
    for (const double moved : moves)
        m_currentMs.push_back(nowMs() - moved);
}

void DragBench::allLifted()
{
    if (!m_lifter->stale().empty())
        return; // there is a newer request
    switch (m_phase) {
    case Phase::WarmingUp:
        m_moves = 0;
        m_phase = Phase::Dragging;
        m_hand.start();
        break;
    case Phase::Dragging:
        m_settleMs = nowMs() - m_lastMoveMs;
        break;
    case Phase::Settling:
        m_settleMs = nowMs() - m_lastMoveMs;
        measureRanges();
        break;
    case Phase::Ranges:
        m_rangeMs.push_back(nowMs() - m_lastMoveMs);
        if (m_moves < kMoves)
            return move();
        report();
        break;
    case Phase::Lifting:
        break;
    }
}

void DragBench::measureRanges()
{
    m_moves = 0;
    m_phase = Phase::Ranges;
    move();
}

void DragBench::report()
{
    print("p50_ms", quantile(m_currentMs, 0.5));
    print("p95_ms", quantile(m_currentMs, 0.95));
    print("settle_ms", m_settleMs);
    print("range_p50_ms", quantile(m_rangeMs, 0.5));
    print("range_p95_ms", quantile(m_rangeMs, 0.95));
    nextModel();
}

void DragBench::print(const char *metric, double value) const
{
    const char *prefix = kModels[m_model].second;
    if (m_json)
        std::printf("{\"bench\":\"drag\",\"metric\":\"%s%s\",\"value\":%.3f,\"unit\":\"ms\"}\n", prefix, metric, value);
    else
        std::printf("drag %s%-16s %10.1f ms\n", prefix, metric, value);
    std::fflush(stdout);
}

void DragBench::fail(const QString &sentence)
{
    std::fprintf(stderr, "poselift: %s\n", qPrintable(sentence));
    QCoreApplication::exit(1);
}

} // namespace poselift
