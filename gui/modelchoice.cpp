#include "gui/modelchoice.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "gui/settingsstore.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace poselift {

namespace {

QString textOf(const nlohmann::json &object, const char *key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? QString::fromStdString(found->get<std::string>()) : QString();
}

/// Fills @p box with the models of one kind and keeps or restores the choice.
void fillModels(QComboBox *box, const nlohmann::json &models, const QString &kind, const QString &wanted,
                const QString &automatic, const QString &nothing)
{
    const QSignalBlocker blocker(box);
    box->clear();
    for (const nlohmann::json &model : models) {
        if (textOf(model, "kind") != kind)
            continue;
        const QString name = textOf(model, "name");
        const QString title = textOf(model, "title");
        box->addItem(title.isEmpty() ? name : title, name);
        const QString licence = textOf(model, "licence");
        box->setItemData(box->count() - 1, licence.isEmpty() ? name : QStringLiteral("%1 (%2)").arg(name, licence),
                         Qt::ToolTipRole);
    }
    box->setEnabled(box->count() > 0);
    // No name: the worker takes the one that it prefers.
    box->insertItem(0, box->count() > 0 ? automatic : nothing, QString());
    box->setCurrentIndex(std::max(0, box->findData(wanted)));
}

} // namespace

ModelChoice::ModelChoice(PoseDocument *document, Selection *selection, SettingsStore *settings, QWidget *parent)
    : QToolBar(tr("Models and People"), parent), m_document(document), m_selection(selection), m_settings(settings)
{
    setObjectName(QStringLiteral("modelToolBar"));
    setAccessibleName(tr("Models and people"));
    m_detectors = addBox("detectorBox", tr("Detector"), tr("Network that finds people and their 2D keypoints"));
    m_lifters = addBox("lifterBox", tr("Lifter"), tr("Network that lifts 2D keypoints to 3D"));
    m_people = addBox("personBox", tr("Person"), tr("Person that the views follow"));
    m_detectors->addItem(tr("asking the worker…"), QString());
    m_lifters->addItem(tr("asking the worker…"), QString());
    m_detectors->setEnabled(false);
    m_lifters->setEnabled(false);
    m_detectors->setProperty("wanted", settings->detector());
    m_lifters->setProperty("wanted", settings->lifter());
    connect(m_detectors, &QComboBox::activated, this, [this, settings] { settings->setDetector(detector()); });
    connect(m_lifters, &QComboBox::activated, this, [this, settings] { settings->setLifter(lifter()); });
    connect(m_people, &QComboBox::activated, this,
            [this](int index) { m_selection->setTrack(m_people->itemData(index).toInt()); });
    connect(selection, &Selection::trackChanged, this, &ModelChoice::showTrack);
    connect(document, &PoseDocument::changed, this, &ModelChoice::fillPeople);
    connect(document, &PoseDocument::wasReset, this, &ModelChoice::fillPeople);
    fillPeople();
}

QComboBox *ModelChoice::addBox(const char *objectName, const QString &label, const QString &explanation)
{
    auto *text = new QLabel(QStringLiteral("  %1 ").arg(label), this);
    text->setObjectName(QString::fromLatin1(objectName) + QStringLiteral("Label"));
    auto *box = new QComboBox(this);
    box->setObjectName(QString::fromLatin1(objectName));
    box->setAccessibleName(label);
    box->setToolTip(explanation);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setFocusPolicy(Qt::TabFocus); // a click must not take the arrow keys from the views
    addWidget(text);
    addWidget(box);
    return box;
}

void ModelChoice::setModels(const nlohmann::json &answer)
{
    const auto models = answer.find("models");
    const nlohmann::json list = models != answer.end() && models->is_array() ? *models : nlohmann::json::array();
    const auto wanted = [this](QComboBox *box) {
        return m_modelsKnown ? box->currentData().toString() : box->property("wanted").toString();
    };
    fillModels(m_detectors, list, QStringLiteral("keypoints"), wanted(m_detectors), tr("Automatic"), tr("none installed"));
    fillModels(m_lifters, list, QStringLiteral("lifter"), wanted(m_lifters), tr("Automatic"), tr("none installed"));
    m_modelsKnown = true;
    takeWantedLifter();
    Q_EMIT modelsChanged();
}

void ModelChoice::takeWantedLifter()
{
    const int index = m_wantedLifter.isEmpty() ? -1 : m_lifters->findData(m_wantedLifter);
    if (index < 0)
        return;
    m_lifters->setCurrentIndex(index);
    m_settings->setLifter(m_wantedLifter);
    m_wantedLifter.clear();
}

void ModelChoice::chooseLifter(const QString &name)
{
    m_wantedLifter = name;
    takeWantedLifter();
    if (m_wantedLifter.isEmpty())
        Q_EMIT modelsChanged();
}

std::vector<std::pair<QString, QString>> ModelChoice::lifters() const
{
    std::vector<std::pair<QString, QString>> models;
    for (int i = 0; i < m_lifters->count(); ++i) {
        if (const QString name = m_lifters->itemData(i).toString(); !name.isEmpty())
            models.emplace_back(name, m_lifters->itemText(i));
    }
    return models;
}

void ModelChoice::setUnavailable()
{
    if (m_modelsKnown)
        return;
    for (QComboBox *box : {m_detectors, m_lifters})
        box->setItemText(0, tr("not known"));
}

bool ModelChoice::hasDetector() const
{
    return m_modelsKnown && m_detectors->count() > 1;
}

bool ModelChoice::hasLifter() const
{
    return m_modelsKnown && m_lifters->count() > 1;
}

QString ModelChoice::detector() const
{
    return m_detectors->currentData().toString();
}

QString ModelChoice::lifter() const
{
    return m_lifters->currentData().toString();
}

void ModelChoice::fillPeople()
{
    const QSignalBlocker blocker(m_people);
    m_people->clear();
    m_people->addItem(tr("Everyone"), 0);
    const Project &project = m_document->project();
    for (const TrackId id : project.trackIds()) {
        const auto named = std::find_if(project.tracks.begin(), project.tracks.end(), [id](const KeypointTrack &track) {
            return track.id == id && !track.label.empty();
        });
        const QString number = QStringLiteral("#%1").arg(id);
        m_people->addItem(named == project.tracks.end()
                              ? tr("Person %1").arg(number)
                              : QStringLiteral("%1 (%2)").arg(QString::fromStdString(named->label), number),
                          id);
    }
    m_people->setEnabled(m_people->count() > 1);
    if (m_people->findData(m_selection->track()) < 0)
        m_selection->setTrack(0);
    showTrack(m_selection->track());
}

void ModelChoice::showTrack(TrackId track)
{
    m_people->setCurrentIndex(std::max(0, m_people->findData(track)));
}

} // namespace poselift
