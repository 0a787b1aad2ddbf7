#pragma once

#include "core/document/livelifter.h"

#include <QObject>
#include <QTimer>

class QAction;
class QLabel;

namespace poselift {

class LayerBar;
class SettingsStore;

/// The window's side of live lifting: its actions, what is remembered of them, and the quiet word in
/// the layer bar.
class LiveLiftController : public QObject
{
    Q_OBJECT
public:
    LiveLiftController(PoseDocument *document, Selection *selection, SettingsStore *settings, LayerBar *layers,
                       const QString &workerProgram, QObject *parent = nullptr);

    LiveLifter *lifter() { return &m_lifter; }
    /// Puts the actions behind @p before in its menu.
    void addActionsAfter(QAction *before);

private:
    void makeActions();
    void showState();
    void showLateState();

    SettingsStore *m_settings;
    Selection *m_selection;
    LayerBar *m_layers;
    LiveLifter m_lifter;
    QAction *m_relift = nullptr;
    QAction *m_whileEditing = nullptr;
    QLabel *m_status;
    QTimer m_statusDelay; ///< short updates are not worth a word
};

} // namespace poselift
