#include "gui/recentfiles.h"

#include "gui/settingsstore.h"

#include <QAction>
#include <QFileInfo>
#include <QMenu>

namespace poselift {

RecentFiles::RecentFiles(SettingsStore *settings, QMenu *menu, QObject *parent)
    : QObject(parent), m_settings(settings), m_menu(menu)
{
    fillMenu();
}

QStringList RecentFiles::files() const
{
    return m_settings->recentFiles();
}

void RecentFiles::add(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList list = files();
    list.removeAll(absolute);
    list.prepend(absolute);
    m_settings->setRecentFiles(list.mid(0, kMaxFiles));
    fillMenu();
}

void RecentFiles::remove(const QString &path)
{
    QStringList list = files();
    if (list.removeAll(QFileInfo(path).absoluteFilePath()) == 0)
        return;
    m_settings->setRecentFiles(list);
    fillMenu();
}

void RecentFiles::clear()
{
    m_settings->setRecentFiles({});
    fillMenu();
}

void RecentFiles::fillMenu()
{
    m_menu->clear();
    const QStringList list = files();
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QString path = list[i];
        QString name = QFileInfo(path).fileName();
        name.replace(u'&', QStringLiteral("&&"));
        const QString text = i < 9 ? QStringLiteral("&%1 %2").arg(i + 1).arg(name) : name;
        QAction *action = m_menu->addAction(text);
        action->setObjectName(QStringLiteral("recentFile%1").arg(i));
        action->setToolTip(path);
        action->setStatusTip(path);
        connect(action, &QAction::triggered, this, [this, path] { Q_EMIT openRequested(path); });
    }
    m_menu->setEnabled(!list.isEmpty());
    if (list.isEmpty())
        return;
    m_menu->addSeparator();
    QAction *clearAction = m_menu->addAction(tr("&Clear This List"));
    clearAction->setObjectName(QStringLiteral("clearRecentFiles"));
    // Queued: the action must not be deleted while it is being triggered.
    connect(clearAction, &QAction::triggered, this, &RecentFiles::clear, Qt::QueuedConnection);
}

} // namespace poselift
