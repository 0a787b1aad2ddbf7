#pragma once

#include <QKeySequenceEdit>

namespace poselift {

/// A field that waits for one key with its modifiers. Every key can be caught, Tab too, except Esc:
/// that gives up.
class KeyCatcher : public QKeySequenceEdit
{
    Q_OBJECT
public:
    explicit KeyCatcher(QWidget *parent = nullptr);

Q_SIGNALS:
    void keyCaught(const QKeySequence &key);
    void givenUp();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void showPrompt();
};

} // namespace poselift
