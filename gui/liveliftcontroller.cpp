#include "gui/liveliftcontroller.h"

#include "core/document/posedocument.h"
#include "core/document/selection.h"
#include "gui/errortext.h"
#include "gui/layerbar.h"
#include "gui/settingsstore.h"

#include <QAction>
#include <QLabel>
#include <QMenu>

namespace poselift {

namespace {

constexpr int kStatusDelayMs = 300;
constexpr const char *kWhileEditing = "liftWhileEditing";

} // namespace

LiveLiftController::LiveLiftController(PoseDocument *document, Selection *selection, SettingsStore *settings,
                                       LayerBar *layers, const QString &workerProgram, QObject *parent)
    : QObject(parent), m_settings(settings), m_selection(selection), m_layers(layers),
      m_lifter(document, selection, workerProgram), m_status(new QLabel(layers))
{
    makeActions();
    m_status->setObjectName(QStringLiteral("liveLiftStatus"));
    m_status->setAccessibleName(tr("Whether the 3D follows the 2D"));
    m_status->hide();
    layers->addButton(m_status);
    m_statusDelay.setSingleShot(true);
    m_statusDelay.setInterval(kStatusDelayMs);
    connect(&m_statusDelay, &QTimer::timeout, this, &LiveLiftController::showLateState);
    connect(&m_lifter, &LiveLifter::stateChanged, this, &LiveLiftController::showState);
    const auto followLayer = [this] {
        m_lifter.setShownLayer(m_layers->primary());
        m_relift->setEnabled(!m_lifter.layer().empty());
    };
    connect(layers, &LayerBar::layersChosen, this, followLayer);
    connect(document, &PoseDocument::wasReset, this, followLayer);
    connect(document, &PoseDocument::changed, this, [followLayer](const PoseChange &change) {
        if (change.layersChanged)
            followLayer();
    });
    followLayer();
}

void LiveLiftController::makeActions()
{
    m_relift = new QAction(tr("Re-Lift the Chosen &Person"), parent());
    m_relift->setObjectName(QStringLiteral("reliftAction"));
    m_relift->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T));
    m_relift->setToolTip(tr("Lift the chosen person, or everybody, and all that was edited again"));
    connect(m_relift, &QAction::triggered, this, [this] { m_lifter.relift(m_selection->track()); });

    m_whileEditing = new QAction(tr("Lift While &Editing"), parent());
    m_whileEditing->setObjectName(QStringLiteral("liftWhileEditingAction"));
    m_whileEditing->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E));
    m_whileEditing->setCheckable(true);
    m_whileEditing->setChecked(m_settings->flag(QString::fromLatin1(kWhileEditing), true));
    m_lifter.setEnabled(m_whileEditing->isChecked());
    connect(m_whileEditing, &QAction::toggled, this, [this](bool on) {
        m_settings->setFlag(QString::fromLatin1(kWhileEditing), on);
        m_lifter.setEnabled(on);
    });
}

void LiveLiftController::addActionsAfter(QAction *before)
{
    const QList<QObject *> places = before->associatedObjects();
    for (QObject *place : places) {
        auto *menu = qobject_cast<QMenu *>(place);
        if (menu == nullptr)
            continue;
        const QList<QAction *> actions = menu->actions();
        menu->insertActions(actions.value(actions.indexOf(before) + 1), {m_relift, m_whileEditing});
    }
}

void LiveLiftController::showState()
{
    if (m_lifter.state() == LiveLifter::State::UpToDate) {
        m_statusDelay.stop();
        m_status->hide();
    } else if (!m_status->isVisibleTo(m_layers)) {
        m_statusDelay.start();
    } else {
        showLateState();
    }
}

void LiveLiftController::showLateState()
{
    m_status->setToolTip({});
    switch (m_lifter.state()) {
    case LiveLifter::State::UpToDate:
        break;
    case LiveLifter::State::Updating:
        m_status->setText(tr("Updating 3D…"));
        break;
    case LiveLifter::State::Outdated:
        m_status->setText(tr("3D older than 2D"));
        break;
    case LiveLifter::State::Failed:
        m_status->setText(tr("3D not updated"));
        m_status->setToolTip(errorText(*m_lifter.error()));
        break;
    }
    m_status->setVisible(m_lifter.state() != LiveLifter::State::UpToDate);
}

} // namespace poselift
