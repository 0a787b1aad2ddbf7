#include "gui/dialogs/keyeditor.h"

#include "gui/dialogs/keycatcher.h"
#include "gui/keys/keymapdraft.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace poselift {

namespace {

QPushButton *makeButton(const char *objectName, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(QString::fromLatin1(objectName));
    return button;
}

} // namespace

KeyEditor::KeyEditor(const KeymapDraft *draft, QWidget *parent)
    : QFrame(parent), m_draft(draft), m_title(new QLabel(this)), m_keys(new QWidget(this)),
      m_keysLayout(new QHBoxLayout(m_keys)), m_catcher(new KeyCatcher(this)),
      m_reset(makeButton("resetKeys", tr("&Reset"), this)), m_note(new QLabel(this)),
      m_take(makeButton("takeKey", tr("&Take It from There"), this)),
      m_leave(makeButton("leaveKey", tr("&Leave It There"), this))
{
    setObjectName(QStringLiteral("keyEditor"));
    setFrameShape(QFrame::StyledPanel);
    m_title->setObjectName(QStringLiteral("keyEditorTitle"));
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_keys->setObjectName(QStringLiteral("keyEditorKeys"));
    m_keysLayout->setContentsMargins(0, 0, 0, 0);
    m_reset->setToolTip(tr("Gives this command the keys of the preset again"));
    m_note->setObjectName(QStringLiteral("keyNote"));
    m_note->setWordWrap(true);
    connect(m_catcher, &KeyCatcher::keyCaught, this, &KeyEditor::keyCaught);
    connect(m_catcher, &KeyCatcher::givenUp, this, &KeyEditor::done);
    connect(m_reset, &QPushButton::clicked, this, [this] { Q_EMIT resetAsked(m_id); });
    connect(m_take, &QPushButton::clicked, this, [this] {
        const QKeySequence key = std::exchange(m_asked, {});
        Q_EMIT keyAdded(m_id, key);
        Q_EMIT done();
    });
    connect(m_leave, &QPushButton::clicked, this, &KeyEditor::endQuestion);

    auto *edit = new QHBoxLayout;
    edit->addWidget(m_keys);
    edit->addWidget(m_catcher, 1);
    edit->addWidget(m_reset);
    auto *answers = new QHBoxLayout;
    answers->addWidget(m_note, 1);
    answers->addWidget(m_take);
    answers->addWidget(m_leave);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addLayout(edit);
    layout->addLayout(answers);
    showCommand({});
}

void KeyEditor::showCommand(const QString &id)
{
    m_id = id;
    m_asked = {};
    const KeyCommand *command = m_draft->command(id);
    //: The menu or view, and what is done there: "Playback: Next Frame"
    m_title->setText(command != nullptr ? tr("%1: %2").arg(command->group, command->text) : tr("No command is chosen"));
    for (QWidget *widget : {m_keys, static_cast<QWidget *>(m_catcher), static_cast<QWidget *>(m_reset)})
        widget->setEnabled(command != nullptr);
    m_reset->setEnabled(command != nullptr && m_draft->isChanged(id));
    m_take->hide();
    m_leave->hide();
    makeKeyButtons();
    m_note->setText(noteText());
}

void KeyEditor::makeKeyButtons()
{
    while (QLayoutItem *item = m_keysLayout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one that was pressed
        delete item;
    }
    // New widgets would come last: their place is before the field for a new key.
    QWidget *before = m_reset->previousInFocusChain();
    while ((before->focusPolicy() & Qt::TabFocus) == 0 && before != m_reset)
        before = before->previousInFocusChain();
    const KeyList keys = m_draft->keys(m_id);
    for (qsizetype i = 0; i < keys.size(); ++i) {
        const QKeySequence key = keys[i];
        const QString name = key.toString(QKeySequence::NativeText);
        auto *button = makeButton("", name + QStringLiteral("  ✕"), m_keys);
        button->setObjectName(QStringLiteral("removeKey%1").arg(i));
        button->setAccessibleName(tr("Take away %1").arg(name));
        button->setToolTip(button->accessibleName());
        connect(button, &QPushButton::clicked, this, [this, key] {
            Q_EMIT keyRemoved(m_id, key);
            Q_EMIT done();
        });
        m_keysLayout->addWidget(button);
        setTabOrder(before, button);
        before = button;
    }
}

/// Where the same keys mean something else, because a view with the focus goes before the window.
QString KeyEditor::noteText() const
{
    QStringList sentences;
    const KeyCommand *command = m_draft->command(m_id);
    for (const QKeySequence &key : m_draft->keys(m_id)) {
        for (const KeyCommand *other : m_draft->elsewhere(m_id, key)) {
            const QString name = key.toString(QKeySequence::NativeText);
            //: %1 a key, %2 a view (“Picture”), %3 what it does there
            const QString inView = tr("%1 with the focus in “%2”: %3.");
            const QString inWindow = tr("%1 elsewhere: %3 (%2).");
            sentences << (command->scope.isEmpty() ? inView : inWindow).arg(name, other->group, other->text);
        }
    }
    return sentences.join(u' ');
}

void KeyEditor::catchKey()
{
    if (m_draft->command(m_id) != nullptr)
        m_catcher->setFocus(Qt::OtherFocusReason);
}

void KeyEditor::keyCaught(const QKeySequence &key)
{
    if (m_draft->owner(m_id, key) != nullptr) {
        askToTake(key);
        return;
    }
    if (!m_draft->keys(m_id).contains(key))
        Q_EMIT keyAdded(m_id, key);
    Q_EMIT done();
}

void KeyEditor::askToTake(const QKeySequence &key)
{
    const KeyCommand *other = m_draft->owner(m_id, key);
    m_asked = key;
    tell(tr("%1 already does “%2: %3”.").arg(key.toString(QKeySequence::NativeText), other->group, other->text));
    m_take->show();
    m_leave->show();
    m_take->setFocus(Qt::OtherFocusReason);
}

void KeyEditor::endQuestion()
{
    showCommand(m_id);
    Q_EMIT done();
}

void KeyEditor::tell(const QString &sentence)
{
    m_note->setText(sentence);
    QAccessibleEvent alert(m_note, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void KeyEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape)
        return QFrame::keyPressEvent(event);
    if (m_asked.isEmpty())
        Q_EMIT done();
    else
        endQuestion();
}

} // namespace poselift
