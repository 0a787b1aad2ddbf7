#pragma once

#include "gui/settingsstore.h"

#include <QObject>
#include <QPalette>

class QAction;
class QActionGroup;
class QMenu;

namespace poselift {

/// Light and dark colours, or the system's. Owns the choice in the View menu.
class ThemeController : public QObject
{
    Q_OBJECT
public:
    ThemeController(SettingsStore *settings, QMenu *menu, QObject *parent);

    bool isDark() const;
    Theme theme() const { return m_theme; }
    void setTheme(Theme theme);

Q_SIGNALS:
    void darkChanged(bool dark);

private:
    QAction *addChoice(QMenu *menu, const char *objectName, const QString &text, Theme theme);
    void apply();

    SettingsStore *m_settings;
    QActionGroup *m_group;
    QPalette m_systemPalette;
    Theme m_theme = Theme::System;
};

QPalette lightPalette();
QPalette darkPalette();

} // namespace poselift
