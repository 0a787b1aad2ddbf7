#pragma once

#include <QFrame>
#include <QKeySequence>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace poselift {

class KeyCatcher;
class KeymapDraft;

/// The keys of one command: takes them away, waits for new ones, and asks before it takes one from
/// another command. Changes nothing itself.
class KeyEditor : public QFrame
{
    Q_OBJECT
public:
    /// @param draft  borrowed; what it holds is shown by showCommand()
    KeyEditor(const KeymapDraft *draft, QWidget *parent);

    /// @param id  of a command of the draft; any other text: nothing can be changed
    void showCommand(const QString &id);
    /// Waits for a key, if there is a command to give it to.
    void catchKey();

Q_SIGNALS:
    void keyAdded(const QString &id, const QKeySequence &key);
    void keyRemoved(const QString &id, const QKeySequence &key);
    void resetAsked(const QString &id);
    /// A key was given or not: the list has the floor again.
    void done();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeKeyButtons();
    QString noteText() const;
    void keyCaught(const QKeySequence &key);
    void askToTake(const QKeySequence &key);
    void endQuestion();
    void tell(const QString &sentence);

    const KeymapDraft *m_draft;
    QString m_id;
    QKeySequence m_asked; ///< the key that the user is asked about; empty: none
    QLabel *m_title;
    QWidget *m_keys;
    QHBoxLayout *m_keysLayout;
    KeyCatcher *m_catcher;
    QPushButton *m_reset;
    QLabel *m_note;
    QPushButton *m_take;
    QPushButton *m_leave;
};

} // namespace poselift
