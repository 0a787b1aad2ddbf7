#include "gui/trainedmodels.h"

#include "core/document/workerclient.h"
#include "gui/layerbar.h"
#include "gui/modelchoice.h"
#include "gui/runcontroller.h"

#include <algorithm>
#include <utility>

namespace poselift {

TrainedModels::TrainedModels(ModelChoice *models, RunController *runs, LayerBar *layers, WorkerClient *worker,
                             QObject *parent)
    : QObject(parent), m_models(models), m_runs(runs), m_layers(layers), m_worker(worker)
{
    connect(worker, &WorkerClient::finished, this, [this](qint64 id) {
        if (auto node = m_installs.extract(id))
            installed(node.mapped().first, node.mapped().second);
    });
    connect(worker, &WorkerClient::failed, this, [this](qint64 id, const Error &error) {
        if (m_installs.erase(id) > 0)
            Q_EMIT failed(error);
    });
    connect(worker, &WorkerClient::cancelled, this, [this](qint64 id) { m_installs.erase(id); });
    connect(models, &ModelChoice::modelsChanged, this, &TrainedModels::changed);
    connect(runs, &RunController::lifted, this, &TrainedModels::lifted);
    connect(runs, &RunController::failed, this, [this] { m_comparison = {}; });
}

QString TrainedModels::installedName(const RunRow &row)
{
    if (!row.report)
        return {};
    return QStringLiteral("%1-tuned-%2")
        .arg(QString::fromStdString(row.report->model), QString::fromStdString(row.run.id));
}

bool TrainedModels::canUse(const RunRow &row) const
{
    return row.report && row.run.hasModel && !row.isActive && m_installs.empty();
}

bool TrainedModels::canCompare(const RunRow &row) const
{
    return canUse(row) && m_runs->canLift();
}

QString TrainedModels::decision(const RunRow &row) const
{
    const QString name = installedName(row);
    const auto installed = m_models->lifters();
    const bool isInstalled =
        std::any_of(installed.begin(), installed.end(), [&name](const auto &model) { return model.first == name; });
    if (!row.report || !isInstalled)
        return {};
    return m_models->lifter() == name ? tr("✓ This model is in use.")
                                      : tr("The old model is in use; this one is installed, too.");
}

void TrainedModels::use(const RunRow &row)
{
    install(row, Purpose::Use);
}

void TrainedModels::keep(const RunRow &row)
{
    if (row.report)
        m_models->chooseLifter(QString::fromStdString(row.report->model));
}

void TrainedModels::compare(const RunRow &row)
{
    install(row, Purpose::Compare);
}

void TrainedModels::install(const RunRow &row, Purpose purpose)
{
    if (!canUse(row))
        return;
    const qint64 id = m_worker->start(
        QStringLiteral("install"), {{"folder", row.run.folder.string()}, {"name", installedName(row).toStdString()}});
    m_installs.emplace(id, std::pair(row, purpose));
    Q_EMIT changed();
}

void TrainedModels::installed(const RunRow &row, Purpose purpose)
{
    const QString name = installedName(row);
    if (purpose == Purpose::Use)
        m_models->chooseLifter(name);
    m_runs->askForModels();
    if (purpose == Purpose::Compare) {
        m_comparison = {QString::fromStdString(row.report->model), name};
        m_runs->liftWith(m_comparison.before);
    }
    Q_EMIT changed();
}

/// First the old one, then the new one, then both are shown.
void TrainedModels::lifted(const QString &lifter)
{
    if (m_comparison.after.isEmpty())
        return;
    if (lifter == m_comparison.before && m_comparison.before != m_comparison.after) {
        m_runs->liftWith(m_comparison.after);
        return;
    }
    if (lifter != m_comparison.after)
        return;
    const Comparison shown = std::exchange(m_comparison, {});
    m_layers->choose("lifted/" + shown.after.toStdString(), "lifted/" + shown.before.toStdString());
    Q_EMIT compared();
}

} // namespace poselift
