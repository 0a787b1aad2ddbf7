#pragma once

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace poselift {

enum class Theme { System, Light, Dark };

/// Everything that the application remembers between two starts. One place that knows the keys.
class SettingsStore
{
public:
    /// @param iniFile empty: the user's settings file
    explicit SettingsStore(const QString &iniFile = {});

    QByteArray windowGeometry() const { return bytes("window/geometry"); }
    void setWindowGeometry(const QByteArray &value) { m_settings.setValue(QStringLiteral("window/geometry"), value); }
    QByteArray windowState() const { return bytes("window/state"); }
    void setWindowState(const QByteArray &value) { m_settings.setValue(QStringLiteral("window/state"), value); }
    QByteArray splitter(const QString &name) const { return m_settings.value(QStringLiteral("window/splitter/") + name).toByteArray(); }
    void setSplitter(const QString &name, const QByteArray &value) { m_settings.setValue(QStringLiteral("window/splitter/") + name, value); }

    QStringList recentFiles() const { return m_settings.value(QStringLiteral("files/recent")).toStringList(); }
    void setRecentFiles(const QStringList &files) { m_settings.setValue(QStringLiteral("files/recent"), files); }
    QString lastFolder() const { return m_settings.value(QStringLiteral("files/lastFolder")).toString(); }
    void setLastFolder(const QString &folder) { m_settings.setValue(QStringLiteral("files/lastFolder"), folder); }

    /// Name of the chosen model; empty: the preferred installed one.
    QString detector() const { return m_settings.value(QStringLiteral("models/detector")).toString(); }
    void setDetector(const QString &name) { m_settings.setValue(QStringLiteral("models/detector"), name); }
    QString lifter() const { return m_settings.value(QStringLiteral("models/lifter")).toString(); }
    void setLifter(const QString &name) { m_settings.setValue(QStringLiteral("models/lifter"), name); }

    /// Motion capture that fine-tuning rehearses from; empty: none.
    QString rehearsalFile() const { return m_settings.value(QStringLiteral("models/rehearsal")).toString(); }
    void setRehearsalFile(const QString &path) { m_settings.setValue(QStringLiteral("models/rehearsal"), path); }

    Theme theme() const;
    void setTheme(Theme theme);
    /// Locale name ("en", "zh_CN"); empty: the system's.
    QString language() const { return m_settings.value(QStringLiteral("language")).toString(); }
    void setLanguage(const QString &name) { m_settings.setValue(QStringLiteral("language"), name); }

    /// Name of the chosen keymap preset; empty: the default one.
    QString keyPreset() const { return m_settings.value(QStringLiteral("keys/preset")).toString(); }
    void setKeyPreset(const QString &name) { m_settings.setValue(QStringLiteral("keys/preset"), name); }
    /// What was changed of a preset, as JSON; empty: nothing.
    QByteArray keyChanges(const QString &preset) const { return m_settings.value(QStringLiteral("keys/changes/") + preset).toByteArray(); }
    void setKeyChanges(const QString &preset, const QByteArray &json) { m_settings.setValue(QStringLiteral("keys/changes/") + preset, json); }

    bool flag(const QString &name, bool fallback) const { return m_settings.value(QStringLiteral("view/") + name, fallback).toBool(); }
    void setFlag(const QString &name, bool value) { m_settings.setValue(QStringLiteral("view/") + name, value); }
    int choice(const QString &name, int fallback) const { return m_settings.value(QStringLiteral("view/") + name, fallback).toInt(); }
    void setChoice(const QString &name, int value) { m_settings.setValue(QStringLiteral("view/") + name, value); }

    /// True until markStarted() was called once.
    bool isFirstStart() const { return !m_settings.value(QStringLiteral("started"), false).toBool(); }
    void markStarted() { m_settings.setValue(QStringLiteral("started"), true); }
    void sync() { m_settings.sync(); }

private:
    QByteArray bytes(const char *key) const { return m_settings.value(QString::fromLatin1(key)).toByteArray(); }

    QSettings m_settings;
};

} // namespace poselift
