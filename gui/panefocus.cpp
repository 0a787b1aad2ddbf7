#include "gui/panefocus.h"

#include <QApplication>
#include <QDockWidget>
#include <QMainWindow>

#include <algorithm>

namespace poselift {

namespace {

/// The pane itself or the first widget in it that Tab would go to; null when there is none.
QWidget *entryOf(QWidget *pane)
{
    QWidget *widget = pane;
    do {
        const bool belongs = widget == pane || pane->isAncestorOf(widget);
        if (belongs && widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) != 0)
            return widget;
        widget = widget->nextInFocusChain();
    } while (widget != pane);
    return nullptr;
}

} // namespace

PaneFocus::PaneFocus(QMainWindow *window, QList<QWidget *> panes)
    : QObject(window), m_window(window), m_panes(std::move(panes))
{
}

QList<QWidget *> PaneFocus::shownPanes() const
{
    QList<QWidget *> shown;
    for (QWidget *pane : m_panes) {
        if (entryOf(pane) != nullptr)
            shown << pane;
    }
    for (const QDockWidget *dock : m_window->findChildren<QDockWidget *>(Qt::FindDirectChildrenOnly)) {
        if (dock->widget() != nullptr && entryOf(dock->widget()) != nullptr)
            shown << dock->widget();
    }
    return shown;
}

void PaneFocus::go(int steps)
{
    const QList<QWidget *> panes = shownPanes();
    if (panes.isEmpty())
        return;
    const QWidget *focus = QApplication::focusWidget();
    const auto hasFocus = [focus](const QWidget *pane) { return pane == focus || pane->isAncestorOf(focus); };
    const auto now = std::find_if(panes.begin(), panes.end(), hasFocus);
    const qsizetype count = panes.size();
    qsizetype next = steps > 0 ? 0 : count - 1; // from nowhere
    if (now != panes.end())
        next = (std::distance(panes.begin(), now) + steps + count) % count;
    entryOf(panes[next])->setFocus(Qt::TabFocusReason);
}

} // namespace poselift
