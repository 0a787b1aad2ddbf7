#include "gui/dialogs/keysdialog.h"

#include "gui/dialogs/habits.h"
#include "gui/dialogs/keyeditor.h"
#include "gui/errortext.h"
#include "gui/keys/keymapfile.h"

#include <QAccessible>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace poselift {

namespace {

enum Column
{
    What,
    Keys,
    Note
};
constexpr int kIdRole = Qt::UserRole; ///< of a command; no text: a group or a habit

QString textOf(const KeyList &keys)
{
    QStringList names;
    for (const QKeySequence &key : keys)
        names << key.toString(QKeySequence::NativeText);
    return names.join(QStringLiteral(", "));
}

QPushButton *makeButton(const char *objectName, const QString &text, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setObjectName(QString::fromLatin1(objectName));
    return button;
}

} // namespace

KeysDialog::KeysDialog(KeymapDraft draft, bool editable, QWidget *parent)
    : QDialog(parent), m_draft(std::move(draft)), m_search(new QLineEdit(this)), m_presetLabel(new QLabel(this)),
      m_preset(new QComboBox(this)), m_tree(new QTreeWidget(this)), m_editor(new KeyEditor(&m_draft, this)),
      m_message(new QLabel(this)), m_resetAll(makeButton("resetAllKeys", tr("Reset &All"), this)),
      m_import(makeButton("importKeys", tr("&Import…"), this)),
      m_export(makeButton("exportKeys", tr("E&xport…"), this)),
      m_change(makeButton("changeKeys", tr("&Change Keys…"), this)), m_buttons(new QDialogButtonBox(this))
{
    setObjectName(QStringLiteral("keysDialog"));
    makeSearch();
    makeTree();
    makeButtons();
    arrange();
    fillTree();
    setEditable(editable);
    resize(780, 720);
    m_search->setFocus();
}

void KeysDialog::makeSearch()
{
    m_search->setObjectName(QStringLiteral("keysSearch"));
    m_search->setAccessibleName(tr("Search for a command or a key"));
    m_search->setPlaceholderText(m_search->accessibleName());
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::textChanged, this, &KeysDialog::filter);
    connect(m_search, &QLineEdit::returnPressed, this, &KeysDialog::goToFirstMatch);

    m_presetLabel->setObjectName(QStringLiteral("keysPresetLabel"));
    m_presetLabel->setText(tr("&Preset:"));
    m_presetLabel->setBuddy(m_preset);
    m_preset->setObjectName(QStringLiteral("keysPreset"));
    m_preset->setAccessibleName(tr("Preset"));
    for (const KeymapPreset &preset : m_draft.presets())
        m_preset->addItem(preset.title, preset.name);
    m_preset->setCurrentIndex(m_preset->findData(m_draft.choice().preset));
    connect(m_preset, &QComboBox::activated, this, [this] {
        m_draft.choosePreset(m_preset->currentData().toString());
        draftChanged();
    });
}

void KeysDialog::makeTree()
{
    m_tree->setObjectName(QStringLiteral("keysList"));
    m_tree->setAccessibleName(tr("Commands and keys"));
    m_tree->setHeaderLabels({tr("Command"), tr("Keys"), tr("Remark")});
    m_tree->header()->setObjectName(QStringLiteral("keysHeader"));
    m_tree->header()->setAccessibleName(m_tree->accessibleName());
    m_tree->setAlternatingRowColors(true);
    m_tree->setUniformRowHeights(true);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &KeysDialog::showCurrent);
    connect(m_tree, &QTreeWidget::itemActivated, this, &KeysDialog::itemChosen);
    connect(m_tree, &QTreeWidget::itemClicked, this, &KeysDialog::itemChosen);
    connect(m_editor, &KeyEditor::keyAdded, this, [this](const QString &id, const QKeySequence &key) {
        m_draft.addKey(id, key);
        draftChanged();
    });
    connect(m_editor, &KeyEditor::keyRemoved, this, [this](const QString &id, const QKeySequence &key) {
        m_draft.removeKey(id, key);
        draftChanged();
    });
    connect(m_editor, &KeyEditor::resetAsked, this, [this](const QString &id) {
        m_draft.reset(id);
        draftChanged();
        m_tree->setFocus();
    });
    connect(m_editor, &KeyEditor::done, m_tree, [this] { m_tree->setFocus(); });
}

void KeysDialog::makeButtons()
{
    m_resetAll->setToolTip(tr("Gives all commands the keys of the preset again"));
    m_message->setObjectName(QStringLiteral("keysMessage"));
    m_message->setWordWrap(true);
    m_message->hide();
    m_buttons->setObjectName(QStringLiteral("keysButtons"));
    connect(m_resetAll, &QPushButton::clicked, this, [this] {
        m_draft.resetAll();
        draftChanged();
    });
    connect(m_import, &QPushButton::clicked, this, [this] { chooseFile(false); });
    connect(m_export, &QPushButton::clicked, this, [this] { chooseFile(true); });
    connect(m_change, &QPushButton::clicked, this, [this] { setEditable(true); });
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void KeysDialog::arrange()
{
    auto *above = new QHBoxLayout;
    above->addWidget(m_search, 1);
    above->addWidget(m_presetLabel);
    above->addWidget(m_preset);
    auto *below = new QHBoxLayout;
    for (QPushButton *button : {m_resetAll, m_import, m_export, m_change})
        below->addWidget(button);
    below->addStretch(1);
    below->addWidget(m_buttons);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(above);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_editor);
    layout->addWidget(m_message);
    layout->addLayout(below);
}

void KeysDialog::setEditable(bool editable)
{
    m_editable = editable;
    setWindowTitle(editable ? tr("Change Keys") : tr("Keys and Mouse"));
    setAccessibleName(windowTitle());
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_presetLabel, m_preset, m_editor, m_resetAll, m_import, m_export})
        widget->setVisible(editable);
    m_change->setVisible(!editable);
    m_buttons->setStandardButtons(editable ? QDialogButtonBox::Ok | QDialogButtonBox::Cancel
                                           : QDialogButtonBox::StandardButtons(QDialogButtonBox::Close));
    const std::pair<QDialogButtonBox::StandardButton, const char *> names[] = {{QDialogButtonBox::Ok, "keysOk"},
                                                                               {QDialogButtonBox::Cancel, "keysCancel"},
                                                                               {QDialogButtonBox::Close, "keysClose"}};
    for (const auto &[which, name] : names) {
        if (QPushButton *button = m_buttons->button(which))
            button->setObjectName(QString::fromLatin1(name));
    }
    showCurrent();
}

QTreeWidgetItem *KeysDialog::groupItem(const QString &title)
{
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        if (m_tree->topLevelItem(i)->text(What) == title)
            return m_tree->topLevelItem(i);
    }
    auto *group = new QTreeWidgetItem(m_tree, {title});
    QFont bold = font();
    bold.setBold(true);
    group->setFont(What, bold);
    group->setExpanded(true);
    return group;
}

void KeysDialog::fillTree()
{
    for (const KeyCommand &command : m_draft.commands()) {
        auto *item = new QTreeWidgetItem(groupItem(command.group), {command.text});
        item->setData(What, kIdRole, command.id);
    }
    const auto addHabits = [this](const QString &title, const QList<Habit> &habits) {
        for (const Habit &habit : habits) {
            auto *item = new QTreeWidgetItem(groupItem(title), {habit.what, habit.how, habit.why});
            item->setToolTip(Note, habit.why);
        }
    };
    addHabits(tr("Mouse"), mouseHabits());
    addHabits(tr("Keys that are fixed"), fixedKeys());
    updateTree();
    m_tree->resizeColumnToContents(What);
    m_tree->resizeColumnToContents(Keys);
    m_tree->setCurrentItem(m_tree->topLevelItem(0)->child(0));
}

void KeysDialog::updateTree()
{
    for (QTreeWidgetItemIterator at(m_tree); *at != nullptr; ++at) {
        const QString id = (*at)->data(What, kIdRole).toString();
        if (id.isEmpty())
            continue;
        (*at)->setText(Keys, textOf(m_draft.keys(id)));
        (*at)->setText(Note, m_draft.isChanged(id) ? tr("changed") : QString());
    }
    filter(m_search->text());
}

void KeysDialog::filter(const QString &text)
{
    for (int i = 0; i < m_tree->topLevelItemCount(); ++i) {
        QTreeWidgetItem *group = m_tree->topLevelItem(i);
        bool any = false;
        for (int row = 0; row < group->childCount(); ++row) {
            QTreeWidgetItem *item = group->child(row);
            const bool matches = item->text(What).contains(text, Qt::CaseInsensitive)
                                 || item->text(Keys).contains(text, Qt::CaseInsensitive)
                                 || group->text(What).contains(text, Qt::CaseInsensitive);
            item->setHidden(!matches);
            any |= matches;
        }
        group->setHidden(!any);
    }
}

void KeysDialog::goToFirstMatch()
{
    for (QTreeWidgetItemIterator at(m_tree, QTreeWidgetItemIterator::NotHidden); *at != nullptr; ++at) {
        if ((*at)->childCount() > 0)
            continue;
        m_tree->setCurrentItem(*at);
        m_tree->setFocus();
        return;
    }
}

void KeysDialog::itemChosen(QTreeWidgetItem *item)
{
    if (m_editable && item->childCount() == 0)
        m_editor->catchKey();
}

void KeysDialog::showCurrent()
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    m_editor->showCommand(item != nullptr ? item->data(What, kIdRole).toString() : QString());
}

void KeysDialog::draftChanged()
{
    m_preset->setCurrentIndex(m_preset->findData(m_draft.choice().preset));
    m_message->hide();
    updateTree();
    showCurrent();
}

void KeysDialog::chooseFile(bool toWrite)
{
    auto *dialog =
        new QFileDialog(this, toWrite ? tr("Export Keys") : tr("Import Keys"), QString(), tr("Keymaps (*.json)"));
    dialog->setObjectName(QStringLiteral("keysFileDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(toWrite ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(toWrite ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, toWrite](const QString &path) {
        if (toWrite)
            exportTo(path);
        else
            importFrom(path);
    });
    dialog->open();
}

void KeysDialog::importFrom(const QString &path)
{
    const Result<KeymapFile> file = readKeymapFile(path);
    if (!file)
        return tell(errorText(file.error()));
    QStringList presets;
    for (const KeymapPreset &preset : m_draft.presets())
        presets << preset.name;
    if (!presets.contains(file->basedOn))
        return tell(errorText(Error(ErrorCode::ManifestField,
                                    {{"path", path.toStdString()},
                                     {"name", "basedOn"},
                                     {"expected", presets.join(QStringLiteral(", ")).toStdString()},
                                     {"found", file->basedOn.isEmpty() ? "nothing" : file->basedOn.toStdString()}})));
    m_draft.setChanges(file->basedOn, file->keys);
    draftChanged();
}

void KeysDialog::exportTo(const QString &path)
{
    const KeymapPreset &preset = m_draft.preset();
    const Result<void> written = writeKeymapFile({preset.title, preset.name, m_draft.changes(), {}}, path);
    tell(written ? tr("Written to %1.").arg(path) : errorText(written.error()));
}

void KeysDialog::tell(const QString &sentence)
{
    m_message->setText(sentence);
    m_message->show();
    QAccessibleEvent alert(m_message, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void KeysDialog::keyPressEvent(QKeyEvent *event)
{
    // Enter chooses in the list and searches in the field; a button that is meant has the focus.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        return;
    QDialog::keyPressEvent(event);
}

} // namespace poselift
