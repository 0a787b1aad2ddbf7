#pragma once

#include <QObject>

class QWidget;

namespace poselift {

/// Lets Space press a button or open a list that was reached with the keyboard, whatever else Space
/// does in the window. One that was clicked has the focus by the way, and must not be pressed again
/// when Space is to play.
class SpacePresses : public QObject
{
    Q_OBJECT
public:
    explicit SpacePresses(QWidget *window);

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_window;
    bool m_byKeyboard = false; ///< how the focus came to where it is
};

} // namespace poselift
