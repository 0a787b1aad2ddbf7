#include "gui/settingsstore.h"

namespace poselift {

namespace {

QString userFile()
{
    const QSettings settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("poselift"), QStringLiteral("poselift"));
    return settings.fileName();
}

} // namespace

SettingsStore::SettingsStore(const QString &iniFile)
    : m_settings(iniFile.isEmpty() ? userFile() : iniFile, QSettings::IniFormat)
{
}

Theme SettingsStore::theme() const
{
    const QString name = m_settings.value(QStringLiteral("theme")).toString();
    if (name == QStringLiteral("light"))
        return Theme::Light;
    if (name == QStringLiteral("dark"))
        return Theme::Dark;
    return Theme::System;
}

void SettingsStore::setTheme(Theme theme)
{
    const QString name = theme == Theme::Light  ? QStringLiteral("light")
                         : theme == Theme::Dark ? QStringLiteral("dark")
                                                : QStringLiteral("system");
    m_settings.setValue(QStringLiteral("theme"), name);
}

} // namespace poselift
