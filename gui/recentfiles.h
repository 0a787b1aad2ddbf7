#pragma once

#include <QObject>
#include <QStringList>

class QMenu;

namespace poselift {

class SettingsStore;

/// The files opened last, newest first, and the menu that lists them.
class RecentFiles : public QObject
{
    Q_OBJECT
public:
    RecentFiles(SettingsStore *settings, QMenu *menu, QObject *parent);

    static constexpr int kMaxFiles = 10;
    QStringList files() const;

public Q_SLOTS:
    void add(const QString &path);
    void remove(const QString &path);
    void clear();

Q_SIGNALS:
    void openRequested(const QString &path);

private:
    void fillMenu();

    SettingsStore *m_settings;
    QMenu *m_menu;
};

} // namespace poselift
