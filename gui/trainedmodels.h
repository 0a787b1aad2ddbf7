#pragma once

#include "core/base/error.h"
#include "widgets/tables/runtablemodel.h"

#include <QObject>

#include <nlohmann/json_fwd.hpp>

#include <map>

namespace poselift {

class LayerBar;
class ModelChoice;
class RunController;
class WorkerClient;

/// What is done with the model of a finished run: made a model of the user and chosen as the lifter, or
/// lifted with beside the old one, so that both results stand in the 3D view.
class TrainedModels : public QObject
{
    Q_OBJECT
public:
    /// @param worker  copies models and knows them
    TrainedModels(ModelChoice *models, RunController *runs, LayerBar *layers, WorkerClient *worker, QObject *parent);

    /// Name of the run's model when it is installed: "vp3d_cmu_rf81-tuned-20250131-174502", as the
    /// worker names it (models/train/RUNS.md).
    static QString installedName(const RunRow &row);
    bool canUse(const RunRow &row) const;
    bool canCompare(const RunRow &row) const;
    /// Which of the two models is in use, in a sentence; empty while nothing was decided.
    QString decision(const RunRow &row) const;

    void use(const RunRow &row);
    void keep(const RunRow &row);
    void compare(const RunRow &row);

Q_SIGNALS:
    void failed(const poselift::Error &error);
    void changed();
    void compared();

private:
    enum class Purpose
    {
        Use,
        Compare
    };
    struct Comparison
    {
        QString before;
        QString after;
    };

    void install(const RunRow &row, Purpose purpose);
    void installed(const RunRow &row, Purpose purpose);
    void lifted(const QString &lifter);

    ModelChoice *m_models;
    RunController *m_runs;
    LayerBar *m_layers;
    WorkerClient *m_worker;
    std::map<qint64, std::pair<RunRow, Purpose>> m_installs;
    Comparison m_comparison; ///< that is being lifted; empty names: none
};

} // namespace poselift
