#pragma once

#include <QFrame>

#include <functional>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace poselift {

/// A bar with one sentence and at most one button for the way forward. It never steals the focus
/// and stays until it is closed or replaced.
class MessageBar : public QFrame
{
    Q_OBJECT
public:
    enum class Kind { Information, Warning, Error };

    explicit MessageBar(QWidget *parent = nullptr);

    void showMessage(Kind kind, const QString &text);
    /// @p action runs when the button is pressed; the bar closes itself then.
    void showMessage(Kind kind, const QString &text, const QString &buttonText, std::function<void()> action);
    QString text() const;
    Kind kind() const { return m_kind; }

Q_SIGNALS:
    void closed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void close();
    void updateColours();

    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_button;
    QToolButton *m_close;
    std::function<void()> m_action;
    Kind m_kind = Kind::Information;
    bool m_updatingColours = false;
};

} // namespace poselift
