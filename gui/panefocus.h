#pragma once

#include <QList>
#include <QObject>

class QMainWindow;
class QWidget;

namespace poselift {

/// Carries the keyboard focus from one part of the window to the next: the views, the bars and the
/// docks that are shown. Needed because Tab goes through the joints in the picture.
class PaneFocus : public QObject
{
    Q_OBJECT
public:
    /// @param panes  in the order of going round; the docks of the window come after them
    PaneFocus(QMainWindow *window, QList<QWidget *> panes);

    void goToNext() { go(1); }
    void goToPrevious() { go(-1); }

private:
    void go(int steps);
    QList<QWidget *> shownPanes() const;

    QMainWindow *m_window;
    QList<QWidget *> m_panes;
};

} // namespace poselift
