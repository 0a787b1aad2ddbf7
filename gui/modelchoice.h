#pragma once

#include "core/pose/track.h"

#include <QToolBar>

#include <nlohmann/json_fwd.hpp>

#include <utility>
#include <vector>

class QComboBox;
class QAction;

namespace poselift {

class PoseDocument;
class Selection;
class SettingsStore;

/// Boxes in which detector, lifter and person are chosen. The models come from the worker.
class ModelChoice : public QToolBar
{
    Q_OBJECT
public:
    ModelChoice(PoseDocument *document, Selection *selection, SettingsStore *settings, QWidget *parent);

    /// Takes the worker's answer to "models": {"models": [{"name", "kind", "title", …}]}.
    void setModels(const nlohmann::json &models);
    /// The worker could not be asked.
    void setUnavailable();
    bool modelsKnown() const { return m_modelsKnown; }
    bool hasDetector() const;
    bool hasLifter() const;
    QString detector() const; ///< name of the chosen model; empty: the worker's preferred one
    QString lifter() const;
    /// Name and title of the installed lifters, the preferred one not marked.
    std::vector<std::pair<QString, QString>> lifters() const;
    /// Chooses a lifter as the user would; one that is not known yet as soon as the worker names it.
    void chooseLifter(const QString &name);

Q_SIGNALS:
    void modelsChanged();

private:
    QComboBox *addBox(const char *objectName, const QString &label, const QString &explanation);
    void fillPeople();
    void showTrack(TrackId track);
    void takeWantedLifter();

    PoseDocument *m_document;
    Selection *m_selection;
    QComboBox *m_detectors;
    QComboBox *m_lifters;
    QComboBox *m_people;
    SettingsStore *m_settings;
    QString m_wantedLifter; ///< to be chosen when it is known; empty: none
    bool m_modelsKnown = false;
};

} // namespace poselift
