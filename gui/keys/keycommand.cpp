#include "gui/keys/keycommand.h"

#include "gui/menuaction.h"

#include <QAction>
#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSet>
#include <QVariant>

namespace poselift {

namespace {

/// Without the mnemonic, which Chinese writes behind the text: "打开(&O)…".
QString plain(QString text)
{
    static const QRegularExpression bracketed(QStringLiteral("\\(&.\\)"));
    return text.remove(bracketed).remove(u'&').remove(u'…');
}

class Collector
{
public:
    explicit Collector(const QMainWindow *window) : m_window(window) {}

    QList<KeyCommand> collect()
    {
        for (const QAction *entry : m_window->menuBar()->actions()) {
            if (entry->menu() != nullptr)
                addMenu(entry->menu(), plain(entry->text()), {});
        }
        const QString others = QCoreApplication::translate("KeyCommand", "Others");
        for (const QAction *action : m_window->findChildren<QAction *>()) {
            if (isOfWindow(action))
                add(action, others, {});
        }
        return m_commands;
    }

private:
    void addMenu(const QMenu *menu, const QString &group, const QString &above)
    {
        if (menu->objectName() == QStringLiteral("recentMenu"))
            return;
        for (const QAction *action : menu->actions()) {
            if (action->menu() != nullptr)
                addMenu(action->menu(), group, plain(action->text()));
            else
                add(action, group, above);
        }
    }

    void add(const QAction *action, const QString &group, const QString &above)
    {
        const QString id = action->objectName();
        const bool isQts = id.startsWith(QStringLiteral("qt_")) || id.startsWith(QStringLiteral("_q_"));
        if (action->isSeparator() || action->menu() != nullptr || id.isEmpty() || isQts || m_seen.contains(id))
            return;
        m_seen << id;
        const QVariant name = action->property(kCommandText);
        const QString text = plain(name.isValid() ? name.toString() : action->text());
        if (text.isEmpty())
            return;
        //: An entry of a submenu: "Theme: Dark"
        const QString nested = QCoreApplication::translate("KeyCommand", "%1: %2");
        m_commands << KeyCommand{id, above.isEmpty() ? text : nested.arg(above, text), group, {}, action->shortcuts()};
    }

    /// Not of a dialog over it, nor of a menu that was left out.
    bool isOfWindow(const QAction *action) const
    {
        for (const QObject *above = action->parent(); above != nullptr; above = above->parent()) {
            const auto *widget = qobject_cast<const QWidget *>(above);
            if (above->objectName() == QStringLiteral("recentMenu"))
                return false;
            if (widget != nullptr && widget != m_window && widget->isWindow() && !qobject_cast<const QMenu *>(widget)
                && !widget->inherits("QDockWidget") && !widget->inherits("QToolBar"))
                return false;
        }
        return true;
    }

    const QMainWindow *m_window;
    QList<KeyCommand> m_commands;
    QSet<QString> m_seen;
};

} // namespace

QList<KeyCommand> windowCommands(const QMainWindow *window)
{
    return Collector(window).collect();
}

} // namespace poselift
