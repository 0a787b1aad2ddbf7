#include "gui/keys/spacepresses.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QFocusEvent>
#include <QKeyEvent>

namespace poselift {

SpacePresses::SpacePresses(QWidget *window) : QObject(window), m_window(window)
{
    // Of the application, since only the widgets themselves hear why they get the focus.
    qApp->installEventFilter(this);
}

bool SpacePresses::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn && watched->isWidgetType()) {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        // Coming back from another window or from a menu says nothing new.
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason)
            m_byKeyboard =
                reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    }
    if (event->type() != QEvent::ShortcutOverride || !m_byKeyboard)
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    const auto *widget = qobject_cast<QWidget *>(watched);
    const bool isPressable =
        qobject_cast<const QAbstractButton *>(widget) != nullptr || qobject_cast<const QComboBox *>(widget) != nullptr;
    if (!isPressable || widget->window() != m_window || key->key() != Qt::Key_Space
        || key->modifiers() != Qt::NoModifier)
        return false;
    event->accept();
    return true;
}

} // namespace poselift
