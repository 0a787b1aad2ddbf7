#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

class QKeyEvent;

namespace poselift {

using KeyList = QList<QKeySequence>;

/// The same key written in one way: Shift+Tab for the Backtab that keyboards send.
QKeySequence normalisedKey(const QKeySequence &key);

/// Something that a view does itself on a key.
struct ViewKey
{
    QString id;   ///< "frameView.fit": the view's object name and what is done
    QString text; ///< for people
    KeyList keys; ///< one key with its modifiers each
};

/// The keys of one view, valid while it has the focus; there they go before those of the window.
/// Starts with the keys of a view that stands alone.
class ViewKeys
{
public:
    explicit ViewKeys(QList<ViewKey> keys) : m_keys(std::move(keys)) {}

    const QList<ViewKey> &all() const { return m_keys; }
    /// Does nothing when there is no such id.
    void setKeys(const QString &id, const KeyList &keys);
    /// Index in all() of what @p event asks for; -1: nothing.
    int find(const QKeyEvent *event) const;

private:
    QList<ViewKey> m_keys;
};

} // namespace poselift
